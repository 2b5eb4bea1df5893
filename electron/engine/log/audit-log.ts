/** Pages of the audit: who did what, and when; newest first. */
import type { CallOutput, ParsedInput } from '../../../shared/api.ts';
import type { ReadHandle } from '../store/connection.ts';
import { cursorOf, positionOf } from './cursor.ts';

type Entry = CallOutput<'audit.list'>['rows'][number];

export const auditStatements = {
  list: 'SELECT seq, at, account, surface, act, target, detail FROM audit WHERE seq < ? ORDER BY seq DESC LIMIT ?',
  newest: 'SELECT MAX(seq) FROM audit',
} as const;

export function createAuditLog(reader: ReadHandle) {
  const page = reader.prepare<[number, number], Omit<Entry, 'detail'> & { seq: number; detail: string }>(
    auditStatements.list,
  );
  const newest = reader.prepare<[], number | null>(auditStatements.newest).pluck();
  return {
    list({ cursor, limit }: ParsedInput<'audit.list'>): CallOutput<'audit.list'> {
      const stored = page.all(positionOf(cursor).below, limit + 1);
      const rows = stored.slice(0, limit);
      const last = rows.at(-1);
      return {
        rows: rows.map(({ seq: _, detail, ...entry }) => ({ ...entry, detail: JSON.parse(detail) })),
        next: stored.length > limit && last ? cursorOf({ below: last.seq, eventSeq: null }) : null,
        newest: cursorOf({ below: newest.get() ?? 0, eventSeq: null }),
        complete: true,
      };
    },
  };
}
