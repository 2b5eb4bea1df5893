/** Keys by which a repeated request is known again. They outlive the events' retention as stubs (decision 15). */
import type { EventId, UtcMs } from '../../../shared/domain.ts';
import type { WriteHandle } from './connection.ts';

/** What was answered: each event's id, and how many of its spans were masked. */
export type KeptAnswer = readonly (readonly [id: EventId, masked: number])[];

export interface KeyStub {
  readonly bodyHash: Uint8Array;
  readonly answer: KeptAnswer;
}

export interface EventKeyTable {
  find(sourceNo: number, key: string): KeyStub | undefined;
  /** Inside the transaction that stores the events. False, and nothing is changed, where the key is there already. */
  keep(sourceNo: number, key: string, stub: KeyStub, at: UtcMs): boolean;
  /** A key that was just kept is one more of an event that was there already. */
  repoint(sourceNo: number, key: string, answer: KeptAnswer): void;
}

export function createEventKeyTable(writer: WriteHandle): EventKeyTable {
  // By the primary key.
  const find = writer.prepare<[number, string], { bodyHash: Uint8Array; answer: string }>(
    'SELECT body_hash AS bodyHash, answer FROM event_keys WHERE source_no = ? AND key = ?',
  );
  const keep = writer.prepare(
    `INSERT INTO event_keys (source_no, key, body_hash, answer, at) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT (source_no, key) DO NOTHING`,
  );
  const repoint = writer.prepare('UPDATE event_keys SET answer = ? WHERE source_no = ? AND key = ?');
  return {
    find(sourceNo, key) {
      const row = find.get(sourceNo, key);
      return row && { bodyHash: row.bodyHash, answer: JSON.parse(row.answer) as KeptAnswer };
    },
    keep: (sourceNo, key, { bodyHash, answer }, at) =>
      keep.run(sourceNo, key, bodyHash, JSON.stringify(answer), at).changes > 0,
    repoint: (sourceNo, key, answer) => void repoint.run(JSON.stringify(answer), sourceNo, key),
  };
}
