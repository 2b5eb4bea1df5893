import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createDeliveryLog } from '../../electron/engine/log/delivery-log.ts';
import type { Present } from '../../electron/engine/reader/present.ts';
import { openReader } from '../../electron/engine/store/connection.ts';
import { foldName } from '../../electron/engine/store/fold.ts';
import { RelayError } from '../../shared/api.ts';
import { type DeliveryId, deliveryStates, type EndpointId, type UtcMs } from '../../shared/domain.ts';
import { eventTypes } from '../../shared/events.ts';
import type { DeliveryFilter } from '../../shared/schemas.ts';
import { statusClasses } from '../../shared/schemas.ts';
import { type TemporaryFolder, temporaryFolder } from '../support/folder.ts';
import { openContext, type TestContext } from '../support/log-folder.ts';
import { readAgain, readAll, readPages, tickingClock } from '../support/paging.ts';
import { type Seeded, seed, seededEntity, seededRareGuest } from '../support/seed.ts';

const endMs = Date.UTC(2024, 2, 15, 10, 30);
const present: Present = { wallMs: endMs, engineMs: endMs, pausedUntil: null, facts: [] };
/** A clock that stands still: no search ever runs out of time. */
const standing = () => 0;

interface Truth {
  readonly seq: number;
  readonly id: string;
  readonly endpointId: EndpointId;
  readonly type: string;
  readonly state: string;
  readonly statusClass: number;
  readonly status: number | null;
  readonly createdAt: number;
  readonly eventId: string;
  readonly entity: string;
  readonly guest: string;
}

let folder: TemporaryFolder;
let context: TestContext;
let seeded: Seeded;
let truth: readonly Truth[];

beforeAll(async () => {
  folder = await temporaryFolder();
  seeded = seed(folder.path, { deliveries: 4_000, endMs, days: 20, attempts: true });
  context = openContext(folder.path);
  // Three of those that wait are being sent.
  context.writer.exec(`INSERT INTO leases (delivery_seq, boot, attempt_id, kind, ordinal, started_at, ends_at)
    SELECT seq, 'boot', 'att', 'scheduled', 1, 0, 1 FROM deliveries WHERE state = 'waiting' ORDER BY seq DESC LIMIT 3`);
  // No status of HTTP's, but receivers send it.
  context.writer.exec('UPDATE deliveries SET status = 999, status_class = 9 WHERE status = 500 AND endpoint_no = 1');
  truth = context.writer
    .prepare<[], Truth>(
      `SELECT d.seq, d.id, p.id AS endpointId, d.type,
         CASE WHEN d.seq IN (SELECT delivery_seq FROM leases) THEN 'sending' ELSE d.state END AS state,
         d.status_class AS statusClass, d.status, d.created_at AS createdAt, e.id AS eventId, e.entity_id AS entity, e.guest
       FROM deliveries d JOIN events e ON e.seq = d.event_seq JOIN endpoints p ON p.no = d.endpoint_no ORDER BY d.seq DESC`,
    )
    .all();
});

afterAll(async () => {
  context.close();
  await folder.remove();
});

const classDigits: Record<string, number> = { '2xx': 2, '3xx': 3, '4xx': 4, '5xx': 5, none: 0 };

/** What the filter means, said as plainly as can be. */
function expected(filter: DeliveryFilter): string[] {
  return truth
    .filter(
      (one) =>
        (filter.from === undefined || one.createdAt >= filter.from) &&
        (filter.to === undefined || one.createdAt < filter.to) &&
        (filter.endpointIds?.includes(one.endpointId) ?? true) &&
        (filter.eventTypes?.some((type) => type === one.type) ?? true) &&
        (filter.states?.some((state) => state === one.state) ?? true) &&
        (filter.statusClasses?.some((name) => classDigits[name] === one.statusClass) ?? true) &&
        (filter.status === undefined || one.status === filter.status) &&
        (filter.entity === undefined || one.entity === filter.entity) &&
        (filter.text === undefined ||
          one.entity.startsWith(filter.text) ||
          (filter.text.startsWith('evt_') && one.eventId.startsWith(filter.text)) ||
          one.guest.includes(foldName(filter.text))),
    )
    .map(({ id }) => id);
}

/** Asks for pages of a filter. */
function pagesOf(filter: DeliveryFilter, limit: number, clock = standing) {
  const log = createDeliveryLog(context.reader, clock);
  return (stretch: { cursor?: string; downTo?: string }) => log.list({ filter, limit, ...stretch }, present);
}

const read = (filter: DeliveryFilter, limit: number): string[] => readAll(pagesOf(filter, limit));

const subset = <Value>(values: readonly Value[]) => fc.subarray([...values], { minLength: 1 });
const time = fc.integer({ min: endMs - 21 * 86_400_000, max: endMs + 1 }).map((ms) => ms as UtcMs);

const filters = () =>
  fc.record(
    {
      from: time,
      to: time,
      endpointIds: subset(seeded.endpointIds),
      eventTypes: subset(eventTypes),
      states: subset(deliveryStates),
      statusClasses: subset(statusClasses),
      status: fc.constantFrom(200, 422, 500, 503, 404),
      entity: fc.constantFrom(seededEntity(0), seededEntity(500), 'bk_nothing'),
      text: fc.constantFrom('maria', 'NÚÑEZ', seededRareGuest, 'bk_1000', seededEntity(300), 'nobody', 'evt_01'),
    },
    { requiredKeys: [] },
  );

describe('pages of deliveries', () => {
  test('every combination of filters shows just what it says, newest first, whatever the page size', () => {
    fc.assert(
      fc.property(filters(), fc.constantFrom(7, 100, 500), (filter, limit) => {
        expect(read(filter, limit)).toEqual(expected(filter));
      }),
      { numRuns: 150 },
    );
  });

  test('a page that is asked again ends where it ended, whether there is more time for it now or less', () => {
    const ticks = fc.constantFrom(0, 0.4, 3, 15, 50);
    fc.assert(
      fc.property(filters(), fc.constantFrom(7, 100), ticks, ticks, (filter, limit, then, now) => {
        for (const page of readPages(pagesOf(filter, limit, tickingClock(then))).slice(0, 40))
          expect(readAgain(pagesOf(filter, 100, tickingClock(now)), page)).toEqual(page.ids);
      }),
      {
        numRuns: 100,
        examples: [
          [{}, 100, 15, 0],
          [{}, 7, 0, 15],
          [{ states: ['delivered'] }, 100, 3, 50],
          [{ text: 'maria' }, 7, 15, 0],
        ],
      },
    );
  });

  test('so does one whose time was over in a stretch of events without any delivery', () => {
    const add = context.writer.prepare(`INSERT INTO events (id, type, property_id, occurred_at, received_at, data,
      summary, entity_id) VALUES (?, 'order.created', 'hotel-2', '', ${endMs}, '{}', '{}', ?)`);
    // Too many to be listed by the id's beginning; and the newest stretch that is looked through holds one only.
    for (let n = 0; n < 1200; n++) add.run(`evt_old${n}`, `many_${n}`);
    for (let n = 0; n < 2000; n++) add.run(`evt_other${n}`, `other_${n}`);
    const { lastInsertRowid } = add.run('evt_last', 'many_last');
    context.writer.exec(`INSERT INTO deliveries (id, event_seq, endpoint_no, type, state, due_at, created_at)
      VALUES ('dlv_last', ${lastInsertRowid}, 1, 'order.created', 'waiting', 0, ${endMs})`);
    try {
      const [page] = readPages(pagesOf({ text: 'many_' }, 100, tickingClock(25)));
      expect(page).toMatchObject({ ids: ['dlv_last'], complete: false });
      expect(page && readAgain(pagesOf({ text: 'many_' }, 100), page)).toEqual(['dlv_last']);
    } finally {
      context.writer.exec(
        "DELETE FROM deliveries WHERE id = 'dlv_last'; DELETE FROM events WHERE property_id = 'hotel-2'",
      );
    }
  });

  test('an event id is found whole and from its beginning', () => {
    const { eventId } = truth[123] ?? { eventId: '' };
    expect(read({ text: eventId }, 100)).toEqual(expected({ text: eventId }));
    expect(read({ text: eventId.slice(0, 16) }, 100)).toContain(truth[123]?.id);
  });

  test('a count is what the pages show, by endpoint', async () => {
    const log = createDeliveryLog(context.reader, standing);
    const filters: DeliveryFilter[] = [
      {},
      { states: ['needs_attention'] },
      { states: ['waiting'] },
      { text: 'maria', eventTypes: ['order.created'] },
      { from: (endMs - 86_400_000) as UtcMs },
    ];
    for (const filter of filters) {
      const { total, byEndpoint } = await log.count({ filter }, async () => {});
      expect(total).toBe(expected(filter).length);
      expect(byEndpoint.reduce((sum, { count }) => sum + count, 0)).toBe(total);
    }
  });

  test('where the time for one answer is over, it says so, and asking on finds the rest', () => {
    const filter: DeliveryFilter = { text: 'maria', states: ['needs_attention'] };
    const pages = readPages(pagesOf(filter, 100, tickingClock(15)));
    expect(pages.length).toBeGreaterThan(3);
    expect(pages.slice(0, -1).some(({ complete }) => complete)).toBe(false);
    expect(pages.flatMap(({ ids }) => ids)).toEqual(expected(filter));
  });

  test('what comes while somebody turns pages moves none of them, and is counted as newer', () => {
    const { reader, connection } = openReader(folder.path);
    const log = createDeliveryLog(reader, standing);
    const first = log.list({ filter: {}, limit: 50 }, present);
    const { seq } = truth[0] ?? { seq: 0 };
    context.writer.exec(`INSERT INTO events (id, type, property_id, occurred_at, received_at, data, summary)
      VALUES ('evt_new', 'order.created', 'hotel-1', '', ${endMs}, '{}', '{}')`);
    context.writer.exec(`INSERT INTO deliveries (seq, id, event_seq, endpoint_no, type, state, due_at, created_at)
      VALUES (${seq + 1}, 'dlv_newer', (SELECT MAX(seq) FROM events), 1, 'order.created', 'waiting', 0, ${endMs})`);
    try {
      const second = log.list({ filter: {}, limit: 50, cursor: first.next ?? '' }, present);
      expect(second.rows.map(({ id }) => id)).toEqual(truth.slice(50, 100).map(({ id }) => id));
      expect(log.newer({ filter: {}, than: first.newest ?? '' })).toEqual({ count: 1, more: false });
      expect(log.newer({ filter: { states: ['delivered'] }, than: first.newest ?? '' }).count).toBe(0);
    } finally {
      context.writer.exec("DELETE FROM deliveries WHERE id = 'dlv_newer'; DELETE FROM events WHERE id = 'evt_new'");
      connection.close();
    }
  });

  test('a cursor that no page gave is refused by name', () => {
    const log = createDeliveryLog(context.reader, standing);
    for (const member of ['cursor', 'downTo'])
      expect(() => log.list({ filter: {}, limit: 50, [member]: 'seq=1; --' }, present)).toThrow(
        expect.objectContaining({ code: 'bad_input', member }) as RelayError,
      );
  });
});

describe('one delivery', () => {
  test('shows the exact body, every attempt with its headers and times, and the address only masked', () => {
    const log = createDeliveryLog(context.reader, standing);
    const { id, eventId } = truth.find(({ state }) => state === 'delivered') ?? { id: '', eventId: '' };
    const shown = log.get({ id: id as DeliveryId }, present);
    expect(shown.eventId).toBe(eventId);
    const { data } = context.reader
      .prepare<[string], { data: string }>('SELECT data FROM events WHERE id = ?')
      .get(eventId) ?? {
      data: '',
    };
    expect(shown.body).toContain(`"data":${data}`);
    expect(shown.address).toMatch(/^https:\/\/hooks\d\.example\.com\/…$/);
    expect(shown.attemptsMade).toHaveLength(1);
    expect(shown.attemptsMade[0]).toMatchObject({
      kind: 'scheduled',
      status: 200,
      outcome: 'delivered',
      responseBody: '{"accepted":true}',
    });
    expect(shown.attemptsMade[0]?.requestHeaders).toContainEqual(['X-RoostSync-Event-Id', eventId]);
    expect(shown.attemptsMade[0]?.timings).toMatchObject({ connectMs: 3, firstByteMs: 12 });
  });

  test('one that is gone is not found', () => {
    const log = createDeliveryLog(context.reader, standing);
    expect(() => log.get({ id: 'dlv_00000000000000000000000000' as DeliveryId }, present)).toThrow(RelayError);
  });
});
