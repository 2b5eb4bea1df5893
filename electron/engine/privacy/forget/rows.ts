/** Rows of everything else that the inventory lists, in which something of the guest stands, and what is done to each. */
import type { Database } from 'better-sqlite3';
import { type Holds, tables } from '../inventory.ts';
import type { Matcher } from './sought.ts';

/** One row in which something of it stands, and what is done to it. */
export interface RowChange {
  readonly table: string;
  readonly key: Readonly<Record<string, string | number>>;
  /** What its columns are from then on; null: the row goes. */
  readonly set: Readonly<Record<string, string | null>> | null;
  /** A message that was kept: nothing of it is left to take in, and it says why. */
  readonly closesMessage: boolean;
}

const emptied: readonly Holds[] = ['payload', 'answer'];
const rewritten: readonly Holds[] = ['extract', 'told', 'label', 'quote'];
/** Of an event that stays only what was said of it is looked at: what it is about stays what it is about. */
/** What they hold of a receiver's words was said of no event of theirs. */
const ofNoEvent = new Set(['endpoints', 'notices']);
const lookedAtIn: Readonly<Record<string, readonly Holds[]>> = { events: [], deliveries: ['quote'] };

/** Rows of a table that are an event's that is left out, or is emptied whole, by one of their columns. */
interface Owned {
  readonly column: string;
  isOwned(value: unknown): boolean;
}

/**
 * The deliveries and attempts of both; of a left-out one also the label under which it came, and the message that it was
 * made of where that made nothing else.
 */
export function ownedBy(
  database: Database,
  leftOut: readonly string[],
  emptiedWhole: readonly number[],
): ReadonlyMap<string, Owned> {
  const ids = new Set<unknown>(leftOut);
  const deliveries = new Set<unknown>(
    database
      .prepare<[string, string], number>(
        `SELECT d.seq FROM events e CROSS JOIN deliveries d INDEXED BY deliveries_by_event ON d.event_seq = e.seq
         WHERE e.id IN (SELECT value FROM json_each(?)) OR e.seq IN (SELECT value FROM json_each(?))`,
      )
      .pluck()
      .all(JSON.stringify([...ids]), JSON.stringify(emptiedWhole)),
  );
  /** Of a list of ids, or of pairs that begin with one. */
  const madeOnlyThose = (value: unknown): boolean => {
    const made = JSON.parse(String(value)) as (string | readonly [string])[];
    return made.length > 0 && made.every((one) => ids.has(typeof one === 'string' ? one : one[0]));
  };
  return new Map([
    ['deliveries', { column: 'seq', isOwned: (value: unknown) => deliveries.has(value) }],
    ['attempts', { column: 'delivery_seq', isOwned: (value: unknown) => deliveries.has(value) }],
    ['event_keys', { column: 'answer', isOwned: madeOnlyThose }],
    ['messages', { column: 'events', isOwned: madeOnlyThose }],
  ]);
}

export function rowsThatMention(
  database: Database,
  matcher: Matcher,
  ownedIn: ReadonlyMap<string, Owned>,
): RowChange[] {
  const changes: RowChange[] = [];
  const present = new Set(
    database.prepare<[], string>("SELECT name FROM sqlite_master WHERE type = 'table'").pluck().all(),
  );
  for (const { table, columns: held } of tables) {
    if (!present.has(table)) continue;
    const info = database.pragma(`table_info(${table})`) as { name: string; notnull: number; pk: number }[];
    const keys = info.filter(({ pk }) => pk > 0).map(({ name }) => name);
    const lookedAt = lookedAtIn[table] ?? [...emptied, ...rewritten];
    const unquoted = ofNoEvent.has(table) ? matcher.withoutWords : matcher.withoutQuotes;
    const wanted = info.filter(({ name }) => lookedAt.includes(held[name] ?? 'none'));
    if (wanted.length === 0) continue;
    const owned = ownedIn.get(table);
    const more = [...(owned ? [owned.column] : []), ...(table === 'messages' ? ['state'] : [])];
    const names = [...new Set([...keys, ...wanted.map(({ name }) => name), ...more])];
    const all = database.prepare<[], Record<string, string | number | Buffer | null>>(
      `SELECT ${names.join(', ')} FROM ${table}`,
    );
    for (const row of all.iterate()) {
      if (owned?.isOwned(row[owned.column])) continue;
      const set: Record<string, string | null> = {};
      let goes = false;
      for (const { name, notnull, pk } of wanted) {
        const value = row[name] ?? null;
        const text = value === null ? null : Buffer.isBuffer(value) ? value.toString('utf8') : String(value);
        if (text === null) continue;
        const isEmptied = emptied.includes(held[name] ?? 'none');
        const after = isEmptied ? null : held[name] === 'quote' ? unquoted(text) : matcher.without(text);
        if (isEmptied ? !matcher.mentions(text) : after === text) continue;
        if (pk > 0) goes = true;
        else set[name] = isEmptied && notnull === 1 ? '{}' : after;
      }
      if (!goes && Object.keys(set).length === 0) continue;
      const closesMessage = table === 'messages' && row.state === 'kept' && 'raw' in set;
      const key = Object.fromEntries(keys.map((name) => [name, row[name] as string | number]));
      changes.push({ table, key, set: goes ? null : set, closesMessage });
    }
  }
  return changes;
}

export function counted(rows: readonly RowChange[]): { table: string; rows: number }[] {
  const byTable = new Map<string, number>();
  for (const { table } of rows) byTable.set(table, (byTable.get(table) ?? 0) + 1);
  return [...byTable].map(([table, count]) => ({ table, rows: count }));
}
