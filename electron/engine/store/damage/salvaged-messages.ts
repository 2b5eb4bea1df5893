/**
 * Messages that are kept wait for a person as deliveries wait for a receiver: those that came after the backup was made are
 * carried over, and what became since of those that are in it.
 */
import type { Database } from 'better-sqlite3';
import { highest, type Row, tableOf } from './wreck.ts';

/**
 * @param mostRows so many are looked at
 * @returns false where not all of them could be read
 */
export function carryMessages(
  wreck: Database,
  into: Database,
  sources: ReadonlySet<number>,
  mostRows: number,
): boolean {
  const messages = tableOf(wreck, into, 'messages');
  const last = highest(into, 'messages') ?? 0;
  const newest = Math.max(highest(wreck, 'messages') ?? 0, last);
  // What the backup has as kept may have been taken in since: it is not taken in once more.
  const kept = into.prepare<[number, number], { seq: number; at: number }>(
    "SELECT seq, at FROM messages WHERE source_no = ? AND state = 'kept' ORDER BY seq LIMIT ?",
  );
  for (const source of sources) {
    for (const { seq, at } of kept.all(source, mostRows)) {
      const row = messages.row(seq);
      const isSame = row !== null && isMessage(row) && row.source_no === source && row.at === at;
      if (isSame && row.state !== 'kept') messages.replace(row);
    }
  }
  for (const row of messages.rows(Math.max(last + 1, newest - mostRows), newest)) {
    if (row.state === 'kept' && isMessage(row) && sources.has(Number(row.source_no))) messages.insert(row);
  }
  // Whoever has noted a number must not find another message under it.
  const moved = into.prepare("UPDATE sqlite_sequence SET seq = MAX(seq, ?) WHERE name = 'messages'").run(newest);
  if (moved.changes === 0) into.prepare("INSERT INTO sqlite_sequence (name, seq) VALUES ('messages', ?)").run(newest);
  return messages.holes() === 0;
}

const states: readonly unknown[] = ['taken', 'ignored', 'kept', 'dropped'];

/** What was damaged and still parses is not taken for a message. */
function isMessage({ state, at, origin, raw, trouble, events, kept_from: keptFrom = null }: Row): boolean {
  if (!states.includes(state) || typeof at !== 'number' || typeof origin !== 'string' || typeof raw !== 'string') {
    return false;
  }
  return [trouble, events, keptFrom].every((text) => text === null || isJson(text));
}

function isJson(text: unknown): boolean {
  if (typeof text !== 'string') return false;
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
