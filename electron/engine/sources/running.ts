/** The sources that run: this PC's own and what a person added, each by what its kind does. */
import type { Sentence } from '../../../shared/domain.ts';
import { sentence } from '../../../shared/sentences/sentence.ts';
import { readConfig, type SourceKind } from '../../../shared/source-kinds/index.ts';
import { type EngineContext, wallTime } from '../context.ts';
import type { Accept } from '../intake/accept.ts';
import type { RefusalLog } from '../intake/refusal-log.ts';
import { healthOf, type SourceRecord, type SourceTable, sourceSecretsContext } from '../store/sources.ts';
import type { RunningSource, SourceBehaviour } from './kinds/index.ts';
import { noHealth } from './kinds/source-kind.ts';

/** A kind's two halves. */
export interface WholeKind {
  readonly descriptor: SourceKind;
  readonly behaviour: SourceBehaviour;
}

export interface RunningParts {
  readonly context: EngineContext;
  readonly table: SourceTable;
  readonly accept: Accept;
  readonly refusals: Pick<RefusalLog, 'keep'>;
  /** By its name; null for one that this version does not know. */
  readonly kindOf: (name: string) => WholeKind | null;
  /** This PC's own. */
  readonly own: readonly WholeKind[];
}

export interface RunningSources {
  /** Starts this PC's own, then what a person added. */
  start(): Promise<void>;
  /** What a person did was committed: what is new starts, what was changed starts anew, what was revoked ends. */
  follow(): Promise<void>;
  stop(): Promise<void>;
}

/** Health is written down at most so often, in milliseconds. */
const keepEveryMs = 1_000;

interface Started {
  /** What it was started with: with anything else it is another. */
  readonly by: string;
  readonly running: RunningSource;
}

export function createRunningSources(parts: RunningParts): RunningSources {
  const { context, table, accept, refusals, kindOf } = parts;
  const { clock, commit, changes, logger, mishaps, vault } = context;
  const own: RunningSource[] = [];
  const started = new Map<number, Started>();
  const unwritten = new Map<number, () => void>();
  let turn: Promise<void> = Promise.resolve();
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
    try {
      const running = await kind.behaviour.start({
        context,
        config,
        accept,
        refusals,
        health: healthOf(record),
        source: { no, id, name, propertyId, revokedAt },
        cursor: { current: () => table.get(id)?.cursor ?? null, keep: (cursor) => table.keepCursor(no, cursor) },
        changed: () => writeSoon(no),
      });
      started.set(no, { by: identityOf(record), running });
    } catch (error) {
      logger.error({ source: id, kind: record.kind, error: String(error) }, 'a source could not be started');
      await troubled(no, sentence('problem.source_not_started', { name, detail: String(error) }));
    }
  }

  const troubled = (no: number, says: Sentence): Promise<void> =>
    commit
      .transact(() => table.sawTrouble(no, wallTime(clock), says))
      .catch((error: unknown) => logger.warn({ error: String(error) }, 'a source’s trouble could not be kept'));

  function writeSoon(no: number): void {
    if (unwritten.has(no)) return;
    unwritten.set(
      no,
      clock.after(keepEveryMs, () => mishaps.own('the health of a source', write(no))),
    );
  }

  async function write(no: number): Promise<void> {
    unwritten.get(no)?.();
    unwritten.delete(no);
    const health = started.get(no)?.running.health();
    if (health === undefined) return;
    await commit.transact(() => table.keepHealth(no, health));
    changes.touch('sources');
    changes.touch('situation');
  }

  async function endOne(no: number): Promise<void> {
    await started.get(no)?.running.stop();
    if (unwritten.has(no)) await write(no);
    started.delete(no);
  }

  async function followNow(): Promise<void> {
    const wanted = new Map(
      table
        .all()
        .filter(({ revokedAt }) => revokedAt === null)
        .map((record) => [record.no, record]),
    );
    for (const [no, { by }] of [...started]) {
      const record = wanted.get(no);
      if (record === undefined || identityOf(record) !== by) await endOne(no);
    }
    for (const record of wanted.values()) {
      if (!stopped && !started.has(record.no)) await startOne(record);
    }
  }

  /** One after the other: two acts at the same time must not start a source twice. */
  function follow(): Promise<void> {
    turn = turn.then(followNow, followNow);
    return turn;
  }

  return {
    async start() {
      for (const { descriptor, behaviour } of parts.own) {
        const running = await behaviour.start({
          context,
          accept,
          refusals,
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
    async stop() {
      stopped = true;
      await turn.catch(() => {});
      await Promise.all([...own.map((one) => one.stop()), ...[...started.keys()].map(endOne)]);
    },
  };
}

const identityOf = ({ kind, config, secrets, name, propertyId }: SourceRecord): string =>
  JSON.stringify([kind, config, secrets && Buffer.from(secrets).toString('base64'), name, propertyId]);

const parsed = (text: string): Record<string, unknown> => {
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch {
    return {};
  }
};
