/** Pages of deliveries, one delivery with all its attempts, and counts: what the log answers of deliveries. */
import type { CallOutput, ParsedInput } from '../../../shared/api.ts';
import type { EndpointSwitch, Sentence, UtcMs } from '../../../shared/domain.ts';
import { endpointName } from '../../../shared/endpoint-face.ts';
import { RelayError } from '../../../shared/errors.ts';
import { goneProblem, resendProblem } from '../../../shared/resend-problem.ts';
import type { Delivery, DeliveryFilter, DeliveryRow } from '../../../shared/schemas.ts';
import { sentence } from '../../../shared/sentences/sentence.ts';
import { shownBody } from '../endpoints/kinds/index.ts';
import type { Present } from '../reader/present.ts';
import type { ReadHandle } from '../store/connection.ts';
import { createAttemptReader, parsed } from './attempts.ts';
import { cursorOf, type Position, positionOf } from './cursor.ts';
import { createDeliveryRows } from './delivery-rows.ts';
import { createDeliverySearch } from './delivery-search.ts';

/** What one answer may take (decision 32), less what reading and handing over its rows takes. */
const searchMs = 40;
/** `deliveries.newer` counts no further. */
const mostNewer = 1000;
/** So many of what cannot be sent again are looked up together. */
const countedAtOnce = 500;

interface DeliveryMore {
  readonly seq: number;
  readonly sentence: string | null;
  readonly type: DeliveryRow['event'];
  readonly occurredAt: string;
  readonly data: string;
  readonly propertyId: string;
  readonly hints: string | null;
  readonly kind: string;
  readonly address: string;
  readonly pmsId: string | null;
  readonly settledBy: string | null;
  readonly endedAt: number | null;
  readonly gone: Delivery['gone'];
  readonly goneAt: Delivery['goneAt'];
  readonly goneBy: string | null;
}

export const deliveryLogStatements = {
  more: `SELECT d.seq, d.sentence, e.type, e.occurred_at AS occurredAt, e.data, e.property_id AS propertyId, e.hints,
      p.kind, p.masked_address AS address, e.pms_id AS pmsId,
      d.settled_by AS settledBy, d.ended_at AS endedAt,
      e.gone, e.gone_at AS goneAt, e.gone_by AS goneBy
    FROM deliveries d JOIN events e ON e.seq = d.event_seq JOIN endpoints p ON p.no = d.endpoint_no
    WHERE d.seq IN (SELECT value FROM json_each(?))`,
  cannot: `SELECT p.switch, p.description, p.host, e.gone, COUNT(*) AS count
    FROM deliveries d JOIN events e ON e.seq = d.event_seq JOIN endpoints p ON p.no = d.endpoint_no
    WHERE d.seq IN (SELECT value FROM json_each(?)) AND (e.gone IS NOT NULL OR p.switch <> 'on')
    GROUP BY p.no, e.gone`,
} as const;

function skippedBy({ settledBy, endedAt }: DeliveryMore): Delivery['skipped'] {
  return settledBy === null || endedAt === null ? null : { by: JSON.parse(settledBy), at: endedAt as UtcMs };
}

export interface DeliveryLog {
  list(input: ParsedInput<'deliveries.list'>, present: Present): CallOutput<'deliveries.list'>;
  newer(input: ParsedInput<'deliveries.newer'>): CallOutput<'deliveries.newer'>;
  get(input: ParsedInput<'deliveries.get'>, present: Present): Delivery;
  /** Whole deliveries, newest first. */
  wholePage(seqs: readonly number[], present: Present): Delivery[];
  count(input: ParsedInput<'deliveries.count'>, pause: () => Promise<void>): Promise<CallOutput<'deliveries.count'>>;
}

export function createDeliveryLog(reader: ReadHandle, nowMs: () => number = () => performance.now()): DeliveryLog {
  const search = createDeliverySearch(reader, nowMs);
  const rows = createDeliveryRows(reader);
  const attemptsOf = createAttemptReader(reader);
  const more = reader.prepare<[string], DeliveryMore>(deliveryLogStatements.more);
  const cannot = reader.prepare<
    [string],
    {
      readonly switch: EndpointSwitch;
      readonly description: string;
      readonly host: string;
      readonly gone: string | null;
      readonly count: number;
    }
  >(deliveryLogStatements.cannot);
  const endpoint = reader.prepare<
    [number],
    { readonly id: DeliveryRow['endpointId']; readonly description: string; readonly host: string }
  >('SELECT id, description, host FROM endpoints WHERE no = ?');

  function whole(found: readonly { readonly seq: number; readonly row: DeliveryRow }[]): Delivery[] {
    const seqs = JSON.stringify(found.map(({ seq }) => seq));
    const attempts = attemptsOf(seqs);
    const rests = new Map(more.all(seqs).map((rest) => [rest.seq, rest]));
    return found.flatMap(({ seq, row }) => {
      const rest = rests.get(seq);
      if (!rest) return [];
      const { kind, type, occurredAt, data, propertyId, address, pmsId } = rest;
      return {
        ...row,
        body:
          attempts.get(seq)?.findLast(({ sentBody }) => sentBody !== null)?.sentBody ??
          shownBody(kind, { event: type, timestamp: occurredAt, dataText: data, propertyId }),
        address,
        pmsId,
        gone: rest.gone,
        goneAt: rest.goneAt,
        goneBy: parsed<Delivery['goneBy']>(rest.goneBy),
        attemptsMade: attempts.get(seq) ?? [],
        skipped: row.state === 'cancelled' ? skippedBy(rest) : null,
        sentence: parsed<Delivery['sentence']>(rest.sentence),
        hints: parsed<Sentence[]>(rest.hints) ?? [],
      };
    });
  }

  /** Of what a filter shows that which cannot be sent again, by why. */
  async function cannotBeSent(filter: DeliveryFilter, pause: () => Promise<void>) {
    const found = new Map<string, { readonly says: Sentence; readonly count: number }>();
    for (let position: Position | null = positionOf(undefined); position !== null; ) {
      const { seqs, next } = search.find({ filter, position, limit: countedAtOnce }, nowMs() + searchMs);
      position = next;
      for (const row of cannot.all(JSON.stringify(seqs))) {
        const says = resendProblem(row.switch, endpointName(row)) ?? goneProblem(row.gone);
        if (says === null) continue;
        const key = JSON.stringify(says);
        found.set(key, { says, count: (found.get(key)?.count ?? 0) + row.count });
      }
      await pause();
    }
    return [...found.values()].sort((one, other) => other.count - one.count);
  }

  return {
    list({ filter, cursor, downTo, limit }, present) {
      const until = nowMs() + searchMs;
      const newest = search.newest();
      const stretch = { position: positionOf(cursor), ...(downTo && { end: positionOf(downTo, 'downTo') }) };
      const { seqs, next, complete } = search.find({ filter, ...stretch, limit }, until);
      return {
        rows: rows.bySeqs(seqs, present).map(({ row }) => row),
        next: next && cursorOf(next),
        newest: cursorOf({ below: newest, eventSeq: null }),
        complete,
      };
    },

    newer({ filter, than }) {
      const request = {
        filter,
        position: positionOf(undefined),
        limit: mostNewer,
        newerThan: positionOf(than, 'than').below,
      };
      const { seqs, next } = search.find(request, nowMs() + searchMs);
      return { count: seqs.length, more: next !== null };
    },

    get({ id }, present) {
      const found = rows.byId(id, present);
      const [delivery] = found ? whole([found]) : [];
      if (!delivery) {
        throw new RelayError('not_found', sentence('problem.delivery_gone'), { detail: id });
      }
      return delivery;
    },

    wholePage: (seqs, present) => whole(rows.bySeqs(seqs, present)),

    async count({ filter, forResend = false }, pause) {
      const counts = await search.count(filter, pause);
      const byEndpoint = counts.flatMap(({ endpointNo, count }) => {
        const named = endpoint.get(endpointNo);
        return named ? [{ endpointId: named.id, name: endpointName(named), count }] : [];
      });
      byEndpoint.sort((one, other) => other.count - one.count);
      const total = byEndpoint.reduce((sum, { count }) => sum + count, 0);
      return { total, byEndpoint, cannot: forResend ? await cannotBeSent(filter, pause) : [] };
    },
  };
}
