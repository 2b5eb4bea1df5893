/**
 * An export as it is read: in a reader thread, in keyset pages of bounded size, newest first. Deliveries that come
 * while it runs are newer than where it began, and not in it.
 */
import type { DeliveryFilter, exportFormats } from '../../../shared/schemas.ts';
import { parsed } from '../log/attempts.ts';
import { newestPosition, type Position } from '../log/cursor.ts';
import { createDeliveryLog } from '../log/delivery-log.ts';
import { createDeliveryRows } from '../log/delivery-rows.ts';
import { createDeliverySearch } from '../log/delivery-search.ts';
import { nextTurn } from '../log/reader-calls.ts';
import type { Present } from '../reader/present.ts';
import type { StreamChunk } from '../reader/reader-protocol.ts';
import type { ReadHandle } from '../store/connection.ts';
import { csvHead, csvRows, type ExportedDelivery } from './export-csv.ts';

export interface ExportRequest {
  readonly filter: DeliveryFilter;
  readonly format: (typeof exportFormats)[number];
  readonly timeZone: string;
}

/** A page, and how long it may be searched for before others have their turn. */
const pageRows = 200;
const sliceMs = 20;

export const exportStatements = {
  more: `SELECT d.seq, e.property_id AS propertyId, e.occurred_at AS occurredAt, p.masked_address AS address,
      CASE WHEN d.state <> 'delivered' THEN d.sentence END AS sentence,
      (SELECT detail FROM attempts INDEXED BY attempts_by_delivery
        WHERE delivery_seq = d.seq ORDER BY seq DESC LIMIT 1) AS detail
    FROM deliveries d JOIN events e ON e.seq = d.event_seq JOIN endpoints p ON p.no = d.endpoint_no
    WHERE d.seq IN (SELECT value FROM json_each(?))`,
} as const;

type More = Pick<ExportedDelivery, 'propertyId' | 'occurredAt' | 'address' | 'detail'> & {
  readonly seq: number;
  readonly sentence: string | null;
};

export function createExportReader(reader: ReadHandle) {
  const search = createDeliverySearch(reader);
  const rows = createDeliveryRows(reader);
  const log = createDeliveryLog(reader);
  const more = reader.prepare<[string], More>(exportStatements.more);

  function csvPage(seqs: readonly number[], present: Present, timeZone: string): string {
    const rests = new Map(more.all(JSON.stringify(seqs)).map(({ seq, ...rest }) => [seq, rest]));
    const deliveries = rows.bySeqs(seqs, present).flatMap(({ seq, row }) => {
      const rest = rests.get(seq);
      return rest ? [{ ...row, ...rest, sentence: parsed<ExportedDelivery['sentence']>(rest.sentence) }] : [];
    });
    return csvRows(deliveries, timeZone);
  }

  /** One delivery with its attempts per line. */
  function jsonLines(seqs: readonly number[], present: Present): string {
    return log
      .wholePage(seqs, present)
      .map((delivery) => `${JSON.stringify(delivery)}\n`)
      .join('');
  }

  return async function* read(request: ExportRequest, present: Present): AsyncGenerator<StreamChunk, void> {
    const { filter, format, timeZone } = request;
    if (format === 'csv') yield { bytes: Buffer.from(csvHead()), rows: 0 };
    let position: Position | null = newestPosition;
    while (position) {
      const { seqs, next } = search.find({ filter, position, limit: pageRows }, performance.now() + sliceMs);
      position = next;
      await nextTurn();
      if (seqs.length === 0) continue;
      const text = format === 'csv' ? csvPage(seqs, present, timeZone) : jsonLines(seqs, present);
      yield { bytes: Buffer.from(text), rows: seqs.length };
    }
  };
}
