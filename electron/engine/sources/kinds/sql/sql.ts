/** Reads a table of another system's database every few seconds, in a thread of its own, and never writes to it. */
import { isDeepStrictEqual } from 'node:util';
import { RelayError } from '../../../../../shared/api.ts';
import { isHeldBack } from '../../../../../shared/conditions/source-away.ts';
import { type Sentence, utcMs } from '../../../../../shared/domain.ts';
import type { SourceHealth } from '../../../../../shared/schemas.ts';
import { sentence } from '../../../../../shared/sentences/sentence.ts';
import { encryptionSaid, type SqlConfig } from '../../../../../shared/source-kinds/sql.ts';
import { namedCertificates } from '../../../authorities.ts';
import { wallTime } from '../../../context.ts';
import { createSourceRowTable } from '../../../store/source-rows.ts';
import { type OutboxCursor, outboxStart } from '../../database/outbox-cursor.ts';
import type { OutboxPage } from '../../database/sql-calls.ts';
import { type TableCursor, type TablePage, tableStart } from '../../database/table-page.ts';
import { ThreadTrouble } from '../../thread/thread.ts';
import { type Changes, createSnapshot } from '../snapshot.ts';
import type {
  RunningSource,
  SampleStart,
  SourceBehaviour,
  SourceMessage,
  SourceSample,
  SourceStart,
} from '../source-kind.ts';
import { believedAt, heldGone } from './gone-at-once.ts';
import { otherColumns } from './other-columns.ts';

/** In milliseconds; where more waits than one look takes, the next one follows at once. */
const lookEveryMs = 5_000;
const toldLookEveryMs = 60_000;
const toldAgainMs = 3_600_000;
/** Pages of one look: then others have their turn. */
const mostPages = 20;

export const sql: SourceBehaviour = {
  async start(given) {
    const running = readDatabase(given);
    running.look();
    return running;
  },
  sample: sampled,
  async check({ config }) {
    const { system, file, host, socket, database, ca } = config as SqlConfig;
    if (ca !== '') namedCertificates(ca, 'config.ca');
    const member = system === 'sqlite' ? 'file' : 'database';
    if (system === 'sqlite' ? file === '' : database === '') throw missing(`config.${member}`);
    if (system !== 'sqlite' && host === '' && socket === '') throw missing('config.host');
  },
};

async function sampled({ config, openThread, commonTrust }: SampleStart): Promise<SourceSample> {
  const trusting = withTrust(config as SqlConfig, commonTrust);
  const { columns, rows } = await openThread('sql').ask<{ columns: string[]; rows: SourceMessage[] }>('sample', {
    config: trusting,
  });
  const read = sentence('source.try_database', { table: trusting.table });
  const way = encryptionSaid(trusting);
  return { says: way === null ? [read] : [read, way], columns, messages: rows };
}

/** The authorities of the settings are trusted beside its own. */
const withTrust = (config: SqlConfig, commonTrust: string | null): SqlConfig => ({
  ...config,
  ca: [config.ca, commonTrust ?? ''].filter((pem) => pem !== '').join('\n'),
});

const missing = (member: string): RelayError =>
  new RelayError('bad_input', sentence('problem.input_empty', { member }), { member });

function readDatabase(given: SourceStart): RunningSource & { look(): void } {
  const { context, source, cursor, take, changed, openThread } = given;
  const { clock, logger, mishaps, commit, writer, settings } = context;
  const config = given.config as SqlConfig;
  const trusting = () => withTrust(config, settings.current().caPem);
  const thread = openThread('sql');
  const table = createSourceRowTable(writer);
  const sourceNo = source?.no ?? 0;
  const snapshot = createSnapshot(table, sourceNo, isRememberedAnew);
  let health: SourceHealth = given.health;
  let stopped = false;
  let toldLookAt: number | null = null;
  let running: Promise<void> | null = null;
  let cancel: (() => void) | null = null;
  /**
   * Keys that this round has shown so far, and how many rows were known before it; null for one that does not go through the whole table, or that began before
   * this start, of which not all are known.
   */
  let shown: { readonly keys: Set<string>; readonly before: number } | null = null;

  function became(more: Partial<SourceHealth>): void {
    health = { ...health, ...more };
    changed();
  }

  /** It is written down once a minute: a look that finds nothing costs no commit. */
  function looksAgain(inMs: number): void {
    const at = wallTime(clock) + inMs;
    const isNews = Math.abs(at - (toldLookAt ?? 0)) > toldLookEveryMs;
    health = { ...health, nextLookAt: utcMs(at) };
    if (!isNews) return;
    toldLookAt = at;
    changed();
  }

  function look(): void {
    if (stopped) return;
    running = readAll()
      .then(
        () => {
          const away = awayNow();
          if (!isDeepStrictEqual(health.away, away)) became({ away });
        },
        (error: unknown) => failed(error),
      )
      .then(() => {
        running = null;
        if (stopped) return;
        cancel = clock.after(lookEveryMs, look);
        looksAgain(lookEveryMs);
      });
    mishaps.own('the look at a database', running);
  }

  function failed(error: unknown): void {
    if (stopped) return;
    if (error instanceof ThreadTrouble) {
      if (health.away === null)
        logger.warn({ source: source?.id, trouble: error.says.key }, 'a database cannot be read');
      // It was read for as long as what it showed was not believed.
      const before = health.away === null || isHeldBack(health.away.says) ? null : health.away;
      became({ away: { since: before?.since ?? wallTime(clock), says: error.says } });
      return;
    }
    const says = error instanceof RelayError ? error.says : sentence('source.look_failed', { detail: String(error) });
    logger.warn({ source: source?.id, error: String(error) }, 'what was read of a database cannot be taken in now');
    became({ lastTrouble: { at: wallTime(clock), says } });
  }

  /** Beside the look, which goes on. It is found with each look, and said once in a while. */
  function tellOnce(says: Sentence): void {
    const at = wallTime(clock);
    const { lastTrouble: last } = health;
    const isSaid = last !== null && isDeepStrictEqual(last.says, says) && Math.abs(at - last.at) < toldAgainMs;
    if (!isSaid) became({ lastTrouble: { at, says } });
  }

  async function readAll(): Promise<void> {
    for (let pages = 0; pages < mostPages && !stopped; pages += 1) {
      const more = config.reads === 'outbox' ? await readOutbox() : await readTable();
      if (!more) return;
    }
  }

  async function readOutbox(): Promise<boolean> {
    const at = kept<OutboxCursor>(cursor.current(), 'last') ?? outboxStart;
    const page = await thread.ask<OutboxPage>('outbox', { config: trusting(), cursor: at, nowMs: clock.wallMs() });
    await store(page.messages, JSON.stringify(page.cursor));
    return page.more;
  }

  async function readTable(): Promise<boolean> {
    const at = kept<TableCursor>(cursor.current(), 'round') ?? tableStart;
    const page = await thread.ask<TablePage>('table', { config: trusting(), cursor: at, nowMs: clock.wallMs() });
    const learns = at.round === 1 && config.firstLook === 'remembered';
    if (page.hasNoKey) {
      const { table: name, keyColumn: column } = config;
      tellOnce(sentence('source.database_no_key', { table: name, column }));
    }
    if (at.after === null) shown = page.isWhole ? { keys: new Set(), before: table.count(sourceNo) } : null;
    for (const { key } of page.rows) shown?.keys.add(key);
    const changes = await snapshot.changed(page.rows, null, learns);
    // What is gone is told before the next round begins; what a column of changes shows says nothing of it.
    const tellsGone = page.ended && page.isWhole && shown !== null;
    await store(changes.messages, JSON.stringify(tellsGone ? at : page.cursor), changes);
    if (!tellsGone || shown === null) return !page.ended;
    const { held: before, ...next } = page.cursor;
    // All that was shown is remembered by now.
    const held = heldGone(before, table.count(sourceNo) - shown.keys.size, shown.before, clock.wallMs());
    for (; held === null; ) {
      const gone = await snapshot.goneBut(shown.keys, config.table);
      if (gone === null) break;
      if (stopped) return false;
      await store(gone.messages, JSON.stringify(at), gone);
    }
    await store([], JSON.stringify(held === null ? next : { ...next, held }));
    return false;
  }

  function isRememberedAnew(before: string, now: string): boolean {
    const others = otherColumns(before, now);
    if (others === null) return false;
    const [added, dropped] = [columnsText(others.added), columnsText(others.dropped)];
    if (others.added.length + others.dropped.length > 0) {
      tellOnce(sentence('source.database_other_columns', { table: config.table, added, dropped }));
    }
    return true;
  }

  /** Nothing is wrong, or what was read is not believed. */
  function awayNow(): SourceHealth['away'] {
    const held = config.reads === 'table' ? kept<TableCursor>(cursor.current(), 'round')?.held : undefined;
    if (held === undefined) return null;
    const { sinceMs, gone, of, word } = held;
    const about = { table: config.table, gone, of };
    const says =
      word === 'kept'
        ? sentence('source.database_gone_kept', about)
        : sentence('source.database_gone_at_once', { ...about, believedAt: believedAt(held) });
    return { since: utcMs(sinceMs), says };
  }

  /** In one transaction with how far it was read. */
  async function store(messages: readonly SourceMessage[], next: string, changes?: Changes): Promise<void> {
    const mark = () => {
      changes?.keep();
      cursor.keep(next);
    };
    if (messages.length > 0) {
      await take(messages, mark);
      became({ lastSeenAt: wallTime(clock) });
    } else if (next !== cursor.current() || changes?.isNothing === false) await commit.transact(mark);
  }

  return {
    look,
    health: () => health,
    async saysGone(isGone, also) {
      // What a look writes down must not be written over it.
      await running;
      cancel?.();
      const at = kept<TableCursor>(cursor.current(), 'round');
      const held = at?.held;
      if (at !== null && held !== undefined && !stopped) {
        await commit.transact(() => {
          also(held.gone);
          cursor.keep(
            JSON.stringify({ ...at, held: { ...held, word: isGone ? 'gone' : 'kept' } } satisfies TableCursor),
          );
        });
      }
      look();
      await running;
      return held !== undefined;
    },
    async stop() {
      stopped = true;
      cancel?.();
      await thread.close();
      await running;
    },
  };
}

const mostColumns = 20;
const columnsText = (names: readonly string[]): string => names.slice(0, mostColumns).join(', ') || '–';

/** A cursor of the other way of reading is none. */
function kept<Cursor>(text: string | null, member: keyof Cursor & string): Cursor | null {
  if (text === null) return null;
  const value = JSON.parse(text) as Cursor & object;
  return member in value ? value : null;
}
