/**
 * An export as it is read: in a reader thread, in keyset pages of bounded size, newest first. What comes while it
 * runs is newer than where it began, and not in it. What leaves goes through redaction here, before it is anything else.
 */
import type { EventType } from '../../../shared/events.ts';
import { type ExportColumn, type ExportWhat, takenMarks } from '../../../shared/export-columns.ts';
import type {
  DeliveryFilter,
  EventFilter,
  ExportFormat,
  ExportPreview,
  OwnPrivacyRule,
} from '../../../shared/schemas.ts';
import { createAttemptReader, parsed } from '../log/attempts.ts';
import { newestPosition, type Position } from '../log/cursor.ts';
import { createDeliveryLog } from '../log/delivery-log.ts';
import { createDeliveryRows } from '../log/delivery-rows.ts';
import { createDeliverySearch } from '../log/delivery-search.ts';
import { createEventLog } from '../log/event-log.ts';
import { nextTurn } from '../log/reader-calls.ts';
import { createRedaction, type NamingEvent, type Redaction } from '../privacy/redact.ts';
import type { Present } from '../reader/present.ts';
import type { StreamChunk } from '../reader/reader-protocol.ts';
import type { ReadHandle } from '../store/connection.ts';
import {
  attemptCells,
  deliveryCells,
  type ExportedDelivery,
  eventCells,
  type Layout,
  layoutOf,
  type Row,
  written,
} from './export-cells.ts';
import { csvHead, csvRows, defused } from './export-csv.ts';
import { deliveryAsItLeaves } from './export-redaction.ts';
import { workbook } from './export-xlsx.ts';

export interface ExportRequest {
  readonly what: ExportWhat;
  /** Of deliveries and their attempts. */
  readonly filter: DeliveryFilter;
  readonly eventFilter: EventFilter;
  readonly format: ExportFormat;
  /** All of them unless given; JSON Lines of deliveries then hold whole deliveries. */
  readonly columns?: readonly ExportColumn[] | undefined;
  /** CSV begins with a mark by which Excel knows UTF-8. */
  readonly bom: boolean;
  readonly timeZone: string;
  /** A person asked for everything, with a reason. */
  readonly full: boolean;
  /** The property's own rules. */
  readonly rules: readonly OwnPrivacyRule[];
  readonly propertyName: string;
}

/**
 * A page, and how long it may be searched for before others have their turn. What is read of a page lives at once: of 200
 * rows more than half outlived the young generation, and the thread took 40 MB more. Events come with their whole data.
 */
const pageRows = 50;
const pageEvents = 50;
const sliceMs = 20;
const previewRows = 10;

export const exportStatements = {
  more: `SELECT d.seq, e.type, e.property_id AS propertyId, e.occurred_at AS occurredAt, e.data,
      p.masked_address AS address, CASE WHEN d.state <> 'delivered' THEN d.sentence END AS sentence,
      (SELECT detail FROM attempts INDEXED BY attempts_by_delivery
        WHERE delivery_seq = d.seq ORDER BY seq DESC LIMIT 1) AS detail
    FROM deliveries d JOIN events e ON e.seq = d.event_seq JOIN endpoints p ON p.no = d.endpoint_no
    WHERE d.seq IN (SELECT value FROM json_each(?))`,
  dataOf: `SELECT id, data, pms_id AS pmsId FROM events INDEXED BY events_by_id
    WHERE id IN (SELECT value FROM json_each(?))`,
  // The oldest: a booking's first event names whose it is.
  guestsOf: `SELECT guest FROM events INDEXED BY events_by_entity
    WHERE entity_id = ? AND guest IS NOT NULL ORDER BY seq LIMIT 2`,
  eventsOf: `SELECT type AS event, data AS dataText FROM events INDEXED BY events_by_entity
    WHERE entity_id = ? AND guest IS NOT NULL ORDER BY seq LIMIT 2`,
  labels: `SELECT description FROM endpoints UNION ALL SELECT host FROM endpoints UNION ALL SELECT name FROM sources`,
} as const;

type More = Pick<ExportedDelivery, 'propertyId' | 'occurredAt' | 'address' | 'detail'> & {
  readonly seq: number;
  readonly type: EventType;
  readonly data: string;
  readonly sentence: string | null;
};

/** A page as it leaves: rows, and for JSON Lines of whole deliveries their lines. */
interface Page {
  readonly rows: readonly Row[];
  readonly lines?: readonly string[];
}

export function createExportReader(reader: ReadHandle) {
  const search = createDeliverySearch(reader);
  const rowsOf = createDeliveryRows(reader);
  const log = createDeliveryLog(reader);
  const events = createEventLog(reader);
  const attemptsOf = createAttemptReader(reader);
  const more = reader.prepare<[string], More>(exportStatements.more);
  const dataOf = reader.prepare<
    [string],
    { readonly id: string; readonly data: string; readonly pmsId: string | null }
  >(exportStatements.dataOf);
  const labels = reader.prepare<[], string>(exportStatements.labels).pluck();
  const guestsOf = reader.prepare<[string], string>(exportStatements.guestsOf).pluck();
  const eventsOf = reader.prepare<[string], NamingEvent>(exportStatements.eventsOf);
  /** @param mark what stands for what was taken out */
  const redactionFor = ({ full, rules, propertyName }: ExportRequest, mark = (text: string) => text): Redaction =>
    createRedaction({
      full,
      own: rules,
      labels: [propertyName, ...labels.all()],
      guestsOf: (id) => guestsOf.all(id),
      eventsOf: (id) => eventsOf.all(id),
      mark,
    });

  async function* deliveryPages(filter: DeliveryFilter): AsyncGenerator<readonly number[], void> {
    let position: Position | null = newestPosition;
    while (position) {
      const { seqs, next } = search.find({ filter, position, limit: pageRows }, performance.now() + sliceMs);
      position = next;
      await nextTurn();
      if (seqs.length > 0) yield seqs;
    }
  }

  function exported(seqs: readonly number[], present: Present) {
    const rests = new Map(more.all(JSON.stringify(seqs)).map((rest) => [rest.seq, rest]));
    return rowsOf.bySeqs(seqs, present).flatMap(({ seq, row }) => {
      const rest = rests.get(seq);
      if (rest === undefined) return [];
      const { data, propertyId, occurredAt, address, detail } = rest;
      const sentence = parsed<ExportedDelivery['sentence']>(rest.sentence);
      return [{ seq, data, delivery: { ...row, propertyId, occurredAt, address, detail, sentence } }];
    });
  }

  async function* pagesOf(request: ExportRequest, present: Present, redaction: Redaction): AsyncGenerator<Page, void> {
    const { what, filter, format, timeZone, columns, full } = request;
    if (what === 'events') return yield* eventPages(request, present, redaction);
    for await (const seqs of deliveryPages(filter)) {
      if (what === 'deliveries' && format === 'jsonl' && columns === undefined) {
        yield wholeDeliveries(seqs, present, redaction, full);
      } else if (what === 'deliveries') {
        const rows = told(exported(seqs, present), redaction);
        yield { rows: rows.map(({ delivery, event }) => deliveryCells(delivery, event, timeZone)) };
      } else {
        const attempts = attemptsOf(JSON.stringify(seqs));
        const rows = told(exported(seqs, present), redaction).flatMap(({ seq, delivery, event }) => {
          return (attempts.get(seq) ?? [])
            .toReversed()
            .map((attempt) => attemptCells(attempt, delivery, event, timeZone, full));
        });
        yield { rows };
      }
    }
  }

  /** One delivery with its attempts per line. */
  function wholeDeliveries(seqs: readonly number[], present: Present, redaction: Redaction, full: boolean): Page {
    const events = new Map(told(exported(seqs, present), redaction).map((row) => [row.delivery.id, row]));
    const lines = log.wholePage(seqs, present).flatMap((delivery) => {
      const found = events.get(delivery.id);
      if (found === undefined) return [];
      const { occurredAt, propertyId } = found.delivery;
      const event = { type: delivery.event, occurredAt, propertyId };
      return [JSON.stringify(deliveryAsItLeaves(delivery, event, found.event, full))];
    });
    return { rows: lines.map(() => ({})), lines };
  }

  async function* eventPages(
    { eventFilter }: ExportRequest,
    present: Present,
    redaction: Redaction,
  ): AsyncGenerator<Page, void> {
    for (let cursor: string | undefined; ; ) {
      const request = { filter: eventFilter, limit: pageEvents, ...(cursor === undefined ? {} : { cursor }) };
      const { rows, next } = events.list(request, present);
      const whole = new Map(dataOf.all(JSON.stringify(rows.map(({ id }) => id))).map((row) => [row.id as string, row]));
      await nextTurn();
      const page = rows.flatMap((row) => {
        const rest = whole.get(row.id);
        return rest === undefined ? [] : [{ row, pmsId: rest.pmsId, event: redaction.ofEvent(row.event, rest.data) }];
      });
      yield { rows: page.map(({ row, pmsId, event }) => eventCells({ ...row, pmsId }, event)) };
      if (next === null) return;
      cursor = next;
    }
  }

  async function* read(request: ExportRequest, present: Present): AsyncGenerator<StreamChunk, void> {
    const { what, format, timeZone, columns, bom } = request;
    const layout = layoutOf(what, columns, timeZone);
    const pages = pagesOf(request, present, redactionFor(request));
    if (format === 'xlsx') {
      const rows = async function* () {
        for await (const page of pages) yield page.rows;
      };
      return yield* workbook(layout, rows());
    }
    if (format === 'csv') yield { bytes: Buffer.from(csvHead(layout, bom)), rows: 0 };
    for await (const page of pages) {
      const text = format === 'csv' ? csvRows(layout, page.rows) : linesOf(layout, page);
      if (page.rows.length > 0) yield { bytes: Buffer.from(text), rows: page.rows.length };
    }
  }

  /** The first rows as they leave, what was taken out between marks; one chunk of JSON. */
  async function* preview(request: ExportRequest, present: Present): AsyncGenerator<StreamChunk, void> {
    const { what, format, timeZone, columns } = request;
    const layout = layoutOf(what, columns, timeZone);
    const [begin, end] = takenMarks;
    const redaction = redactionFor(request, (text) => `${begin}${text}${end}`);
    const rows: string[][] = [];
    for await (const page of pagesOf(request, present, redaction)) {
      if (format === 'jsonl')
        rows.push(
          ...linesOf(layout, page)
            .split('\n')
            .slice(0, -1)
            .map((line) => [line]),
        );
      else {
        const cell = format === 'csv' ? defused : (value: string | number | null) => value;
        rows.push(...page.rows.map((row) => written(layout, row).map((value) => String(cell(value) ?? ''))));
      }
      if (rows.length >= previewRows) break;
    }
    const shown: ExportPreview = {
      columns: format === 'jsonl' ? [] : [...layout.columns],
      rows: rows.slice(0, previewRows),
    };
    yield { bytes: Buffer.from(JSON.stringify(shown)), rows: shown.rows.length };
  }

  return { read, preview };
}

/** All of a page before one of it is written: the newest comes first, and the booking that names the guest behind it. */
const told = <Row extends { readonly data: string; readonly delivery: { readonly event: EventType } }>(
  rows: readonly Row[],
  redaction: Redaction,
) => rows.map((row) => ({ ...row, event: redaction.ofEvent(row.delivery.event, row.data) }));

/** Flat objects by the columns' names, an event's data as the JSON that it is. */
function linesOf(layout: Layout, { rows, lines }: Page): string {
  if (lines !== undefined) return lines.map((line) => `${line}\n`).join('');
  return rows
    .map((row) => {
      const values = written(layout, row);
      const members = layout.columns.map(
        (column, i) => `${JSON.stringify(column)}:${column === 'data' ? values[i] : JSON.stringify(values[i] ?? null)}`,
      );
      return `{${members.join(',')}}\n`;
    })
    .join('');
}
