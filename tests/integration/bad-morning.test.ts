/**
 * A bad morning at one property: three receivers down in three ways, one that asks to slow down, one pointed at the
 * test bench, an hour without a way out, and events that nobody wanted. Every surface is asked what it says, and is
 * held against what the receivers really saw.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { trayMenu } from '../../electron/shell/tray/tray-menu.ts';
import { trayState } from '../../electron/shell/tray/tray-state.ts';
import { conditionsOf, type SurfaceFacts } from '../../shared/conditions/index.ts';
import type { EndpointId, Sentence } from '../../shared/domain.ts';
import type { EventType } from '../../shared/events.ts';
import { headlineOf, headlineText } from '../../shared/headline.ts';
import type { Endpoint, Situation } from '../../shared/schemas.ts';
import { renderSentence } from '../../shared/sentences/index.ts';
import { createFakeClock, hourMs, minuteMs } from '../support/clock.ts';
import { relayInProcess } from '../support/command-line.ts';
import { pass, posted } from '../support/deliveries.ts';
import { startTestEngine, type TestEngine } from '../support/engine.ts';
import { type OfficeProxy, startOfficeProxy } from '../support/office-proxy.ts';
import { type Receiver, startReceiver } from '../support/receiver.ts';

const timeZone = 'Asia/Manila';
/** 06:30 at the property. */
const morning = Date.UTC(2026, 2, 16, 22, 30);
const at = (time: string): number => Date.parse(`2026-03-17T${time}:00+08:00`);

/** Each endpoint by its name, with the host that leads to its receiver through the office's proxy. */
const names = ['Bookkeeping', 'Channel manager', 'Housekeeping', 'Guest messages', 'Kiosk', 'Reports'] as const;
type Name = (typeof names)[number];
const hostOf = (name: Name): string => `${name.toLowerCase().replace(' ', '-')}.example`;

const running: SurfaceFacts = { engine: 'running', engineProblem: null, loginItemWorks: true, keepAwake: null };
const inWords = (said: Sentence): string => renderSentence(said, 'en', { timeZone, now: test.clock.wallMs() });

let test: TestEngine;
let proxy: OfficeProxy;
const receivers = new Map<Name, Receiver>();
const ids = new Map<Name, EndpointId>();
const receiver = (name: Name): Receiver => receivers.get(name) as Receiver;

/** Lets the property's clock come to this time of day, a minute at a time: what falls due goes out in its order. */
async function until(time: string): Promise<void> {
  while (test.clock.wallMs() < at(time)) await pass(test, Math.min(minuteMs, at(time) - test.clock.wallMs()));
}

let bookings = 0;
const post = (event: EventType): Promise<string> => {
  bookings += 1;
  return posted(test, event, { booking_id: `bk_${bookings}`, item_id: `it_${bookings}` });
};

/** What every surface says at this moment. */
async function surfaces() {
  const situation = await test.call('situation.get', {});
  const conditions = conditionsOf(situation, running);
  const tray = trayState(conditions, situation);
  const menu = trayMenu(conditions, situation);
  const doctor = await test.call('doctor.run', {});
  const status = await relayInProcess(test.dataFolder, ['status']);
  const headline = headlineText(headlineOf(situation, conditions), inWords);
  return {
    ...{ situation, conditions, headline },
    cards: conditions.map(({ title, meaning, step }) =>
      [title, meaning, step].flatMap((one) => (one ? [inWords(one)] : [])).join(' '),
    ),
    trayFace: tray.face,
    tooltip: tray.tooltip.map(inWords).join(' '),
    menu: menu.flatMap((entry) => (entry.kind === 'fact' ? [inWords(entry.text)] : [])).join('\n'),
    doctor: doctor.map(({ name, state, says, nextStep }) => ({
      name: inWords(name),
      state,
      text: [...says, ...(nextStep ? [nextStep] : [])].map(inWords).join(' '),
    })),
    status: status.out,
  };
}

const endpointIn = ({ endpoints }: Situation, name: Name): Endpoint =>
  endpoints.find((one) => one.name === name) as Endpoint;

/** Ids of the events that this receiver answered with 200. */
const accepted = new Map<Name, Set<string>>();

describe('a bad morning', () => {
  beforeAll(async () => {
    for (const name of names) {
      const made = await startReceiver({ hosts: [hostOf(name)] });
      accepted.set(name, new Set());
      receivers.set(name, made);
      takes(name);
    }
    proxy = await startOfficeProxy(
      (host) =>
        names.map((name) => [hostOf(name), receiver(name).port] as const).find(([own]) => own === host)?.[1] ?? 0,
    );
    test = await startTestEngine({ clock: createFakeClock(morning), defaults: { propertyId: 'prop_test', timeZone } });
    await test.call('settings.change', { change: { proxy: proxy.address } });
    for (const name of names) {
      const events: EventType[] = name === 'Reports' ? ['payment.received'] : ['booking.created', 'payment.received'];
      const { id } = await test.addEndpoint(receiver(name), {
        ...{ url: `https://${hostOf(name)}/hooks`, description: name, events },
      });
      ids.set(name, id);
    }
    // 06:30: an ordinary beginning.
    await post('booking.created');
    await post('payment.received');
    await until('06:45');
    receiver('Bookkeeping').answerWith(() => ({ status: 404, headers: honestDate() }));
    receiver('Channel manager').answerWith({ does: 'reset' });
    receiver('Housekeeping').answerWith(() => ({ status: 500, headers: honestDate() }));
    receiver('Guest messages').answerWith(() => ({ status: 429, headers: { 'retry-after': '600', ...honestDate() } }));
    await test.call('bench.start', {});
    await test.call('bench.point', { id: ids.get('Kiosk') as EndpointId, confirmed: true });
    for (let n = 0; n < 5; n += 1) {
      await post('booking.created');
      await until(`06:${46 + n}`);
    }
    // What no endpoint wants.
    for (let n = 0; n < 3; n += 1) await post('inventory.low');
    await until('07:10');
    await post('payment.received');
    await until('07:20');
    await proxy.stop();
    await post('payment.received');
    await until('08:20');
    await proxy.start();
    await until('09:00');
  }, 180_000);

  afterAll(async () => {
    await test?.stop();
    await proxy?.[Symbol.asyncDispose]();
    for (const made of receivers.values()) await made.stop();
  });

  it('no surface says that all is delivered, that all is well, or that something goes out', async () => {
    const said = await surfaces();
    const everything = [said.headline, ...said.cards, said.tooltip, said.menu, said.status].join('\n');
    expect(everything).not.toMatch(
      /\bAll \d+ events|Everything is delivered|All is well|Everything has been delivered/,
    );
    expect(said.headline).not.toMatch(/going out|on (its|their) way/);
    expect(['failing', 'attention']).toContain(said.trayFace);
  });

  it('names the worst first, since when and whose turn it is, in one sentence and one more', async () => {
    const { headline, status, tooltip } = await surfaces();
    expect(headline).toMatch(/^Bookkeeping .*06:4\d/);
    expect(headline).toMatch(/IT helper/);
    expect(headline.split(/(?<=[.!?]) /).length).toBeLessThanOrEqual(3);
    expect(tooltip).toContain('Bookkeeping');
    // The command line is a process of its own, on today's date: it puts the day before the time.
    expect(status).toMatch(/^Bookkeeping has taken nothing since .*06:4\d\. Your IT helper/);
  });

  it.each(['Bookkeeping', 'Channel manager', 'Housekeeping'] as const)(
    '%s: in trouble since its first failure, in a card of its own, and a problem for the doctor',
    async (name) => {
      const { situation, conditions, doctor } = await surfaces();
      const endpoint = endpointIn(situation, name);
      const first = Math.min(...(await attemptsOf(name)).filter(({ failed }) => failed).map(({ began }) => began));
      expect(endpoint.trouble?.since).toBe(first);
      expect(first).toBeGreaterThanOrEqual(at('06:45'));
      // A connection that is cut in the moment that the PC falls asleep in is asked for again first.
      expect(first).toBeLessThan(at('06:55'));
      const card = conditions.find(({ about, tone }) => about === ids.get(name) && tone === 'bad');
      expect(card?.since).toBe(first);
      expect(doctor.find((check) => check.name.includes(name))?.state).toBe('problem');
    },
  );

  it('one that only asks to slow down is not healthy, and is nobody’s turn', async () => {
    const { situation, conditions, doctor } = await surfaces();
    const endpoint = endpointIn(situation, 'Guest messages');
    expect(endpoint.trouble?.kind).toBe('slow_down');
    const card = conditions.find(({ about }) => about === ids.get('Guest messages'));
    expect(inWords(card?.title as Sentence)).toMatch(/slow/);
    expect(card?.turn).toBe('nobody');
    expect(doctor.find((check) => check.name.includes('Guest messages'))?.state).not.toBe('ok');
  });

  it('what the test bench took is said everywhere, and is not delivered', async () => {
    const { situation, cards, menu } = await surfaces();
    expect(endpointIn(situation, 'Kiosk').swallowed).toBeGreaterThan(0);
    expect(cards.join('\n')).toMatch(/Kiosk.*test bench|test bench.*Kiosk/);
    expect(menu).toMatch(/test bench/);
  });

  it('the hour without a way out is told with its beginning, its end and what waited, and blamed nobody else', async () => {
    const { situation } = await surfaces();
    const story = situation.outages.find(({ kind }) => kind === 'proxy');
    expect(story?.since).toBeGreaterThanOrEqual(at('07:20'));
    expect(story?.since).toBeLessThan(at('07:40'));
    expect(story?.until).toBeGreaterThanOrEqual(at('08:20'));
    expect(story?.until).toBeLessThan(at('08:50'));
    const within = (await Promise.all(names.map(attemptsOf))).flat().filter(({ at: when }) => {
      return when > at('07:40') && when < at('08:20');
    });
    expect(within.filter(({ counts }) => counts)).toEqual([]);
  });

  it('the numbers of the day add up, and are what the receivers saw', async () => {
    const { situation, status } = await surfaces();
    const { taken, delivered, needsAttention, waiting, bench, skipped, toNobody } = situation.today;
    expect(taken).toBe(bookings);
    expect(delivered + needsAttention + waiting + bench + skipped + toNobody).toBe(taken);
    expect(toNobody).toBe(3);
    // Only what came before 06:45 is with everybody who wanted it.
    expect(delivered).toBe(2);
    for (const name of names) {
      const { rows } = await test.call('deliveries.list', {
        filter: { endpointIds: [ids.get(name) as EndpointId], states: ['delivered'] },
        limit: 200,
      });
      const really = accepted.get(name) as Set<string>;
      const toReceiver = rows.filter(({ eventId }) => really.has(eventId));
      expect(toReceiver.length, name).toBe(really.size);
    }
    expect(status).toContain(String(taken));
  });

  it('one that is well got everything, at the first try where there was a way out', async () => {
    const { situation } = await surfaces();
    const reports = endpointIn(situation, 'Reports');
    expect(reports).toMatchObject({ waiting: 0, needsAttention: 0, trouble: null, state: 'active' });
    expect(accepted.get('Reports')?.size).toBe(3);
  });

  it('when the receivers are back, everything arrives, and only then is all well', async () => {
    for (const name of names) takes(name);
    await test.call('bench.release', { id: ids.get('Kiosk') as EndpointId });
    for (let n = 0; n < 4; n += 1) await pass(test, hourMs);
    const { situation } = await surfaces();
    for (const name of ['Bookkeeping', 'Channel manager', 'Housekeeping', 'Guest messages', 'Reports'] as const) {
      expect(endpointIn(situation, name), name).toMatchObject({ waiting: 0, needsAttention: 0, trouble: null });
    }
    expect(accepted.get('Bookkeeping')?.size).toBe(bookings - 3);
  }, 120_000);
});

/** Takes what comes, and remembers which events. */
function takes(name: Name): void {
  receiver(name).answerWith(({ headers }) => {
    accepted.get(name)?.add(String(headers['x-roostsync-event-id']));
    return { status: 200, headers: honestDate() };
  });
}

/** By the property's clock, as a receiver whose own clock is right. */
const honestDate = () => ({ date: new Date(test?.clock.wallMs() ?? morning).toUTCString() });

/** Outcomes that say nothing against the receiver. */
const notItsTrouble: ReadonlySet<string> = new Set(['delivered', 'interrupted', 'offline', 'proxy']);

/** What was tried for an endpoint: when each request began and ended, whether the receiver failed and whether it counts. */
async function attemptsOf(name: Name) {
  const { rows } = await test.call('deliveries.list', {
    filter: { endpointIds: [ids.get(name) as EndpointId] },
    limit: 200,
  });
  const all = await Promise.all(rows.map(({ id }) => test.call('deliveries.get', { id })));
  return all.flatMap(({ attemptsMade }) =>
    attemptsMade.map(({ startedAt, endedAt, counts, outcome }) => ({
      began: startedAt,
      at: endedAt ?? 0,
      counts,
      failed: !notItsTrouble.has(outcome ?? ''),
    })),
  );
}
