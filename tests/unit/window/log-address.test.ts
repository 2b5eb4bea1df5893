import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { emptyView, type LogView, paramsOf, pathToLog, viewOf } from '../../../renderer/features/deliveries/address.ts';
import * as events from '../../../renderer/features/events/address.ts';
import { filterAt, narrowings, spans } from '../../../renderer/lib/filter-address.ts';
import { type DeliveryId, deliveryStates, type EndpointId, type SourceId, utcMs } from '../../../shared/domain.ts';
import { eventTypes } from '../../../shared/events.ts';
import { type DeliveryFilter, type EventFilter, statusClasses } from '../../../shared/schemas.ts';

const ulid = fc.stringMatching(/^[0-9A-HJKMNP-TV-Z]{26}$/);
const text = fc
  .string({ minLength: 1, maxLength: 200, unit: 'grapheme' })
  .map((given) => given.trim().slice(0, 200).trim())
  .filter((given) => given !== '' && given.isWellFormed());
const someOf = <Value>(values: readonly Value[]) => fc.uniqueArray(fc.constantFrom(...values), { minLength: 1 });
const instant = fc.integer({ min: 0, max: 4_000_000_000_000 }).map(utcMs);

const filters = fc.record(
  {
    text,
    entity: text,
    states: someOf(deliveryStates),
    endpointIds: fc.uniqueArray(
      ulid.map((id) => `ep_${id}` as EndpointId),
      { minLength: 1, maxLength: 5 },
    ),
    eventTypes: someOf(eventTypes),
    statusClasses: someOf(statusClasses),
    status: fc.integer({ min: 100, max: 599 }),
    from: instant,
    to: instant,
  },
  { requiredKeys: [] },
) as fc.Arbitrary<DeliveryFilter>;

const views: fc.Arbitrary<LogView> = fc
  .record({
    filter: filters,
    span: fc.option(fc.constantFrom(...(Object.keys(spans) as (keyof typeof spans)[]))),
    delivery: fc.option(ulid.map((id) => `dlv_${id}` as DeliveryId)),
  })
  .map((view) => {
    if (view.span === null) return view;
    const { from: _from, to: _to, ...filter } = view.filter;
    return { ...view, filter };
  });

describe('the address of the log', () => {
  it('says every view so that it is read back as the same', () => {
    // biome-ignore lint/nursery/noFloatingPromises: this property is a synchronous one
    fc.assert(
      fc.property(views, (view) => {
        expect(viewOf(new URLSearchParams(paramsOf(view).toString()))).toEqual(view);
      }),
    );
  });

  it('is empty for everything that there is', () => {
    expect(paramsOf(emptyView).toString()).toBe('');
    expect(viewOf(new URLSearchParams())).toEqual(emptyView);
    expect(pathToLog({})).toBe('/deliveries');
  });

  it('is short enough to be read aloud', () => {
    const path = pathToLog({ states: ['waiting', 'needs_attention'], statusClasses: ['4xx'], text: 'kenji' });
    expect(decodeURIComponent(path)).toBe('/deliveries?text=kenji&state=waiting,needs_attention&answer=4xx');
  });

  it('leaves out what was typed wrongly, and keeps the rest', () => {
    const typed = new URLSearchParams(
      'state=late,waiting,waiting&event=booking.exploded&endpoint=ep_1&status=99&last=5y&from=yesterday&delivery=evt_1&text=%20%20&about=bk_1',
    );
    expect(viewOf(typed)).toEqual({ filter: { states: ['waiting'], entity: 'bk_1' }, span: null, delivery: null });
  });

  it('never fails, whatever was typed', () => {
    const names = fc.constantFrom(
      'text',
      'state',
      'endpoint',
      'event',
      'answer',
      'status',
      'about',
      'last',
      'from',
      'to',
    );
    // biome-ignore lint/nursery/noFloatingPromises: this property is a synchronous one
    fc.assert(
      fc.property(fc.array(fc.tuple(names, fc.string({ unit: 'grapheme' }))), (pairs) => {
        const view = viewOf(new URLSearchParams(pairs));
        expect(viewOf(paramsOf(view))).toEqual(view);
      }),
    );
  });
});

describe('a span of time', () => {
  const now = utcMs(Date.UTC(2026, 10, 23, 8, 42, 31, 5));

  it('ends now and begins at a whole minute', () => {
    const { from, to } = filterAt({ ...emptyView, span: '24h' }, now);
    expect(from).toBe(Date.UTC(2026, 10, 22, 8, 42));
    expect(to).toBeUndefined();
  });

  it('asks the same question for the rest of the minute', () => {
    const view: LogView = { ...emptyView, span: '1h' };
    expect(filterAt(view, utcMs(now + 20_000))).toEqual(filterAt(view, now));
  });

  it('counts as one narrowing, and so does a pair of days', () => {
    expect(narrowings(emptyView)).toBe(0);
    expect(narrowings({ ...emptyView, span: '7d' })).toBe(1);
    expect(narrowings({ ...emptyView, filter: { from: now, to: now, states: ['waiting'] } })).toBe(2);
  });
});

describe('the address of the events', () => {
  const filters = fc.record(
    {
      text,
      entity: text,
      sourceIds: fc.uniqueArray(
        ulid.map((id) => `src_${id}` as SourceId),
        { minLength: 1, maxLength: 5 },
      ),
      eventTypes: someOf(eventTypes),
      from: instant,
      to: instant,
    },
    { requiredKeys: [] },
  ) as fc.Arbitrary<EventFilter>;

  it('says every view so that it is read back as the same', () => {
    // biome-ignore lint/nursery/noFloatingPromises: this property is a synchronous one
    fc.assert(
      fc.property(filters, (filter) => {
        const view = { filter, span: null };
        expect(events.viewOf(new URLSearchParams(events.paramsOf(view).toString()))).toEqual(view);
      }),
    );
  });
});
