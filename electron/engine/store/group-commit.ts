/**
 * The one writer. Work that arrives in one turn of the event loop shares a transaction, and so its fsync:
 * an fsync is what a durable write costs. Measured on 2 cores: 19.9 k events/s grouped, 3.5 k one by one.
 */
import { busyTimeoutMs, isHeld, storeError, type WriteHandle } from './connection.ts';

/** Longest time for one transaction's statements before it commits, in milliseconds. */
const longestGroupMs = 10;
/** Longest stretch, in one turn, of work that is done in steps, in milliseconds; a step is short. */
const longestStepsMs = 5;
/**
 * How long work waits while another connection holds the database (a checkpoint on a slow disk, another program) before
 * it is given up, in milliseconds: long enough for the one, and short enough for a PMS that waits for its answer.
 */
const patienceMs = 1_500;
/** The same while one of our own threads rebuilds the database at night. */
const longPatienceMs = 120_000;
/** Wait before it is tried again, in milliseconds; meanwhile the thread is free. */
const tryAgainMs = 20;

/** Work that pauses wherever another turn may be taken. */
type Steps<Value> = Generator<void, Value>;

interface Pending {
  readonly work: () => unknown;
  /** Then `work` makes steps, and has a transaction of its own. */
  readonly inSteps: boolean;
  readonly since: number;
  readonly resolve: (value: never) => void;
  readonly reject: (error: unknown) => void;
}

export interface GroupCommit {
  /**
   * Runs `work` inside the next shared transaction. Resolves with its value after the commit, so what it
   * wrote is durable. Rejects where `work` threw (only its own writes are rolled back) or where the commit
   * failed (then nothing of the group is stored). `work` must not change memory that others see: do that
   * once the promise has resolved.
   */
  transact<Value>(work: () => Value): Promise<Value>;
  /**
   * The same for work that takes longer than a turn of the thread may: it is done in several, all in one transaction,
   * which is its own. What else is to be written waits for it.
   */
  transactInSteps<Value>(work: () => Steps<Value>): Promise<Value>;
  /**
   * To be called inside `work`: runs `then` right after the commit that made this work durable, before its
   * promise is resolved; never where the work or the commit failed.
   */
  afterCommit(then: () => void): void;
  /** To be called inside `work`: runs `then` at the end of its transaction, unless the work failed. */
  beforeCommit(then: () => void): void;
  /** From now on every transaction ends with this participant. */
  takePart(participant: CommitParticipant): void;
  /** Told why something was not stored, whenever that is. */
  onFailure(listener: (reason: unknown) => void): void;
  /** Something on the same connection failed outside of any transaction: who listens for failures hears of it. */
  failedBeside(error: unknown): void;
  /** While `work` holds the database in another thread of ours, what is to be written waits for it; this thread does not. */
  patiently<Value>(work: () => Promise<Value>): Promise<Value>;
  /** Commits what is pending, now. */
  flush(): void;
}

/** Writes something together at the end of every transaction: sums, claims. */
export interface CommitParticipant {
  /** After all work of the transaction, before its commit. */
  write(): void;
  /** What was written is durable. */
  committed?(): void;
  /** Nothing of this transaction is stored. */
  undone?(): void;
}

/**
 * @param inPlace throws where what is written would be lost: asked before anything of a transaction is acknowledged
 * @param explain what an error of the store means in this folder
 */
export function createGroupCommit(
  writer: WriteHandle,
  inPlace: () => void = () => {},
  explain: (error: unknown) => unknown = storeError,
): GroupCommit {
  const begin = writer.prepare('BEGIN IMMEDIATE');
  const commit = writer.prepare('COMMIT');
  const rollback = writer.prepare('ROLLBACK');
  const save = writer.prepare('SAVEPOINT work');
  const release = writer.prepare('RELEASE work');
  const undo = writer.prepare('ROLLBACK TO work');
  const participants: CommitParticipant[] = [];
  const failureListeners: ((reason: unknown) => void)[] = [];
  let pending: Pending[] = [];
  /** What is being done in steps: its transaction is open. */
  let stepping: { readonly item: Pending; readonly steps: Steps<unknown> } | null = null;
  let scheduled = false;
  let patience = patienceMs;
  let befores: (() => void)[] = [];
  let afters: (() => void)[] = [];

  function reasonOf(error: unknown): unknown {
    const reason = explain(error);
    for (const listener of failureListeners) listener(reason);
    return reason;
  }

  /** Runs one item's work; what it alone wrote or asked for is undone where it throws. */
  function runItem(item: Pending, done: { readonly item: Pending; readonly value: unknown }[]): void {
    const before = befores.length;
    const after = afters.length;
    save.run();
    try {
      done.push({ item, value: item.work() });
    } catch (error) {
      // A full disk rolls the whole transaction back by itself; then there is no savepoint left.
      if (!writer.inTransaction) throw error;
      undo.run();
      befores.length = before;
      afters.length = after;
      item.reject(reasonOf(error));
    }
    release.run();
  }

  /** @returns false where nothing could be begun yet, and it is to be tried again a little later */
  function runGroup(): boolean {
    const done: { readonly item: Pending; readonly value: unknown }[] = [];
    const stepped = pending.findIndex(({ inSteps }) => inSteps);
    const group = stepped < 0 ? pending : pending.slice(0, stepped);
    pending = stepped < 0 ? [] : pending.slice(stepped);
    befores = [];
    afters = [];
    let next = 0;
    try {
      begin.run();
      const endAt = performance.now() + longestGroupMs;
      for (const item of group) {
        next += 1;
        runItem(item, done);
        if (performance.now() > endAt) break;
      }
      end();
    } catch (error) {
      if (writer.inTransaction) rollback.run();
      if (next === 0 && isHeld(error) && group.every(({ since }) => performance.now() - since < patience)) {
        pending = [...group, ...pending];
        return false;
      }
      const reason = reasonOf(error);
      for (const participant of participants) participant.undone?.();
      // Where not even a transaction could be begun, none of them can be stored now: each would only wait again.
      const reached = next === 0 ? group.length : next;
      for (const item of group.slice(0, reached)) item.reject(reason);
      pending = [...group.slice(reached), ...pending];
      return true;
    }
    pending = next < group.length ? [...group.slice(next), ...pending] : pending;
    tellCommitted();
    for (const { item, value } of done) item.resolve(value as never);
    return true;
  }

  /** What belongs to the end of every transaction, and its commit. */
  function end(): void {
    for (const then of befores) then();
    for (const participant of participants) participant.write();
    inPlace();
    commit.run();
  }

  function tellCommitted(): void {
    const committed = afters;
    afters = [];
    for (const participant of participants) participant.committed?.();
    for (const then of committed) then();
  }

  /** @returns false as `runGroup` does */
  function beginSteps(item: Pending): boolean {
    try {
      begin.run();
    } catch (error) {
      if (isHeld(error) && performance.now() - item.since < patience) return false;
      pending.shift();
      item.reject(reasonOf(error));
      return true;
    }
    pending.shift();
    befores = [];
    afters = [];
    stepping = { item, steps: item.work() as Steps<unknown> };
    return true;
  }

  /** A turn's worth of it, or all that is left; at its end it is committed. */
  function goOn({ item, steps }: NonNullable<typeof stepping>, untilMs: number): void {
    let isWritten = false;
    try {
      let step = steps.next();
      while (!step.done && performance.now() < untilMs) step = steps.next();
      if (!step.done) return;
      isWritten = true;
      end();
      stepping = null;
      tellCommitted();
      item.resolve(step.value as never);
    } catch (error) {
      stepping = null;
      if (writer.inTransaction) rollback.run();
      // Where its own work failed, nobody else had a part in its transaction yet.
      if (isWritten) for (const participant of participants) participant.undone?.();
      item.reject(reasonOf(error));
    }
  }

  /** @returns false as `runGroup` does */
  function runNext(stepsUntilMs: number): boolean {
    const [first] = pending;
    if (stepping === null && !first?.inSteps) return runGroup();
    if (stepping === null && first !== undefined && !beginSteps(first)) return false;
    if (stepping !== null) goOn(stepping, stepsUntilMs);
    return true;
  }

  function schedule(): void {
    if (scheduled) return;
    scheduled = true;
    setImmediate(run);
  }

  function run(): void {
    scheduled = false;
    if (stepping === null && pending.length === 0) return;
    if (!runNext(performance.now() + longestStepsMs)) {
      scheduled = true;
      setTimeout(run, tryAgainMs);
    } else if (stepping !== null || pending.length > 0) schedule();
  }

  function add<Value>(work: () => unknown, inSteps: boolean): Promise<Value> {
    return new Promise((resolve, reject) => {
      pending.push({ work, inSteps, since: performance.now(), resolve: resolve as (value: never) => void, reject });
      schedule();
    });
  }

  return {
    transact: (work) => add(work, false),
    transactInSteps: (work) => add(work, true),
    afterCommit: (then) => void afters.push(then),
    beforeCommit: (then) => void befores.push(then),
    takePart: (participant) => void participants.push(participant),
    onFailure: (listener) => void failureListeners.push(listener),
    failedBeside(error) {
      reasonOf(error);
    },
    async patiently(work) {
      patience = longPatienceMs;
      writer.pragma('busy_timeout = 0');
      try {
        return await work();
      } finally {
        patience = patienceMs;
        writer.pragma(`busy_timeout = ${busyTimeoutMs}`);
      }
    },
    flush() {
      // Held by another program, it is asked again until the patience of each is over.
      while (stepping !== null || pending.length > 0) runNext(Number.POSITIVE_INFINITY);
    },
  };
}
