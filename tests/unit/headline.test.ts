/** The headline says what is true, by name and with whose turn it is, and never more; and so does every other surface. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkEndpoint } from '../../electron/engine/doctor/doctor-endpoint.ts';
import { troubleKind } from '../../electron/engine/evidence/trouble.ts';
import { trayMenu } from '../../electron/shell/tray/tray-menu.ts';
import { trayState } from '../../electron/shell/tray/tray-state.ts';
import { conditionsOf } from '../../shared/conditions/index.ts';
import { endpointState, outcomeClasses, type Sentence, utcMs } from '../../shared/domain.ts';
import { endpointFace, faceTone } from '../../shared/endpoint-face.ts';
import { headlineOf, headlineText, waitingSentence } from '../../shared/headline.ts';
import { remedyOfDelivery, remedyOfEndpoint, stepOf } from '../../shared/remedies.ts';
import type { Endpoint, Situation } from '../../shared/schemas.ts';
import { catalogues, renderSentence } from '../../shared/sentences/index.ts';
import type { CatalogueKey } from '../../shared/sentences/sentence.ts';
import {
  endpoint,
  failingEndpoint,
  minutesAgo,
  noon,
  running,
  situation,
  source,
  troubled,
} from './desktop/situations.ts';

const rendered = new Map<string, string>();
/** Remembered: the properties say the same sentences thousands of times. */
const render = (said: Sentence, language: 'en' | 'fil' = 'en'): string => {
  const key = language + JSON.stringify(said);
  const text = rendered.get(key) ?? renderSentence(said, language, { timeZone: 'Asia/Manila', now: noon });
  rendered.set(key, text);
  return text;
};
const headline = (now: Situation | null, surface = running) => headlineOf(now, conditionsOf(now, surface));
const said = (change: Partial<Situation> = {}) => headlineText(headline(situation(change)), render);
const day = (change: Partial<Situation['today']>) => ({ today: { ...situation().today, delivered: 0, ...change } });
const other = { id: 'ep_01ARZ3NDEKTSV4RRFFQ69G5FAW' as Endpoint['id'], name: 'Door locks' };

describe('an ordinary day', () => {
  test('all events of today were delivered, and there is nothing to do', () =>
    expect(said()).toBe('All 63 events of today were delivered by 11:48. Nothing to do.'));

  test('“nothing to do” is not said while it is somebody’s turn', () =>
    expect(said({ vault: { state: 'plain', unreadable: 0 } })).toBe('All 63 events of today were delivered by 11:48.'));

  test('what went to no endpoint, to the test bench or was cancelled was not delivered, and is said', () => {
    expect(said(day({ taken: 65, delivered: 53, toNobody: 12 }))).toBe(
      '53 of the 65 events of today were delivered. 12 went to no endpoint: none wanted them when they came.',
    );
    expect(said(day({ taken: 10, delivered: 6, bench: 1, skipped: 3 }))).toBe(
      '6 of the 10 events of today were delivered. 3 were cancelled. 1 went to the test bench.',
    );
    expect(said(day({ taken: 1, toNobody: 1 }))).toBe(
      'The one event of today was delivered to nobody. 1 went to no endpoint: none wanted it when it came.',
    );
  });

  test('what is only under way is no trouble, and what is held is not said to be on its way', () => {
    const waitingEvents = { events: 3, endpoints: 1 };
    expect(said({ waitingEvents, endpoints: [endpoint({ waiting: 3 })] })).toBe('3 events are on their way.');
    const held = said({ waitingEvents, endpoints: [endpoint({ waiting: 3, retrying: 3 })] });
    expect(held).toMatch(/^3 events for Bookkeeping did not get through/);
    expect(said({ waitingEvents, endpoints: [endpoint({ waiting: 3, unreadable: ['secret'] })] })).not.toContain(
      'on their way',
    );
  });

  test('before the first event, on a new day, and on a PC with nothing set up', () => {
    expect(said({ lastEventAt: null, sources: [source({})], ...day({ taken: 0 }) })).toBe(
      'Everything is ready. No event has come in yet.',
    );
    expect(said(day({ taken: 0 }))).toBe('No event has come in today, and nothing waits.');
    expect(said({ endpoints: [], sources: [] })).toBe('Nothing is set up yet. Begin with your PMS as a source.');
    // As the first steps have it, the property before the source.
    const unnamed = { propertyId: null, lastEventAt: null };
    expect(said({ ...unnamed, endpoints: [], sources: [] })).toMatch(/^Nothing is set up yet. Begin with the property/);
    expect(said({ ...unnamed, sources: [] })).toMatch(/Name the property in the settings/);
    expect(said({ lastEventAt: null, sources: [] })).toMatch(/connect your PMS as a source/);
    expect(said({ endpoints: [endpoint({ switch: 'draft', state: 'draft' })] })).toMatch(/no active endpoint/);
  });

  test('a quiet source comes with what is true of the events', () =>
    expect(said({ sources: [source({ quietSince: minutesAgo(60) })] })).toBe(
      'Restaurant POS is quieter than usual. Check that Restaurant POS is running and connected. All 63 events of today were delivered by 11:48.',
    ));
});

describe('a bad morning', () => {
  test('the worst first, by name, since when, with whose turn it is and what waits', () =>
    expect(said({ endpoints: [failingEndpoint()], ...day({ taken: 65, delivered: 51, waiting: 14 }) })).toBe(
      'Bookkeeping has taken nothing since 10:00. Your IT helper must give it a new address; 14 events wait safely. Everything else has been delivered.',
    ));

  test('what the receiver said stands in the sentence', () => {
    const attention = {
      ...{ since: minutesAgo(60), lastAt: minutesAgo(20), othersGetThrough: true, status: 422 },
      ...{ outcome: 'event_refused' as const, sentence: { key: 'outcome.event_refused', params: {} } },
      said: 'phone is required',
    };
    expect(said({ endpoints: [endpoint({ needsAttention: 1, attention })], attentionEvents: 1 })).toMatch(
      /^Bookkeeping did not take 1 event: “phone is required”\. Your IT helper must look at what it answered\./,
    );
  });

  test('then at most one more: the next by name, or how many', () => {
    const two = [failingEndpoint(), failingEndpoint({ ...other, failingSince: minutesAgo(30) })];
    expect(said({ endpoints: two })).toContain('Door locks has taken nothing since 11:30.');
    const three = [...two, failingEndpoint({ ...other, id: `${other.id.slice(0, -1)}X` as Endpoint['id'] })];
    expect(said({ endpoints: three })).toContain('2 more things are not as they should be.');
  });

  test('what is the reader’s own is not lost in a number', () => {
    const quiet = source({ quietSince: minutesAgo(60) });
    const endpoints = [failingEndpoint(), failingEndpoint({ ...other, failingSince: minutesAgo(30) })];
    expect(said({ endpoints, sources: [quiet] })).toContain(
      '2 more things are not as they should be, one of them for you.',
    );
    const sources = [quiet, { ...quiet, id: 'src_01ARZ3NDEKTSV4RRFFQ69G5FAW' as typeof quiet.id }];
    expect(said({ endpoints, sources })).toContain('3 more things are not as they should be, 2 of them for you.');
  });

  test('“everything else” is not said while something else went nowhere', () => {
    const endpoints = [failingEndpoint()];
    expect(said({ endpoints, ...day({ delivered: 40, toNobody: 9, waiting: 14 }) })).not.toContain('Everything else');
    expect(said({ endpoints: [failingEndpoint(), endpoint({ ...other, waiting: 1 })] })).not.toContain(
      'Everything else',
    );
  });

  test('no internet says since when and how many are safe', () =>
    expect(
      said({
        connectivity: { state: 'offline', since: minutesAgo(586) },
        waitingEvents: { events: 37, endpoints: 3 },
        ...day({ waiting: 37 }),
      }),
    ).toMatch(/^No internet since 02:14\. 37 events are safe and waiting\./));

  test('a place that cannot know says less', () => {
    expect(headline(null).says.map((one) => render(one))).toEqual(['Roost Relay is starting']);
    const stopped = headline(situation(), { ...running, engine: 'stopped' });
    expect(headlineText(stopped, render)).toBe('Roost Relay is not working. What was taken in is safe.');
    expect(stopped.tone).toBe('bad');
  });
});

test('what waits is counted in events, for receivers by name or number', () => {
  const waitingEvents = { events: 5, endpoints: 4 };
  const four = ['A', 'B', 'C', 'D'].map((letter) =>
    endpoint({ id: `${other.id.slice(0, -1)}${letter}` as Endpoint['id'], waiting: 5 }),
  );
  expect(render(waitingSentence(situation({ waitingEvents, endpoints: four })))).toBe('5 events wait for 4 receivers');
  const paused = (...some: Partial<Endpoint>[]) =>
    render(
      waitingSentence(
        situation({
          waitingEvents: { events: 0, endpoints: 0 },
          endpoints: some.map((one) => ({ ...endpoint(one), switch: 'paused', state: 'paused' })),
        }),
      ),
    );
  expect(paused({ waiting: 0 })).toBe('Nothing waiting');
  expect(paused({ name: 'Kiosk', waiting: 1 })).toBe('1 event waits for Kiosk');
  expect(paused({ waiting: 2 }, { ...other, waiting: 3 })).toBe('Events wait for 2 endpoints that are paused');
});

describe('for any situation', () => {
  const count = fc.nat({ max: 5 });
  const anyTrouble = fc
    .record({
      outcome: fc.constantFrom(...outcomeClasses.filter((one) => one !== 'delivered')),
      status: fc.constantFrom(null, 400, 401, 404, 422, 429, 500, 503),
      sentence: fc.constantFrom(
        ...Object.keys(catalogues.en).filter((key) => key.startsWith('outcome.') && key !== 'outcome.delivered'),
        'outcome.of_a_newer_version',
      ),
      takesNothing: fc.boolean(),
      othersGotThrough: fc.boolean(),
      said: fc.constantFrom(null, 'phone is required'),
    })
    .map(({ sentence, ...more }) =>
      troubled({
        ...more,
        kind: troubleKind(more.outcome, more.status),
        sentence: { key: sentence, params: { name: 'Bookkeeping', host: 'a.b', status: more.status ?? 0 } },
      }),
    );
  const anyEndpoint = fc
    .record({
      switch: fc.constantFrom('on' as const, 'on' as const, 'on' as const, 'paused' as const, 'draft' as const),
      health: fc.constantFrom('active' as const, 'active' as const, 'degraded' as const, 'failing' as const),
      trouble: fc.option(anyTrouble),
      waiting: count,
      retrying: count,
      needsAttention: fc.constantFrom(0, 0, 0, 1, 3),
      heldUntil: fc.constantFrom(null, null, utcMs(noon + 60_000)),
      unreadable: fc.subarray(['secret' as const]),
      local: fc.boolean(),
      nextAttemptAt: fc.constantFrom(null, utcMs(noon + 60_000)),
    })
    .map(({ health, trouble, ...more }) =>
      endpoint({
        ...more,
        retrying: Math.min(more.retrying, more.waiting),
        waiting: more.switch === 'draft' ? 0 : more.waiting,
        health: trouble === null && health !== 'failing' ? 'active' : health,
        trouble,
        failingSince: health === 'failing' ? minutesAgo(60) : null,
        state: endpointState(more.switch, trouble === null && health !== 'failing' ? 'active' : health),
      }),
    );
  const anySituation = fc
    .record({
      endpoints: fc.array(anyEndpoint, { maxLength: 4 }),
      today: fc.record({
        ...{ needsAttention: count, waiting: count, bench: count, skipped: count, toNobody: count, delivered: count },
      }),
      offline: fc.boolean(),
      pausedUntil: fc.constantFrom(null, null, utcMs(noon + 3_600_000)),
      waitingEvents: count,
      attentionEvents: fc.constantFrom(0, 0, 1),
    })
    .map(({ endpoints, today, offline, waitingEvents, ...more }) => {
      const numbered = endpoints.map((one, n) => ({
        ...one,
        id: `${other.id.slice(0, -1)}${n}` as Endpoint['id'],
        name: `Receiver ${n}`,
      }));
      const on = numbered.filter((one) => one.switch === 'on');
      const taken = Object.values(today).reduce((sum, one) => sum + one, 0);
      return situation({
        ...more,
        endpoints: numbered,
        today: { since: minutesAgo(600), taken, ...today },
        waitingEvents: {
          events: Math.max(waitingEvents, ...on.map(({ waiting }) => waiting)),
          endpoints: on.filter(({ waiting }) => waiting > 0).length,
        },
        connectivity: offline ? { state: 'offline', since: minutesAgo(30) } : { state: 'online', since: null },
      });
    });

  const everySurface = (now: Situation): string[] => {
    const conditions = conditionsOf(now, running);
    const menu = trayMenu(conditions, now).flatMap((entry) => (entry.kind === 'fact' ? [entry.text] : []));
    const { says, short } = headlineOf(now, conditions);
    return [...says, short, ...trayState(conditions, now).tooltip, ...menu, waitingSentence(now)].map((one) =>
      render(one),
    );
  };

  test('no surface says that all is delivered or well while anything says otherwise', () => {
    fc.assert(
      fc.property(anySituation, (now) => {
        const { today, endpoints } = now;
        const open =
          today.needsAttention + today.waiting + today.bench + today.skipped + today.toNobody > 0 ||
          now.waitingEvents.events + now.attentionEvents > 0 ||
          endpoints.some(
            (one) => one.waiting + one.needsAttention > 0 || (one.trouble !== null && one.switch === 'on'),
          );
        const texts = everySurface(now).join('\n');
        if (open || today.taken === 0)
          expect(texts).not.toMatch(/\b[Aa]ll \d+ events|The one event of today was delivered at/);
        if (now.waitingEvents.events > 0 || endpoints.some((one) => one.switch === 'on' && one.waiting > 0))
          expect(texts).not.toMatch(/Nothing waiting|nothing waits|All is well/);
        if (endpoints.some((one) => one.switch === 'on' && (one.trouble !== null || one.state === 'failing')))
          expect(texts).not.toMatch(/All is well|Nothing to do\.$|on (its|their) way/m);
        const others = today.bench + today.skipped + today.toNobody > 0;
        if (others) expect(texts).not.toContain('Everything else');
      }),
      { numRuns: 1000 },
    );
  });

  test('foot, tray and headline have one colour, and it is green only where nothing is wrong', () => {
    fc.assert(
      fc.property(anySituation, (now) => {
        const conditions = conditionsOf(now, running);
        const { tone } = headlineOf(now, conditions);
        const isGreen = trayState(conditions, now).face === 'fine';
        expect(isGreen).toBe(tone === 'fine');
        const wrong = now.endpoints.some(
          (one) => one.switch === 'on' && (one.trouble !== null || one.state === 'failing' || one.needsAttention > 0),
        );
        if (wrong || now.connectivity.state !== 'online' || now.attentionEvents > 0) expect(isGreen).toBe(false);
        const bad = now.endpoints.some((one) => one.switch === 'on' && faceTone[endpointFace(one)] === 'bad');
        if (bad) expect(tone).toBe('bad');
      }),
      { numRuns: 600 },
    );
  });

  test('the same trouble has the same turn and the same step wherever it shows', () => {
    fc.assert(
      fc.property(anySituation, (now) => {
        for (const one of now.endpoints.filter(({ switch: on }) => on === 'on')) {
          const remedy = remedyOfEndpoint(one);
          const card = conditionsOf(now, running).find(
            ({ about, kind }) => about === one.id && kind === 'endpoint_failing',
          );
          if (!card) continue;
          expect(card.turn).toBe(remedy?.turn);
          const facts = {
            id: one.id,
            name: one.name,
            sinceAt: (one.trouble?.since ?? one.failingSince) as number,
            status: one.trouble?.status ?? 0,
          };
          expect(card.step).toEqual(remedy && stepOf(remedy, facts));
        }
      }),
      { numRuns: 500 },
    );
  });

  test('every sentence is in both catalogues, with nothing left to fill in, and none is on its way where nothing goes', () => {
    fc.assert(
      fc.property(anySituation, (now) => {
        const conditions = conditionsOf(now, running);
        const all = [
          ...conditions.flatMap(({ title, meaning, said: words, step, headline: more }) => [
            title,
            meaning,
            words ?? null,
            step,
            ...(more ?? []),
          ]),
          ...headlineOf(now, conditions).says,
        ].flatMap((one) => one ?? []);
        for (const one of all.filter(({ key }) => key !== 'outcome.of_a_newer_version')) {
          expect(catalogues.fil[one.key as CatalogueKey], one.key).toBeTypeOf('string');
          if (!one.key.startsWith('outcome.')) expect(render(one, 'fil')).not.toMatch(/[{}]/);
        }
        if (now.connectivity.state === 'offline' || now.pausedUntil !== null)
          expect(all.map((one) => render(one)).join('\n')).not.toMatch(/on (its|their) way|going out/);
      }),
      { numRuns: 500 },
    );
  });
});

describe('what a receiver refuses for what is in it', () => {
  const sentence = { key: 'outcome.event_refused', params: { name: 'Bookkeeping', status: 422 } };
  const waits = { waiting: 1, retrying: 1, nextAttemptAt: utcMs(noon + 60_000) };
  const step = { key: 'remedy.event.step', params: expect.objectContaining({ name: 'Bookkeeping' }) };
  const show = { does: { go: `/deliveries?endpoint=${endpoint().id}&state=waiting` } };
  const delivery = { state: 'waiting' as const, status: 422, sentence };
  const cases: readonly (readonly [string, Endpoint])[] = [
    [
      'nothing has got through since',
      endpoint({
        ...{ ...waits, state: 'degraded', health: 'degraded' },
        trouble: troubled({
          kind: troubleKind('event_refused', 422),
          takesNothing: false,
          outcome: 'event_refused',
          status: 422,
          sentence,
          said: 'phone is required',
        }),
      }),
    ],
    ['others get through', endpoint({ ...waits, retried: { sentence, said: 'phone is required' } })],
  ];
  test.each(cases)('is for the IT helper in every place, while it is tried on by itself: %s', (_, one) => {
    const conditions = conditionsOf(situation({ endpoints: [one] }), running);
    expect(conditions).toEqual([expect.objectContaining({ turn: 'it_helper', step })]);
    const [card] = conditions;
    expect(card?.actions[0]).toMatchObject(show);
    expect(card?.said && render(card.said)).toBe('It said: “phone is required”.');
    expect(said({ endpoints: [one] })).toContain('Your IT helper must look at what it answered.');
    const doctor = checkEndpoint(one, { facts: [] });
    expect(doctor).toMatchObject({ state: 'warning', nextStep: step });
    expect(doctor.says.map((it) => render(it))).toContain('It said: “phone is required”.');
    expect(remedyOfDelivery(delivery, one)).toMatchObject({ name: 'event', turn: 'it_helper' });
  });
});

describe('a delivery that did not arrive', () => {
  const status = 404;
  const notFound = {
    state: 'needs_attention' as const,
    status,
    sentence: { key: 'outcome.address_unknown', params: {} },
  };
  test('has the remedy of its endpoint while that is in trouble', () => {
    const inTrouble = endpoint({ state: 'degraded', trouble: troubled() });
    expect(remedyOfDelivery(notFound, inTrouble)).toEqual(remedyOfEndpoint(inTrouble));
    expect(remedyOfDelivery(notFound, inTrouble)).toMatchObject({ turn: 'it_helper', act: 'change_address' });
  });
  test('is to be sent again once its endpoint takes others', () =>
    expect(remedyOfDelivery(notFound, endpoint())).toMatchObject({ name: 'event', act: 'show_deliveries' }));
  test('waits for nobody’s turn while it is tried again by itself', () => {
    const down = { state: 'waiting' as const, status: 503, sentence: { key: 'outcome.unavailable', params: {} } };
    expect(remedyOfDelivery(down, endpoint())).toMatchObject({ turn: 'nobody' });
    expect(remedyOfDelivery({ ...down, state: 'needs_attention' }, endpoint())).toMatchObject({ name: 'event' });
  });
  test('has none once it is delivered', () =>
    expect(remedyOfDelivery({ ...notFound, state: 'delivered' as never }, null)).toBeNull());
});

describe('a pause of everything', () => {
  const pausedUntil = utcMs(noon + 3_600_000);
  const offline = { connectivity: { state: 'offline' as const, since: minutesAgo(30) } };
  const full = { disk: { state: 'full' as const, freeBytes: 0 } };

  test('is said beside one other trouble and beside two, by when it ends', () => {
    const pause = render(
      conditionsOf(situation({ pausedUntil }), running).find(({ kind }) => kind === 'all_paused')?.headline?.[0] ?? {
        key: 'missing',
        params: {},
      },
    );
    expect(said({ ...full, pausedUntil })).toContain(pause);
    expect(said({ ...full, ...offline, pausedUntil })).toContain(pause);
    expect(said({ ...full, ...offline })).not.toContain(pause);
  });
});

test('what waits for one receiver waits for one in both languages', () => {
  const waits = (endpoints: number, events: number) =>
    (['en', 'fil'] as const).map((language) =>
      render(waitingSentence(situation({ waitingEvents: { events, endpoints } })), language),
    );
  expect(waits(1, 2)).toEqual(['2 events wait for 1 receiver', '2 event ang naghihintay para sa 1 tatanggap']);
  expect(waits(1, 1)).toEqual(['1 event waits for 1 receiver', '1 event ang naghihintay para sa 1 tatanggap']);
  expect(waits(2, 2)[0]).toBe('2 events wait for 2 receivers');
  expect(waits(0, 0)[0]).toBe('Nothing waiting');
});
