/** Pages of the audit: who did what, and when; newest first. */
import type { CallOutput, ParsedInput } from '../../../shared/api.ts';
import type { ReadHandle } from '../store/connection.ts';
import { cursorOf, positionOf } from './cursor.ts';

type Entry = CallOutput<'audit.list'>['rows'][number];
type Filter = ParsedInput<'audit.list'>['filter'];

/** So many acts are looked at for one answer: a year of them is more, and is asked for in several. */
const mostLookedAt = 20_000;

export const auditStatements = {
  // What is about an endpoint or a source is found by its name as well, whatever it is called now.
  list: `SELECT seq, at, account, surface, act, target, detail FROM audit
    WHERE seq < :below AND seq >= :lowest
      AND (:since IS NULL OR at >= :since) AND (:until IS NULL OR at <= :until)
      AND (:acts IS NULL OR EXISTS (SELECT 1 FROM json_each(:acts) WHERE act GLOB value))
      AND (:surfaces IS NULL OR surface IN (SELECT value FROM json_each(:surfaces)))
      AND (:account IS NULL OR instr(lower(account), lower(:account)) > 0)
      AND (:about IS NULL OR instr(lower(coalesce(target, '')), lower(:about)) > 0
        OR instr(lower(detail), lower(:about)) > 0
        OR target IN (SELECT id FROM endpoints WHERE instr(lower(description), lower(:about)) > 0
          OR instr(lower(host), lower(:about)) > 0)
        OR target IN (SELECT id FROM sources WHERE instr(lower(name), lower(:about)) > 0))
    ORDER BY seq DESC LIMIT :rows`,
  newest: 'SELECT MAX(seq) FROM audit',
} as const;

export function createAuditLog(reader: ReadHandle) {
  const page = reader.prepare<[object], Omit<Entry, 'detail'> & { seq: number; detail: string }>(auditStatements.list);
  const newest = reader.prepare<[], number | null>(auditStatements.newest).pluck();
  return {
    list({ filter, cursor, limit }: ParsedInput<'audit.list'>): CallOutput<'audit.list'> {
      const last = newest.get() ?? 0;
      const below = Math.min(positionOf(cursor).below, last + 1);
      const lowest = Math.max(0, below - mostLookedAt);
      const stored = page.all({ ...boundOf(filter), below, lowest, rows: limit + 1 });
      const rows = stored.slice(0, limit);
      const isFull = stored.length > limit;
      const endedAt = isFull ? (rows.at(-1)?.seq ?? 0) : lowest;
      return {
        rows: rows.map(({ seq: _, detail, ...entry }) => ({ ...entry, detail: JSON.parse(detail) })),
        next: isFull || lowest > 0 ? cursorOf({ below: endedAt, eventSeq: null }) : null,
        newest: cursorOf({ below: last, eventSeq: null }),
        complete: isFull || lowest === 0,
      };
    },
  };
}

function boundOf({ from, to, acts, surfaces, account, about }: Filter): object {
  const listed = (values: readonly string[] | undefined) =>
    values === undefined || values.length === 0 ? null : JSON.stringify(values);
  return {
    since: from ?? null,
    until: to ?? null,
    acts: listed(acts),
    surfaces: listed(surfaces),
    account: account || null,
    about: about || null,
  };
}
