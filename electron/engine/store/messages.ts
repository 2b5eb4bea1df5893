/** Messages of sources as they came, masked: the last of each, and what is kept until a person has settled it. */
import type { EventId, Sentence, SourceId, UtcMs } from '../../../shared/domain.ts';
import type { WriteHandle } from './connection.ts';

/** `kept` waits for a person; `dropped` was let go by one. */
export type MessageState = 'taken' | 'ignored' | 'kept' | 'dropped';

/** What is wrong with a message, or why it was ignored. */
export interface MessageTrouble {
  readonly says: Sentence;
  /** Of our envelope, such as `data` or `[1].timestamp`. */
  readonly member: string | null;
  /** Where in the shape, counted from 1. */
  readonly line: number | null;
  readonly column: number | null;
}

export interface NewMessage {
  readonly sourceNo: number;
  readonly at: UtcMs;
  readonly state: MessageState;
  /** Where it stood: "bookings.csv row 14". */
  readonly origin: string;
  readonly key: string | null;
  /** JSON as it came, masked; empty where it was too large to be kept. */
  readonly raw: string;
  /** As it came, where its text is not kept. */
  readonly sizeCharacters?: number;
  readonly trouble: MessageTrouble | null;
  /** What became of it. */
  readonly events: readonly EventId[];
  /** Endpoints, by number, that a person keeps its events from: then, and whenever it is taken in later. */
  readonly keptFrom: readonly number[];
}

export interface MessageRow extends Omit<NewMessage, 'sourceNo' | 'key'> {
  /** A number, for a person to type. */
  readonly id: number;
  readonly sourceId: SourceId;
  readonly settledAt: UtcMs | null;
}

export interface StoredMessage extends MessageRow {
  readonly sourceNo: number;
  readonly key: string | null;
}

/** Of each source so many stay of what is settled. */
export const lastMessages = 50;
const mostAtOnce = 500;

/** Statements that write belong inside a transaction. */
export interface MessageTable {
  /** @returns its number */
  add(message: NewMessage): number;
  /** Lets go of what is settled and older than the last fifty. */
  trim(sourceNo: number): void;
  /** Newest first, of any state. */
  last(sourceNo: number, limit: number): StoredMessage[];
  /** Oldest first, behind the given number. */
  kept(sourceNo: number, after: number, limit: number): StoredMessage[];
  countKept(sourceNo: number): { readonly messages: number; readonly characters: number };
  get(id: number): StoredMessage | undefined;
  /** It waits no more. */
  settle(id: number, settled: Pick<NewMessage, 'state' | 'trouble' | 'events'> & { readonly at: UtcMs }): void;
  /** It still waits, for this reason. */
  stillKept(id: number, trouble: MessageTrouble): void;
}

type Row = Omit<StoredMessage, 'trouble' | 'events' | 'keptFrom'> & {
  readonly trouble: string | null;
  readonly events: string;
  readonly keptFrom: string | null;
};

const columns = `m.seq AS id, m.source_no AS sourceNo, s.id AS sourceId, m.at, m.state, m.origin, m.message_key AS key, m.raw,
  m.trouble, m.events, m.settled_at AS settledAt, m.kept_from AS keptFrom`;
const from = 'FROM messages m JOIN sources s ON s.no = m.source_no';

const read = (row: Row): StoredMessage => ({
  ...row,
  trouble: row.trouble === null ? null : (JSON.parse(row.trouble) as MessageTrouble),
  events: JSON.parse(row.events) as EventId[],
  keptFrom: row.keptFrom === null ? [] : (JSON.parse(row.keptFrom) as number[]),
});

export function createMessageTable(writer: WriteHandle): MessageTable {
  const add = writer.prepare(
    `INSERT INTO messages (source_no, at, state, origin, message_key, raw, size, trouble, events, kept_from)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  // By messages_by_state.
  const trim = writer.prepare(
    `DELETE FROM messages WHERE seq IN (SELECT seq FROM messages
     WHERE source_no = ? AND state IN ('taken', 'ignored', 'dropped') ORDER BY seq DESC LIMIT ${mostAtOnce} OFFSET ${lastMessages})`,
  );
  // By messages_by_time.
  const last = writer.prepare<[number, number], Row>(
    `SELECT ${columns} ${from} WHERE m.source_no = ? ORDER BY m.at DESC, m.seq DESC LIMIT ?`,
  );
  // By messages_by_state.
  const kept = writer.prepare<[number, number, number], Row>(
    `SELECT ${columns} ${from} WHERE m.source_no = ? AND m.state = 'kept' AND m.seq > ? ORDER BY m.seq LIMIT ?`,
  );
  // Within messages_by_state alone.
  const countKept = writer.prepare<[number], { messages: number; characters: number }>(
    `SELECT COUNT(*) AS messages, COALESCE(SUM(size), 0) AS characters FROM messages WHERE source_no = ? AND state = 'kept'`,
  );
  // By the primary key, as what follows.
  const one = writer.prepare<[number], Row>(`SELECT ${columns} ${from} WHERE m.seq = ?`);
  const settle = writer.prepare('UPDATE messages SET state = ?, trouble = ?, events = ?, settled_at = ? WHERE seq = ?');
  const stillKept = writer.prepare('UPDATE messages SET trouble = ? WHERE seq = ?');
  return {
    add: ({ sourceNo, at, state, origin, key, raw, sizeCharacters = raw.length, trouble, events, keptFrom }) =>
      Number(
        add.run(
          ...[sourceNo, at, state, origin, key, raw, sizeCharacters, trouble && JSON.stringify(trouble)],
          ...[JSON.stringify(events), keptFrom.length === 0 ? null : JSON.stringify(keptFrom)],
        ).lastInsertRowid,
      ),
    trim: (sourceNo) => void trim.run(sourceNo),
    last: (sourceNo, limit) => last.all(sourceNo, limit).map(read),
    kept: (sourceNo, after, limit) => kept.all(sourceNo, after, limit).map(read),
    countKept: (sourceNo) => countKept.get(sourceNo) ?? { messages: 0, characters: 0 },
    get(id) {
      const row = one.get(id);
      return row && read(row);
    },
    settle: (id, { state, trouble, events, at }) =>
      void settle.run(state, trouble && JSON.stringify(trouble), JSON.stringify(events), at, id),
    stillKept: (id, trouble) => void stillKept.run(JSON.stringify(trouble), id),
  };
}
