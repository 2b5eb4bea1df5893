/** Outages and what was known when the app ended: kept so that a restart forgets neither the story nor since when. */
import type { UtcMs } from '../../../shared/domain.ts';
import type { Outage } from '../../../shared/schemas.ts';
import type { WriteHandle } from './connection.ts';
import { statusDigits } from './deliveries.ts';

export type OutageStore = ReturnType<typeof createOutageStore>;

const classes = `(VALUES ${statusDigits.map((digit) => `(${digit})`).join(', ')})`;

export function createOutageStore(writer: WriteHandle) {
  const open = writer.prepare<[], { seq: number; kind: Outage['kind']; since: UtcMs }>(
    'SELECT seq, kind, since FROM outages WHERE until IS NULL ORDER BY seq DESC LIMIT 20',
  );
  const begin = writer.prepare('INSERT INTO outages (kind, since, from_seq) VALUES (?, ?, ?)');
  const end = writer.prepare('UPDATE outages SET until = ?, to_seq = ? WHERE seq = ?');
  const drop = writer.prepare('DELETE FROM outages WHERE seq = ?');
  const told = writer.prepare(
    'INSERT INTO outages (kind, endpoint_no, since, until, from_seq, to_seq) VALUES (?, ?, ?, ?, ?, ?)',
  );
  const newest = writer.prepare<[], number | null>('SELECT MAX(seq) FROM deliveries').pluck();
  // deliveries_by_state, the first of each status class
  const firstWaiting = writer
    .prepare<[number], number | null>(
      `SELECT MIN((SELECT seq FROM deliveries INDEXED BY deliveries_by_state
         WHERE endpoint_no = ? AND state = 'waiting' AND status_class = column1 ORDER BY seq LIMIT 1)) FROM ${classes}`,
    )
    .pluck();
  // A property has a handful of endpoints. Those that were in trouble before have a story of their own.
  const away = writer
    .prepare<[], number>("SELECT no FROM endpoints WHERE switch = 'on' AND local = 0 AND trouble IS NULL")
    .pluck();
  const facts = writer.prepare<[], { kind: string; host: string; since: UtcMs }>('SELECT kind, host, since FROM facts');
  const putFact = writer.prepare(
    `INSERT INTO facts (kind, host, since, detail) VALUES (?, ?, ?, ?)
     ON CONFLICT (kind, host) DO UPDATE SET since = excluded.since, detail = excluded.detail`,
  );
  const dropFact = writer.prepare('DELETE FROM facts WHERE kind = ? AND host = ?');

  const kept = writer
    .prepare<[number], number>('SELECT from_seq <= (SELECT MAX(seq) FROM deliveries) FROM outages WHERE seq = ?')
    .pluck();

  const newestSeq = (): number => newest.get() ?? 0;
  return {
    open: () => open.all(),
    /** From now on; what waits already for those that the internet leads to belongs to it. */
    begin(kind: Outage['kind'], since: UtcMs): void {
      const waiting = away.all().flatMap((no) => firstWaiting.get(no) ?? []);
      begin.run(kind, since, Math.min(newestSeq() + 1, ...waiting));
    },
    end: (seq: number, until: UtcMs) => void end.run(until, newestSeq(), seq),
    hasKept: (seq: number) => kept.get(seq) === 1,
    /** One that was over before anybody could have noticed. */
    drop: (seq: number) => void drop.run(seq),
    /**
     * Of a receiver that is back.
     * @param takenSeq the delivery that it took as the first, which waited as the others do; null for a test send
     */
    receiverIsBack(endpointNo: number, since: UtcMs, until: UtcMs, takenSeq: number | null): void {
      const first = firstWaiting.get(endpointNo) ?? newestSeq() + 1;
      const from = Math.min(first, takenSeq ?? first);
      told.run('receiver', endpointNo, since, until, from, newestSeq());
    },
    facts: () => facts.all(),
    putFact: (kind: string, host: string, since: UtcMs, detail: string) => void putFact.run(kind, host, since, detail),
    dropFact: (kind: string, host: string) => void dropFact.run(kind, host),
  };
}
