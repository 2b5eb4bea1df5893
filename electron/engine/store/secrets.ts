/** The signing secrets of endpoints, sealed: the current one and, during a rotation, the next. */
import type { UtcMs } from '../../../shared/domain.ts';
import type { ReadHandle, WriteHandle } from './connection.ts';

export type SecretRole = 'current' | 'next';

export interface SecretRow {
  readonly endpointNo: number;
  readonly role: SecretRole;
  readonly sealed: Uint8Array;
  readonly tail: string;
  readonly addedAt: UtcMs;
  /** Of a next one: engine time at which it takes over. */
  readonly switchAt: UtcMs | null;
  /** Of a next one: the last test send with it that succeeded. */
  readonly testedAt: UtcMs | null;
}

const columns = `endpoint_no AS endpointNo, role, sealed, tail, added_at AS addedAt, switch_at AS switchAt,
  tested_at AS testedAt`;

/** What a sealed secret belongs to: a value moved to another endpoint does not open. */
export const secretContext = (endpointId: string): string => `endpoint_secrets/${endpointId}/sealed`;

/** Reads secrets; for any connection. By the primary key. */
export function createSecretReader(reader: ReadHandle) {
  const of = reader.prepare<[number], SecretRow>(`SELECT ${columns} FROM endpoint_secrets WHERE endpoint_no = ?`);
  const all = reader.prepare<[], SecretRow>(`SELECT ${columns} FROM endpoint_secrets`);
  return { of: (endpointNo: number) => of.all(endpointNo), all: () => all.all() };
}

export type SecretStore = ReturnType<typeof createSecretStore>;

export function createSecretStore(writer: WriteHandle) {
  const put = writer.prepare(
    `INSERT INTO endpoint_secrets (endpoint_no, role, sealed, tail, added_at, switch_at, tested_at)
     VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (endpoint_no, role) DO UPDATE SET sealed = excluded.sealed,
       tail = excluded.tail, added_at = excluded.added_at, switch_at = excluded.switch_at,
       tested_at = excluded.tested_at`,
  );
  const drop = writer.prepare('DELETE FROM endpoint_secrets WHERE endpoint_no = ? AND role = ?');
  // Asked for twice, the second time finds no next one: then the current one stays.
  const dropReplaced = writer.prepare(
    `DELETE FROM endpoint_secrets WHERE endpoint_no = ? AND role = 'current'
     AND endpoint_no IN (SELECT endpoint_no FROM endpoint_secrets WHERE role = 'next')`,
  );
  const promote = writer.prepare(
    `UPDATE endpoint_secrets SET role = 'current', switch_at = NULL, tested_at = NULL
     WHERE endpoint_no = ? AND role = 'next'`,
  );
  const tested = writer.prepare("UPDATE endpoint_secrets SET tested_at = ? WHERE endpoint_no = ? AND role = 'next'");
  return {
    ...createSecretReader(writer),
    put(row: SecretRow): void {
      put.run(row.endpointNo, row.role, row.sealed, row.tail, row.addedAt, row.switchAt, row.testedAt);
    },
    drop: (endpointNo: number, role: SecretRole) => void drop.run(endpointNo, role),
    /** The next one, where there is one, becomes the current one. */
    switchOver(endpointNo: number): void {
      dropReplaced.run(endpointNo);
      promote.run(endpointNo);
    },
    setNextTested: (endpointNo: number, at: UtcMs) => void tested.run(at, endpointNo),
  };
}
