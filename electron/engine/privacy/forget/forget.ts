/**
 * "Forget a guest": looked for in a thread that reads, taken out by the one writer in small steps, then out of the files
 * and backups of the data folder. What is to be done is written down first, sealed: an end in its midst, however it came
 * about, is gone on with at the next start.
 */
import { type CallOutput, RelayError } from '../../../../shared/api.ts';
import type { Actor } from '../../../../shared/domain.ts';
import type { BenchRequest, ForgetPreview, Forgetting } from '../../../../shared/schemas.ts';
import { foundBy } from '../../../../shared/schemas.ts';
import { sentence } from '../../../../shared/sentences/sentence.ts';
import { type EngineContext, type EngineHandlers, wallTime } from '../../context.ts';
import { isClosed } from '../../ports.ts';
import { createBlanking, type ForgottenBy } from './blank.ts';
import { type Asked, askedBy, type ForgetPlan, type Found, nothingLeftOut } from './find.ts';
import type { Cleaned, FileFound } from './places.ts';
import { matcherOf } from './sought.ts';

/** As in retention: for how long it may hold up the delivering thread, and how long it leaves it alone then. */
const batchMs = 4;
const betweenBatchesMs = 20;
/** An attempt ends within 30 s; its event is blanked then. */
const lookAgainMs = 500;
const logTries = 60;
const mostLooks = 3;
const sealedAs = 'forgettings.plan';
const mostListed = 50;

/** What takes long, in threads of their own. */
export interface ForgetThreads {
  find(input: { readonly asked: Asked; readonly before: ForgetPlan | null }): Promise<Found>;
  files(plan: ForgetPlan): Promise<readonly FileFound[]>;
  clean(plan: ForgetPlan): Promise<Cleaned>;
  inDatabase(input: { readonly file: string; readonly plan: ForgetPlan; readonly by: ForgottenBy }): Promise<boolean>;
  databases(): Promise<readonly string[]>;
  /** Of those the ones that name the guest. */
  naming(asked: Asked): Promise<readonly FileFound[]>;
  traces(plan: ForgetPlan): Promise<boolean>;
  /** Rebuilds the database where that takes a moment; false: at night. */
  vacuum(): Promise<boolean>;
  /** Empties the write-ahead log; false where a reader is in it. */
  emptyLog(): Promise<boolean>;
}

export interface ForgetParts {
  readonly threads: ForgetThreads;
  readonly deliveries: {
    isUnderWay(eventSeq: number): boolean;
    cancel(eventSeq: number, actor: Actor): number;
    /** What endpoints are known to have said: memory has it too, and writes it with their next outcome. */
    unquote(withoutWords: (text: string) => string): void;
  };
  /** What arrived at the test bench, which is in memory alone. */
  readonly bench: {
    count(isSuch: (request: BenchRequest) => boolean): number;
    forget(isSuch: (request: BenchRequest) => boolean): number;
  };
  /** Notices that were told remember what was said as well. */
  readonly unquoteNotices: (withoutWords: (text: string) => string) => Promise<void>;
  /** The database is to be rebuilt in the night's work. */
  readonly vacuumTonight: () => void;
  /** It is done: what was set up by the guest's name has to tell so. */
  readonly forgotten: () => void;
}

type Done = Omit<Forgetting, 'id' | 'askedAt' | 'endedAt' | 'step' | 'foundBy'>;

interface Row {
  readonly id: string;
  readonly askedAt: Forgetting['askedAt'];
  readonly endedAt: Forgetting['endedAt'];
  readonly step: Forgetting['step'];
  readonly foundBy: string;
  readonly actor: string;
  readonly plan: Uint8Array | null;
  readonly done: string;
}

const nothingDone: Done = {
  events: 0,
  deliveries: 0,
  cancelled: 0,
  leftOut: 0,
  stillNaming: 0,
  rows: 0,
  files: 0,
  backups: 0,
  backupsLeft: [],
  filesLeft: [],
  tracesTonight: false,
  remaining: 0,
  atBench: 0,
};

export interface Forget {
  readonly handlers: Pick<EngineHandlers, 'forget.look' | 'forget.start' | 'forget.list'>;
  /** Goes on with what an earlier process began. */
  start(): void;
  stop(): Promise<void>;
}

export function createForget(
  context: EngineContext,
  { threads, deliveries, bench, unquoteNotices, vacuumTonight, forgotten }: ForgetParts,
): Forget {
  const { writer, reader, commit, clock, ids, vault, logger, mishaps, changes, recordAct } = context;
  const columns = 'id, asked_at AS askedAt, ended_at AS endedAt, step, found_by AS foundBy, actor, plan, done';
  const listed = reader.prepare<[], Row>(`SELECT ${columns} FROM forgettings ORDER BY seq DESC LIMIT ${mostListed}`);
  const open = reader.prepare<[], Row>(`SELECT ${columns} FROM forgettings WHERE ended_at IS NULL ORDER BY seq`);
  const one = reader.prepare<[string], Row>(`SELECT ${columns} FROM forgettings WHERE id = ?`);
  const insert = writer.prepare(
    "INSERT INTO forgettings (id, asked_at, step, found_by, actor, plan, done) VALUES (?, ?, 'events', ?, ?, ?, ?)",
  );
  const setStep = writer.prepare('UPDATE forgettings SET step = ?, done = ? WHERE id = ?');
  const setEnd = writer.prepare(
    "UPDATE forgettings SET step = 'done', done = ?, plan = NULL, ended_at = ? WHERE id = ?",
  );
  const blanking = createBlanking(writer);
  let stopped = false;
  let wake = (): void => {};
  let line: Promise<void> = Promise.resolve();

  const rest = (ms: number) =>
    new Promise<void>((resolve) => {
      const cancel = clock.after(ms, resolve);
      wake = () => {
        cancel();
        resolve();
      };
    });

  async function look(asked: Asked): Promise<{ readonly found: Found; readonly preview: ForgetPreview }> {
    const found = await threads.find({ asked, before: null });
    const [stranger] = found.notFound;
    if (stranger !== undefined)
      throw new RelayError('not_found', sentence('problem.forget_not_found', { id: stranger }), { member: 'leaveOut' });
    const files = await threads.files(found.plan);
    const atBench = bench.count(atBenchOf(found.plan));
    const isHere =
      found.seqs.length > 0 || atBench > 0 || found.rows.length > 0 || files.some(({ what }) => what !== 'rewritten');
    // Where nothing else speaks of the guest a backup is written anew only if it does.
    return {
      found,
      preview: { ...found.preview, atBench, files: [...(isHere ? files : await threads.naming(asked))] },
    };
  }

  /** In steps of a few milliseconds. */
  async function each<Item>(items: readonly Item[], work: (item: Item) => void): Promise<void> {
    for (let at = 0; at < items.length && !stopped; ) {
      await commit.transact(() => {
        const until = performance.now() + batchMs;
        while (at < items.length && performance.now() < until) {
          work(items[at] as Item);
          at += 1;
        }
      });
      await rest(betweenBatchesMs);
    }
  }

  async function blankEvents(seqs: readonly number[], by: ForgottenBy, done: { events: number; cancelled: number }) {
    let left = [...seqs];
    while (left.length > 0 && !stopped) {
      const busy: number[] = [];
      await each(left, (seq) => {
        if (deliveries.isUnderWay(seq)) {
          busy.push(seq);
          return;
        }
        done.cancelled += deliveries.cancel(seq, by.actor);
        if (blanking.event(seq, by)) done.events += 1;
      });
      left = busy;
      if (left.length > 0) await rest(lookAgainMs);
    }
  }

  async function blankRows(rows: Found['rows'], { identifiers, said }: ForgetPlan, by: ForgottenBy): Promise<void> {
    const { withoutWords } = matcherOf(identifiers, said);
    await commit.transact(() => deliveries.unquote(withoutWords));
    await unquoteNotices(withoutWords);
    await each(
      rows.filter(({ table }) => table !== 'endpoints'),
      (row) => blanking.row(row, by),
    );
  }

  async function emptyLog(): Promise<void> {
    for (let tries = 0; tries < logTries && !stopped; tries += 1) {
      if (await threads.emptyLog()) return;
      await rest(lookAgainMs);
    }
  }

  async function work({ id, askedAt, actor: storedActor, plan: sealed, done: storedDone }: Row): Promise<void> {
    const text = sealed === null ? null : vault.open(sealed, sealedAs);
    if (text === null) {
      logger.error({ forgetting: id }, 'a forgetting cannot go on: what is looked for cannot be decrypted');
      return;
    }
    // One of a version before says nothing of what is left out, nor of what receivers said.
    const plan: ForgetPlan = {
      leftOut: nothingLeftOut,
      said: [],
      ...(JSON.parse(text) as Omit<ForgetPlan, 'leftOut' | 'said'>),
    };
    const by: ForgottenBy = { at: askedAt, actor: JSON.parse(storedActor) as Actor };
    const done = {
      ...nothingDone,
      ...(JSON.parse(storedDone) as Partial<Done>),
      backups: 0,
      backupsLeft: [] as string[],
    };
    const step = async (now: Forgetting['step']) => {
      if (stopped) return;
      await commit.transact(() => setStep.run(now, JSON.stringify(done), id));
      changes.touch('audit');
    };
    const { seqs, rows, preview, plan: found } = await threads.find({ asked: askedBy(plan), before: plan });
    if (seqs.length > 0) done.deliveries += preview.deliveries;
    await blankEvents(seqs, by, done);
    // Once what was under way has its answer: until then the bench shows it anew.
    if (!stopped) done.atBench += bench.forget(atBenchOf(plan));
    await step('rows');
    await blankRows(rows, found, by);
    if (!stopped) done.rows += rows.length;
    await step('files');
    if (!stopped) {
      const { cleaned, left } = await threads.clean(plan);
      done.files += cleaned;
      done.filesLeft = [...new Set([...done.filesLeft, ...left])];
    }
    await step('log');
    await emptyLog();
    await step('backups');
    for (const file of await threads.databases()) {
      if (stopped) return;
      if (await threads.inDatabase({ file, plan, by })) done.backups += 1;
      else done.backupsLeft.push(file);
    }
    await step('traces');
    if (!stopped && (await threads.traces(plan))) {
      if (await threads.vacuum()) await emptyLog();
      else {
        done.tracesTonight = true;
        vacuumTonight();
      }
    }
    if (stopped) return;
    // What came meanwhile, or could not be changed: nobody is told that a guest is forgotten who is not.
    let after = await threads.find({ asked: askedBy(plan), before: plan });
    const remain = ({ seqs: left, rows: other }: Found) => left.length + other.length;
    // The answer to a request that was under way, say.
    for (let time = 0; time < mostLooks && remain(after) > 0 && !stopped; time += 1) {
      await blankEvents(after.seqs, by, done);
      await blankRows(after.rows, after.plan, by);
      if (!stopped) done.rows += after.rows.length;
      await rest(lookAgainMs);
      after = await threads.find({ asked: askedBy(plan), before: plan });
      if (remain(after) > 0 || stopped || !(await threads.traces(plan))) continue;
      if (!(await threads.vacuum())) {
        done.tracesTonight = true;
        vacuumTonight();
      }
    }
    done.remaining = remain(after);
    if (stopped) return;
    await commit.transact(() => setEnd.run(JSON.stringify(done), wallTime(clock), id));
    for (const topic of ['deliveries', 'endpoints', 'events', 'sources', 'audit', 'situation'] as const)
      changes.touch(topic);
    forgotten();
    await emptyLog();
    logger.info({ forgetting: id, events: done.events }, 'a guest was forgotten');
  }

  function lineUp(row: Row): void {
    line = line
      .then(() => (stopped ? undefined : work(row)))
      .catch((error: unknown) => {
        if (!stopped)
          logger.error({ forgetting: row.id, error: String(error) }, 'a forgetting goes on at the next start');
      });
    mishaps.own('forgetting a guest', line);
  }

  function view(id: string): Forgetting {
    const row = one.get(id);
    if (row === undefined) throw new RelayError('not_found', sentence('problem.no_such_job'), { detail: id });
    return viewOf(row);
  }

  return {
    handlers: {
      'forget.look': async (asked): Promise<CallOutput<'forget.look'>> => (await look(asked)).preview,

      async 'forget.start'({ sought, leaveOut, confirmed }, actor) {
        if (isClosed(vault)) throw new RelayError('secret_unreadable', sentence('problem.forget_locked'));
        const { found, preview } = await look({ sought, leaveOut });
        if (preview.events + preview.atBench + preview.rows.length + preview.files.length === 0) {
          if (leaveOut.length > 0)
            throw new RelayError('bad_input', sentence('problem.forget_all_left_out'), { member: 'leaveOut' });
          const [by, ...others] = foundBy.filter((name) => sought[name] !== undefined);
          const key = by === undefined || others.length > 0 ? 'any' : by;
          throw new RelayError('not_found', sentence(`problem.forget_nobody_${key}`), {
            member: `sought.${by ?? 'name'}`,
          });
        }
        const open = preview.undelivered.reduce((sum, { deliveries: count }) => sum + count, 0);
        if (!confirmed && open > 0) {
          const names = preview.undelivered.map(({ name }) => name).join(', ');
          throw new RelayError('not_confirmed', sentence('problem.forget_undelivered', { count: open, names }));
        }
        if (!confirmed)
          throw new RelayError('not_confirmed', sentence('problem.forget_for_good', { count: preview.events }));
        const id = ids.job(clock.wallMs());
        const by = foundBy.filter((name) => sought[name] !== undefined);
        const { leftOut, stillNaming } = preview;
        const done: Done = { ...nothingDone, leftOut, stillNaming };
        await commit.transact(() => {
          const sealed = vault.seal(JSON.stringify(found.plan), sealedAs);
          insert.run(id, wallTime(clock), by.join(' '), JSON.stringify(actor), sealed, JSON.stringify(done));
          // Never by whom it was looked for: that would be kept for a year.
          recordAct(actor, 'forget.start', id, { foundBy: by, events: preview.events, undelivered: open, leftOut });
        });
        const row = one.get(id);
        if (row) lineUp(row);
        return view(id);
      },

      'forget.list': () => listed.all().map(viewOf),
    },
    start() {
      for (const row of open.all()) lineUp(row);
    },
    async stop() {
      stopped = true;
      wake();
      await line;
    },
  };
}

/** What the bench shows of the guest's events, or of anything else that speaks of the guest; not what is left out. */
function atBenchOf({ eventIds, identifiers, leftOut }: ForgetPlan): (request: BenchRequest) => boolean {
  const events = new Set<string>(eventIds);
  const others = new Set<string>(leftOut.eventIds);
  const { mentions } = matcherOf(identifiers);
  return ({ eventId, body, headers }) => {
    if (eventId !== null && others.has(eventId)) return false;
    return (eventId !== null && events.has(eventId)) || mentions(body) || headers.some(([, value]) => mentions(value));
  };
}

const viewOf = ({ id, askedAt, endedAt, step, foundBy: by, done }: Row): Forgetting => ({
  id,
  askedAt,
  endedAt,
  step,
  foundBy: by.split(' ') as Forgetting['foundBy'],
  ...nothingDone,
  ...(JSON.parse(done) as Partial<Done>),
});
