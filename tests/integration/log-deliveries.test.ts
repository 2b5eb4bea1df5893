import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createDeliveryLog } from '../../electron/engine/log/delivery-log.ts';
import type { Present } from '../../electron/engine/log/present.ts';
import { openReader } from '../../electron/engine/store/connection.ts';
import { foldName } from '../../electron/engine/store/fold.ts';
import { RelayError } from '../../shared/api.ts';
import { deliveryStates, type EndpointId, type UtcMs } from '../../shared/domain.ts';
import { eventTypes } from '../../shared/events.ts';
import type { DeliveryFilter } from '../../shared/schemas.ts';
import { statusClasses } from '../../shared/schemas.ts';
import { type TemporaryFolder, temporaryFolder } from '../support/folder.ts';
import { openContext, type TestContext } from '../support/log-folder.ts';
import { type Seeded, seed, seededEntity, seededRareGuest } from '../support/seed.ts';

const endMs = Date.UTC(2024, 2, 15, 10, 30);
const present: Present = { wallMs: endMs, engineMs: endMs, pausedUntil: null, connectivity: 'online' };
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

/** All pages of a filter, one after the other. */
function read(filter: DeliveryFilter, limit: number): string[] {
  const log = createDeliveryLog(context.reader, standing);
  const ids: string[] = [];
  for (let cursor: string | undefined; ; ) {
    const page = log.list({ filter, limit, ...(cursor === undefined ? {} : { cursor }) }, present);
    ids.push(...page.rows.map(({ id }) => id));
    if (page.next === null) return ids;
    cursor = page.next;
  }
}

const subset = <Value>(values: readonly Value[]) => fc.subarray([...values], { minLength: 1 });
const time = fc.integer({ min: endMs - 21 * 86_400_000, max: endMs + 1 }).map((ms) => ms as UtcMs);

describe('pages of deliveries', () => {
  test('every combination of filters shows just what it says, newest first, whatever the page size', () => {
    const filters = fc.record(
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
    fc.assert(
      fc.property(filters, fc.constantFrom(7, 100, 500), (filter, limit) => {
        expect(read(filter, limit)).toEqual(expected(filter));
      }),
      { numRuns: 150 },
    );
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
    let now = 0;
    const slow = createDeliveryLog(context.reader, () => {
      now += 15;
      return now;
    });
    const filter: DeliveryFilter = { text: 'maria', states: ['needs_attention'] };
    const ids: string[] = [];
    let answers = 0;
    for (let cursor: string | undefined; ; ) {
      const page = slow.list({ filter, limit: 100, ...(cursor === undefined ? {} : { cursor }) }, present);
      ids.push(...page.rows.map(({ id }) => id));
      answers += 1;
      if (page.next === null) break;
      expect(page.complete).toBe(false);
      cursor = page.next;
    }
    expect(answers).toBeGreaterThan(3);
    expect(ids).toEqual(expected(filter));
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
    expect(() => log.list({ filter: {}, limit: 50, cursor: 'seq=1; --' }, present)).toThrow(
      expect.objectContaining({ code: 'bad_input', member: 'cursor' }) as RelayError,
    );
  });
});

describe('one delivery', () => {
  test('shows the exact body, every attempt with its headers and times, and the address only masked', () => {
    const log = createDeliveryLog(context.reader, standing);
    const { id, eventId } = truth.find(({ state }) => state === 'delivered') ?? { id: '', eventId: '' };
    const shown = log.get(id, present);
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
    expect(() => log.get('dlv_00000000000000000000000000', present)).toThrow(RelayError);
  });
});
