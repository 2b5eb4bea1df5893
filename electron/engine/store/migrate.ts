/** Numbered migrations under `PRAGMA user_version`: all that are pending in one transaction. */
import type { Database } from 'better-sqlite3';
import { RelayError } from '../../../shared/errors.ts';
import { sentence } from '../../../shared/sentences/sentence.ts';
import { first } from './migrations/001-first.ts';
import { sentences } from './migrations/002-sentences.ts';
import { pausedBy } from './migrations/003-paused-by.ts';
import { evidence } from './migrations/004-evidence.ts';
import { bench } from './migrations/005-bench.ts';
import { pace } from './migrations/006-pace.ts';
import { wholeRefusals } from './migrations/007-whole-refusals.ts';
import { openDeliveries } from './migrations/008-open-deliveries.ts';
import { foundBy } from './migrations/009-found-by.ts';
import { windowSessions } from './migrations/010-window-sessions.ts';
import { folding } from './migrations/011-folding.ts';
import { byHand } from './migrations/012-by-hand.ts';
import { windowSessionKeys } from './migrations/013-window-session-keys.ts';
import { notices } from './migrations/014-notices.ts';
import { endpointKinds } from './migrations/015-endpoint-options.ts';
import { sourceKinds } from './migrations/016-source-kinds.ts';
import { noticeOutlets } from './migrations/017-notice-outlets.ts';
import { takenAt } from './migrations/018-taken-at.ts';
import { catchingUp } from './migrations/019-catching-up.ts';
import { kindSecrets } from './migrations/020-kind-secrets.ts';
import { incidents } from './migrations/021-incidents.ts';
import { sentBodies } from './migrations/022-sent-bodies.ts';
import { keptAway } from './migrations/023-kept-away.ts';
import { messages } from './migrations/024-messages.ts';
import { deliveryNumbers } from './migrations/025-delivery-numbers.ts';
import { gone } from './migrations/026-gone.ts';
import { sourceShaping } from './migrations/027-source-shaping.ts';
import { sourceFiles } from './migrations/028-source-files.ts';
import { keptByKind } from './migrations/029-kept-by-kind.ts';
import { goneBy } from './migrations/030-gone-by.ts';
import { keptFrom } from './migrations/031-kept-from.ts';
import { exportSchedules } from './migrations/032-export-schedules.ts';
import { refusedFiles } from './migrations/033-refused-files.ts';

export interface Migration {
  /** `user_version` after it. Numbered from 1 without a gap. */
  readonly version: number;
  readonly sql: string;
  /** Changes the text of a table, where that changes nothing of what lies on the disk. */
  readonly rewritesSchema?: true;
}

export const migrations: readonly Migration[] = [
  first,
  sentences,
  pausedBy,
  evidence,
  bench,
  pace,
  wholeRefusals,
  openDeliveries,
  foundBy,
  windowSessions,
  folding,
  byHand,
  windowSessionKeys,
  notices,
  endpointKinds,
  sourceKinds,
  noticeOutlets,
  takenAt,
  catchingUp,
  kindSecrets,
  incidents,
  sentBodies,
  keptAway,
  messages,
  deliveryNumbers,
  gone,
  sourceShaping,
  sourceFiles,
  keptByKind,
  goneBy,
  keptFrom,
  exportSchedules,
  refusedFiles,
];

/**
 * Brings `database` to the newest schema, or leaves it as it was.
 *
 * @throws RelayError `store_unavailable` where the database was written by a newer version of the app.
 */
export function migrate(database: Database, pending: readonly Migration[] = migrations): void {
  const present = database.pragma('user_version', { simple: true }) as number;
  const newest = pending.at(-1)?.version ?? 0;
  if (present > newest) {
    throw new RelayError('store_unavailable', sentence('problem.newer_database'), {
      detail: `user_version is ${present}, this version knows ${newest}`,
    });
  }
  if (present === newest) return;
  const rewrites = pending.some(({ version, rewritesSchema }) => version > present && rewritesSchema);
  // Else not even a migration may touch a table's text.
  if (rewrites) database.unsafeMode(true);
  try {
    database.transaction(() => {
      for (const migration of pending) {
        if (migration.version <= present) continue;
        database.exec(migration.sql);
        database.pragma(`user_version = ${migration.version}`);
      }
    })();
  } finally {
    if (rewrites) database.unsafeMode(false);
  }
}
