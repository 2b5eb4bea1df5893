/** Incidents that are over: what the manager reads once an endpoint is back. */
import type { UtcMs } from '../../../shared/domain.ts';
import type { WriteHandle } from './connection.ts';

export type RecoveryStore = ReturnType<typeof createRecoveryStore>;

export function createRecoveryStore(writer: WriteHandle) {
  const insert = writer.prepare('INSERT INTO recoveries (endpoint_no, since, until, waited) VALUES (?, ?, ?, ?)');
  return {
    insert: (endpointNo: number, since: UtcMs, until: UtcMs, waited: number) =>
      void insert.run(endpointNo, since, until, waited),
  };
}
