/** Browsers that the window is open in: a row each, a handful of them. */
import type { UtcMs } from '../../../shared/domain.ts';
import type { WriteHandle } from './connection.ts';

export interface WindowSessionRow {
  readonly id: string;
  readonly cookieHash: Uint8Array;
  readonly sealedKey: Uint8Array;
  readonly browser: string;
  readonly openedAt: UtcMs;
  readonly usedAt: UtcMs;
}

/** Statements that write belong inside a transaction. */
export interface WindowSessionTable {
  all(): WindowSessionRow[];
  add(row: WindowSessionRow): void;
  used(id: string, at: UtcMs): void;
  remove(id: string): void;
}

export function createWindowSessionTable(writer: WriteHandle): WindowSessionTable {
  // A full scan, once at the start.
  const all = writer.prepare<[], WindowSessionRow>(
    `SELECT id, cookie_hash AS cookieHash, sealed_key AS sealedKey, browser, opened_at AS openedAt, used_at AS usedAt
     FROM window_sessions ORDER BY opened_at`,
  );
  const add = writer.prepare('INSERT INTO window_sessions VALUES (?, ?, ?, ?, ?, ?)');
  // By the primary key.
  const used = writer.prepare('UPDATE window_sessions SET used_at = ? WHERE id = ?');
  const remove = writer.prepare('DELETE FROM window_sessions WHERE id = ?');
  return {
    all: () => all.all(),
    add: (row) => void add.run(row.id, row.cookieHash, row.sealedKey, row.browser, row.openedAt, row.usedAt),
    used: (id, at) => void used.run(at, id),
    remove: (id) => void remove.run(id),
  };
}
