/**
 * What came after the backup that took the place of whole data, and lies aside now: how much of it, and a file of what
 * had not reached everybody, as `roost-relay emit` takes it.
 */
import { closeSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { Database } from 'better-sqlite3';
import { openWreck, rowsAtOnce, unlessDamaged } from './wreck.ts';

export interface Aside {
  /** Events that are not in the backup. */
  readonly events: number;
  /** Of these, those that wait for a receiver, or need a person. */
  readonly open: number;
  /** Where these lie, one in a line; null where there are none, or it could not be written. */
  readonly file: string | null;
}

/** Most events that are looked at: some seconds. */
const mostEvents = 200_000;

interface AsideEvent {
  readonly seq: number;
  readonly id: string;
  readonly type: string;
  readonly propertyId: string;
  readonly occurredAt: string;
  readonly data: string;
  readonly open: number;
}

/**
 * @param from the database that was put aside
 * @param into what took its place
 * @param lastSeq the last event of when the backup was made
 * @param folder where the file goes, which is replaced where it is there
 * @returns null where it cannot be read: then nothing is known of it
 */
export function putAside(from: string, into: Database, lastSeq: number, folder: string): Aside | null {
  const opened = openWreck(from, into.name);
  if (opened === null) return null;
  const has = into.prepare<[string], number>('SELECT 1 FROM events WHERE id = ?').pluck();
  const list = createList(join(folder, 'not-delivered.ndjson'));
  let events = 0;
  let open = 0;
  try {
    const page = opened.wreck.prepare<[number, number], AsideEvent>(
      `SELECT e.seq, e.id, e.type, e.property_id AS propertyId, e.occurred_at AS occurredAt, e.data,
         EXISTS (SELECT 1 FROM deliveries d WHERE d.event_seq = e.seq AND d.state IN ('waiting', 'needs_attention'))
           AS open
       FROM events e WHERE e.seq > ? ORDER BY e.seq LIMIT ?`,
    );
    for (let after = lastSeq; events < mostEvents; ) {
      const rows = unlessDamaged(() => page.all(after, rowsAtOnce));
      if (rows === null) return null;
      for (const row of rows.filter(({ id }) => has.get(id) === undefined)) {
        events += 1;
        if (row.open === 0) continue;
        open += 1;
        list.add(lineOf(row));
      }
      after = rows.at(-1)?.seq ?? 0;
      if (rows.length < rowsAtOnce) break;
    }
    return { events, open, file: list.close() };
  } finally {
    list.close();
    opened.close();
  }
}

/** In one line: outside of its texts, JSON may be broken into several. Its id keeps it from being taken twice. */
function lineOf({ id, type, propertyId, occurredAt, data }: AsideEvent): string {
  const head = JSON.stringify({ event: type, id, timestamp: occurredAt, property_id: propertyId });
  return `${head.slice(0, -1)},"data":${data.replace(/[\r\n]+/g, ' ')}}\n`;
}

function createList(file: string) {
  let handle: number | null = null;
  let isWhole = true;
  return {
    add(line: string): void {
      if (!isWhole) return;
      try {
        handle ??= openSync(file, 'w', 0o600);
        writeSync(handle, line);
      } catch {
        // No room for it: what lies aside is told all the same.
        isWhole = false;
      }
    },
    /** @returns the file, where all of them are in it */
    close(): string | null {
      const isWritten = handle !== null;
      if (handle !== null) closeSync(handle);
      handle = null;
      return isWritten && isWhole ? file : null;
    },
  };
}
