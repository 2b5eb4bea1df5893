import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { cursorOf } from '../../electron/engine/log/cursor.ts';
import { createEventLog } from '../../electron/engine/log/event-log.ts';
import type { Present } from '../../electron/engine/reader/present.ts';
import { foldName } from '../../electron/engine/store/fold.ts';
import { engineCalls } from '../../shared/api.ts';
import type { UtcMs } from '../../shared/domain.ts';
import type { EventFilter } from '../../shared/schemas.ts';
import { type TemporaryFolder, temporaryFolder } from '../support/folder.ts';
import { openContext, type TestContext } from '../support/log-folder.ts';
import { readAgain, readAll, readPages, tickingClock } from '../support/paging.ts';
import { type Seeded, seed, seededEntity, seededRareGuest } from '../support/seed.ts';

const endMs = Date.UTC(2024, 2, 15, 10, 30);
const present: Present = { wallMs: endMs, engineMs: endMs, pausedUntil: null, facts: [] };

interface Truth {
  readonly id: string;
  readonly type: string;
  readonly at: number;
  readonly entity: string;
  readonly guest: string;
}

let folder: TemporaryFolder;
let context: TestContext;
let seeded: Seeded;
let truth: readonly Truth[];

beforeAll(async () => {
  folder = await temporaryFolder();
  seeded = seed(folder.path, { deliveries: 3_000, endMs, days: 20 });
  context = openContext(folder.path);
  truth = context.writer
    .prepare<[], Truth>('SELECT id, type, received_at AS at, entity_id AS entity, guest FROM events ORDER BY seq DESC')
    .all();
});

afterAll(async () => {
  context.close();
  await folder.remove();
});

/** Asks for pages of a filter. */
function pagesOf(filter: EventFilter, limit: number, clock = () => 0) {
  const log = createEventLog(context.reader, clock);
  return (stretch: { cursor?: string; downTo?: string }) => log.list({ filter, limit, ...stretch }, present);
}

const read = (filter: EventFilter, limit: number): string[] => readAll(pagesOf(filter, limit));

const where = (passes: (event: Truth) => boolean): string[] => truth.filter(passes).map(({ id }) => id);

describe('pages of events', () => {
  test.each([7, 100, 500])('show what each filter says, newest first, in pages of %i', (limit) => {
    const from = (endMs - 5 * 86_400_000) as UtcMs;
    const to = (endMs - 2 * 86_400_000) as UtcMs;
    expect(read({}, limit)).toEqual(where(() => true));
    expect(read({ from, to }, limit)).toEqual(where(({ at }) => at >= from && at < to));
    expect(read({ eventTypes: ['inventory.low', 'guest.checkin'] }, limit)).toEqual(
      where(({ type }) => type === 'inventory.low' || type === 'guest.checkin'),
    );
    expect(read({ entity: seededEntity(100) }, limit)).toEqual(where(({ entity }) => entity === seededEntity(100)));
    expect(read({ text: 'MARÍA' }, limit)).toEqual(where(({ guest }) => guest.includes('maria')));
    expect(read({ sourceIds: [seeded.sourceId] }, limit)).toEqual(where(() => true));
    expect(read({ text: 'bk_1000', eventTypes: ['order.created'] }, limit)).toEqual(
      where(({ entity, type }) => entity.startsWith('bk_1000') && type === 'order.created'),
    );
  });

  test.each([
    {},
    { text: 'maria' },
    { eventTypes: ['inventory.low'] },
    { entity: 'bk_nothing' },
  ] satisfies EventFilter[])('asked again end where they ended, with more time or less: %o', (filter) => {
    for (const [then, now] of [
      [0, 15],
      [15, 0],
      [3, 50],
    ] as const)
      for (const page of readPages(pagesOf(filter, 40, tickingClock(then))))
        expect(readAgain(pagesOf(filter, 40, tickingClock(now)), page)).toEqual(page.ids);
  });

  test('newer ones than a page’s newest are counted, of the same filter alone', () => {
    const log = createEventLog(context.reader, () => 0);
    const seqOf = context.reader.prepare<[string], number>('SELECT seq FROM events WHERE id = ?').pluck();
    const than = (place: number) => cursorOf({ below: seqOf.get(truth[place]?.id ?? '') ?? 0, eventSeq: null });
    expect(log.newer({ filter: {}, than: than(0) })).toEqual({ count: 0, more: false });
    expect(log.newer({ filter: {}, than: than(40) })).toEqual({ count: 40, more: false });
    const eventTypes: EventFilter['eventTypes'] = ['inventory.low', 'guest.checkin'];
    const ofTypes = truth.slice(0, 40).filter(({ type }) => type === 'inventory.low' || type === 'guest.checkin');
    expect(ofTypes.length).toBeGreaterThan(0);
    expect(log.newer({ filter: { eventTypes }, than: than(40) })).toEqual({ count: ofTypes.length, more: false });
    expect(log.newer({ filter: { text: 'maria' }, than: than(40) }).count).toBe(
      truth.slice(0, 40).filter(({ guest }) => guest.includes('maria')).length,
    );
  });

  test('count the deliveries of each by state', () => {
    const log = createEventLog(context.reader, () => 0);
    for (const row of log.list({ filter: {}, limit: 50 }, present).rows) {
      expect(row.deliveries.total).toBe(5);
      expect(row.deliveries.waiting).toBeGreaterThanOrEqual(0);
    }
  });
});

test('ids are found in any case, of any letters, and names with an apostrophe or without', () => {
  const { writer, reader } = context;
  writer.exec("UPDATE events SET entity_id = 'ñB-7' WHERE seq = 300");
  writer.exec("UPDATE events SET pms_id = 'É-Ref9' WHERE seq = 301");
  writer.exec("UPDATE events SET guest = 'kathleen o''brien-zw' WHERE seq = 302");
  const found = (text: string) =>
    createEventLog(reader, () => 0)
      .list({ filter: { text }, limit: 50 }, present)
      .rows.map(({ id }) => id);
  const idOf = (seq: number) =>
    reader.prepare<[number], string>('SELECT id FROM events WHERE seq = ?').pluck().get(seq);
  for (const text of ['ñB-7', 'Ñb-7', 'ÑB-7', 'ñb']) expect(found(text), text).toEqual([idOf(300)]);
  for (const text of ['é-ref9', 'É-REF9', 'é-Ref']) expect(found(text), text).toEqual([idOf(301)]);
  for (const text of ["O'Brien-zw", 'OBrien-zw', 'o’brien-ZW', 'O`Brien-zw']) {
    expect(found(text), text).toEqual([idOf(302)]);
  }
  expect(found("'")).toEqual([]);
});

const storyEvent = engineCalls['events.story'].output.shape.events.element;

describe('a story', () => {
  test('of a booking is all its events with their deliveries, oldest first', () => {
    const { events, complete } = createEventLog(context.reader).story({ about: seededEntity(40) }, present);
    expect(complete).toBe(true);
    expect(events.map(({ id }) => id)).toEqual(where(({ entity }) => entity === seededEntity(40)).reverse());
    for (const event of events) {
      expect(storyEvent.parse(event)).toEqual(event);
      expect(event.byName).toBe(false);
      expect(event.deliveryRows).toHaveLength(5);
    }
  });

  test('of a guest is found by a part of the name', () => {
    const { events } = createEventLog(context.reader).story({ about: 'quimbo' }, present);
    // Her booking's whole story, the seed's other names in it included.
    expect(events.map(({ id }) => id)).toEqual(where(({ entity }) => entity === seededEntity(0)).reverse());
    expect(events.map(({ summary }) => summary.guest)).toContain(seededRareGuest);
  });

  test('that is too long shows its newest part, and says so', () => {
    context.writer.exec("UPDATE events SET entity_id = 'it_1' WHERE seq > 300");
    const { events, complete } = createEventLog(context.reader).story({ about: 'it_1' }, present);
    expect(complete).toBe(false);
    expect(events).toHaveLength(200);
    expect(events.at(-1)?.id).toBe(truth[0]?.id);
  });
});

test('names are compared without case, accents and doubled blanks', () => {
  expect(foldName('  María  PEÑA-Ñúñez ')).toBe('maria pena-nunez');
});
