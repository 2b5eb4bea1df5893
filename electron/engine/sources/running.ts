/** The sources that run: this PC's own and what a person added, each by what its kind does. */
import type { Sentence } from '../../../shared/domain.ts';
import { sentence } from '../../../shared/sentences/sentence.ts';
import { readConfig, type SourceKind } from '../../../shared/source-kinds/index.ts';
import { type EngineContext, wallTime } from '../context.ts';
import type { Accept } from '../intake/accept.ts';
import type { IntakeRefusal } from '../intake/refusal.ts';
import type { RefusalLog } from '../intake/refusal-log.ts';
import type { SignedRequest } from '../intake/signatures.ts';
import type { MessageReading, Takes } from '../intake/take.ts';
import { healthOf, type SourceRecord, type SourceTable, sourceSecretsContext } from '../store/sources.ts';
import { late, within } from '../within.ts';
import type { RunningSource, SourceBehaviour } from './kinds/index.ts';
import { noHealth, type SourceStart } from './kinds/source-kind.ts';
import type { OpenSourceThread } from './thread/thread.ts';

/** A kind's two halves. */
export interface WholeKind {
  readonly descriptor: SourceKind;
  readonly behaviour: SourceBehaviour;
}

export interface RunningParts {
  readonly context: EngineContext;
  readonly table: SourceTable;
  readonly accept: Accept;
  readonly takes: Pick<Takes, 'take'>;
  /** @throws RelayError while there is too little room for what can wait where it is */
  readonly refuseNearlyFull: () => void;
  /** How the messages of a source are read, as it is set up now. */
  readonly reading: (no: number) => MessageReading;
  readonly refusals: Pick<RefusalLog, 'keep'>;
  /** By its name; null for one that this version does not know. */
  readonly kindOf: (name: string) => WholeKind | null;
  readonly openThread: OpenSourceThread;
  /** This PC's own. */
  readonly own: readonly WholeKind[];
}

export interface RunningSources {
  /** Starts this PC's own, then what a person added. */
  start(): Promise<void>;
  /** What a person did was committed: what is new starts, what was changed starts anew, what was revoked ends. */
  follow(): Promise<void>;
  /** Why a request is not from this source; null where it is, undefined where the source does not run. */
  admits(no: number, request: SignedRequest): IntakeRefusal | null | undefined;
  /** Inside the transaction that says so: files of a revoked one are seen to. */
  letGo(no: number): void;
  /** Whether rows that are gone all at once are; false where none are held. */
  saysGone(no: number, isGone: boolean, also: (rows: number) => void): Promise<boolean>;
  stop(): Promise<void>;
}

/** Health is written down at most so often, in milliseconds. */
const keepEveryMs = 1_000;
const keepAgainMs = 10_000;
/** One that has not started, or not stopped, by then is left to itself: it holds up no other and no person's act. */
const startWithinMs = 10_000;
const stopWithinMs = 5_000;

interface Started {
  /** What it was started with: with anything else it is another. */
  readonly by: string;
  readonly running: RunningSource;
  /** Nothing is taken from it any more. */
  leave(): void;
}

export function createRunningSources(parts: RunningParts): RunningSources {
  const { context, table, accept, takes, refuseNearlyFull, reading, refusals, kindOf, openThread } = parts;
  const { clock, commit, changes, logger, mishaps, vault } = context;
  const own: RunningSource[] = [];
  const started = new Map<number, Started>();
  const unwritten = new Map<number, () => void>();
  /** One thing after the other with each source, and with no other: two acts at once must not start it twice. */
  const turns = new Map<number, Promise<void>>();
  let stopped = false;

  /** Null where it cannot be started now, which is said where its health is. */
  function configOf(record: SourceRecord, { descriptor }: WholeKind): Readonly<Record<string, unknown>> | null {
    const opened = record.secrets && vault.open(record.secrets, sourceSecretsContext(record.id));
    if (record.secrets !== null && opened === null) {
      logger.warn({ source: record.id }, 'what is secret of this source cannot be decrypted');
    }
    const whole = opened === null ? record.config : JSON.stringify({ ...parsed(record.config), ...parsed(opened) });
    const { config, fellBack } = readConfig(descriptor, whole);
    if (fellBack.length > 0) {
      logger.warn(
        { source: record.id, kind: record.kind, members: fellBack },
        'this source is stored as this version does not know it: defaults are used',
      );
    }
    return config;
  }

  async function startOne(record: SourceRecord): Promise<void> {
    const { no, id, name, propertyId, revokedAt } = record;
    const kind = kindOf(record.kind);
    const config = kind && configOf(record, kind);
    if (kind === null || config === null) {
      logger.warn({ source: id, kind: record.kind }, 'this source cannot be started by this version');
      await troubled(no, sentence('problem.source_of_other_version', { name }));
      return;
    }
    let isLeft = false;
    const inUse = <Value>(work: () => Promise<Value>): Promise<Value> =>
      isLeft ? Promise.reject(new Error('this source was stopped')) : work();
    try {
      const given: SourceStart = {
        context,
        config,
        accept: (request) => inUse(() => accept(request)),
        take: (messages, also) =>
          inUse(async () => {
            refuseNearlyFull();
            return takes.take({ no, propertyId }, reading(no), messages, also);
          }),
        refusals,
        openThread,
        health: healthOf(record),
        source: { no, id, name, propertyId, revokedAt },
        cursor: { current: () => table.get(id)?.cursor ?? null, keep: (cursor) => table.keepCursor(no, cursor) },
        changed: () => writeSoon(no),
      };
      const starting = revokedAt === null ? kind.behaviour.start(given) : kind.behaviour.lookAfter?.(given);
      if (starting === undefined) return;
      const running = await within(clock, startWithinMs, starting);
      if (running === late) {
        isLeft = true;
        mishaps.own(
          'the end of a source that started late',
          starting.then((one) => one.stop()),
        );
        throw new Error(`nothing within ${startWithinMs / 1_000} s`);
      }
      const leave = (): void => {
        isLeft = true;
      };
      started.set(no, { by: identityOf(record), running, leave });
    } catch (error) {
      logger.error({ source: id, kind: record.kind, error: String(error) }, 'a source could not be started');
      await troubled(no, sentence('problem.source_not_started', { name, detail: String(error) }));
    }
  }

  const troubled = (no: number, says: Sentence): Promise<void> =>
    commit
      .transact(() => table.sawTrouble(no, wallTime(clock), says))
      .catch((error: unknown) => logger.warn({ error: String(error) }, 'a source’s trouble could not be kept'));

  function writeSoon(no: number, inMs = keepEveryMs): void {
    if (unwritten.has(no)) return;
    unwritten.set(
      no,
      clock.after(inMs, () => mishaps.own('the health of a source', write(no))),
    );
  }

  async function write(no: number): Promise<void> {
    unwritten.get(no)?.();
    unwritten.delete(no);
    const running = started.get(no)?.running;
    if (running === undefined) return;
    try {
      // As it is when it is written: a person may have let its files go meanwhile.
      await commit.transact(() => table.keepHealth(no, running.health()));
    } catch (error) {
      // A full disk, say: what changed meanwhile is not to be believed for ever.
      logger.debug({ source: no, error: String(error) }, 'the health of a source could not be kept; it is tried again');
      if (!stopped) writeSoon(no, keepAgainMs);
      return;
    }
    changes.touch('sources');
    changes.touch('situation');
  }

  /** What does not stop in time is left to itself: nothing is taken from it any more. */
  async function endOne(no: number): Promise<void> {
    const one = started.get(no);
    if (one === undefined) return;
    try {
      if ((await within(clock, stopWithinMs, one.running.stop())) === late) {
        logger.error({ source: no, waitedMs: stopWithinMs }, 'a source does not stop; it is left to itself');
      }
    } catch (error) {
      logger.error({ source: no, error: String(error) }, 'a source could not be stopped');
    }
    one.leave();
    if (unwritten.has(no)) await write(no);
    started.delete(no);
  }

  async function followOne(no: number): Promise<void> {
    const record = table.all().find((one) => one.no === no && isRun(one));
    const before = started.get(no);
    if (before !== undefined && (record === undefined || identityOf(record) !== before.by)) await endOne(no);
    if (record !== undefined && !stopped && !started.has(no)) await startOne(record);
  }

  /** @returns resolves once it is this source's turn and `work` is done */
  function inTurn(no: number, work: (no: number) => Promise<void>): Promise<void> {
    const next = (turns.get(no) ?? Promise.resolve()).then(
      () => work(no),
      () => work(no),
    );
    turns.set(no, next);
    return next;
  }

  async function follow(): Promise<void> {
    const run = table.all().filter(isRun);
    const all = new Set([...started.keys(), ...turns.keys(), ...run.map(({ no }) => no)]);
    await Promise.all([...all].map((no) => inTurn(no, followOne)));
  }

  return {
    async start() {
      for (const { descriptor, behaviour } of parts.own) {
        const running = await behaviour.start({
          context,
          accept,
          take: () => Promise.reject(new Error('what this PC hands in itself is taken as events')),
          refusals,
          openThread,
          source: null,
          health: noHealth,
          changed: () => {},
          config: readConfig(descriptor, '{}').config ?? {},
          cursor: { current: () => null, keep: () => {} },
        });
        own.push(running);
      }
      await follow();
    },
    follow,
    letGo: (no) => started.get(no)?.running.letGo?.(),
    async saysGone(no, isGone, also) {
      let were = false;
      await inTurn(no, async () => {
        were = (await started.get(no)?.running.saysGone?.(isGone, also)) ?? false;
        if (were) await write(no);
      });
      return were;
    },
    admits(no, request) {
      const running = started.get(no)?.running;
      return running === undefined ? undefined : (running.admits?.(request) ?? null);
    },
    async stop() {
      stopped = true;
      const all = new Set([...started.keys(), ...turns.keys()]);
      const ends = [...own.map((one) => one.stop()), ...[...all].map((no) => inTurn(no, endOne))];
      // A little more than each has, so that what is left is told by its number.
      const ended = await within(clock, stopWithinMs + 1_000, Promise.all(ends));
      if (ended === late) logger.error({}, 'sources do not stop; they are left to themselves');
    },
  };
}

/** In use, or revoked while files of it lay in `rejected`: those are somebody's until they are seen to. */
const isRun = (record: SourceRecord): boolean =>
  record.revokedAt === null || (healthOf(record).files?.rejected ?? null) !== null;

const identityOf = ({ kind, config, secrets, name, propertyId, revokedAt }: SourceRecord): string =>
  JSON.stringify([kind, config, secrets && Buffer.from(secrets).toString('base64'), name, propertyId, revokedAt]);

const parsed = (text: string): Record<string, unknown> => {
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch {
    return {};
  }
};
