/** What Roost Relay says of itself, as events: to whom it goes, how often, and what it says. */
import { describe, expect, it } from 'vitest';
import { allEventTypes, eventTypes } from '../../shared/events.ts';
import { type NoticeData, noticeTypes } from '../../shared/notices.ts';
import { createFakeClock, minuteMs } from '../support/clock.ts';
import { booking, passAttempts } from '../support/deliveries.ts';
import { startTestEngine, type TestEngine } from '../support/engine.ts';
import { temporaryFolder } from '../support/folder.ts';
import { createTestVault } from '../support/ports.ts';
import { type ReceivedRequest, type Receiver, startReceiver } from '../support/receiver.ts';

interface Said {
  readonly event: string;
  readonly data: NoticeData;
}
const saidTo = (receiver: Receiver): Said[] =>
  receiver.requests.filter(isNotice).map(({ text }) => JSON.parse(text) as Said);
const isNotice = ({ headers }: ReceivedRequest) => String(headers['x-roostsync-event']).startsWith('relay.');

/** Looks are a minute apart. */
async function lookUntil(test: TestEngine, receiver: Receiver, n: number): Promise<Said[]> {
  await test.until(
    async () => {
      await test.clock.advance(minuteMs);
      return saidTo(receiver).length;
    },
    (count) => count >= n,
  );
  return saidTo(receiver);
}

describe('notices as events', () => {
  it('go once to those who ask by name, never to the one they are about, and say when it is over', async () => {
    await using broken = await startReceiver();
    await using manager = await startReceiver();
    await using plain = await startReceiver();
    await using test = await startTestEngine();
    broken.answerWith({ status: 404 });
    const { id } = await test.addEndpoint(broken, {
      description: 'Door locks',
      events: ['booking.created', ...noticeTypes],
    });
    await test.addEndpoint(manager, { description: 'Manager', events: [...noticeTypes] });
    const eventId = await booking(test, 'bk_1');
    await passAttempts(test, eventId, 3);
    await test.addEndpoint(plain, { description: 'Books', events: [...eventTypes] });
    const [first] = await lookUntil(test, manager, 1);
    expect(first).toMatchObject({
      event: 'relay.endpoint_failing',
      property_id: 'prop_test',
      data: { said: 'first', tone: 'bad', turn: 'it_helper', endpoint_id: id, endpoint_name: 'Door locks' },
    });
    expect(first?.data.title).toContain('Door locks');
    expect(JSON.stringify(first)).not.toContain(broken.url);
    // It is no event of the property's.
    const { today, lastEventAt } = await test.call('situation.get', {});
    expect(today).toMatchObject({ taken: 1, delivered: 0, waiting: 1 });
    const { rows: own } = await test.call('events.list', { filter: { eventTypes: ['booking.created'] } });
    expect(lastEventAt).toBe(own[0]?.at);

    broken.answerWith({ status: 200 });
    await test.call('endpoints.tryNow', { id });
    const said = await lookUntil(test, manager, 2);
    expect(said.map(({ event }) => event)).toEqual(['relay.endpoint_failing', 'relay.endpoint_recovered']);
    expect(said[1]?.data).toMatchObject({ tone: 'fine', turn: 'nobody', endpoint_name: 'Door locks' });
    // One incident, so that whoever pairs what begins and what ends can.
    expect(said.map(({ data }) => [data.said, data.incident])).toEqual([
      ['first', expect.stringMatching(/^endpoint_failing:/)],
      ['over', said[0]?.data.incident],
    ]);
    expect(saidTo(broken)).toEqual([]);
    expect(saidTo(plain)).toEqual([]);
    // In the log like any event, and one by one to be found.
    const { rows } = await test.call('events.list', { filter: { eventTypes: ['relay.endpoint_failing'] } });
    expect(rows).toMatchObject([{ summary: { item: first?.data.title }, deliveries: { total: 1, delivered: 1 } }]);
  });

  it('are not said a second time of an incident that goes on after its endpoint’s set-up was changed', async () => {
    await using broken = await startReceiver();
    await using manager = await startReceiver();
    await using test = await startTestEngine();
    broken.answerWith({ status: 200, body: 'invalid' });
    const { id } = await test.addEndpoint(broken, {
      kind: 'custom',
      config: { content: 'text', template: '{{ event_id }}', mustNotContain: 'invalid' },
      description: 'Door locks',
      events: ['booking.created'],
    });
    await test.addEndpoint(manager, { events: [...noticeTypes] });
    const events = await Promise.all(['bk_1', 'bk_2', 'bk_3'].map((each) => booking(test, each)));
    for (const eventId of events) await passAttempts(test, eventId, 1);
    const [first] = await lookUntil(test, manager, 1);
    await test.call('endpoints.change', { id, change: { config: { successStatuses: [200, 201] } }, confirmed: true });
    // A look that finds nothing to say of it, until what was changed has failed too.
    await test.clock.advance(minuteMs);
    await passAttempts(test, events[0] ?? '', 3);
    for (let minute = 0; minute < 5; minute += 1) await test.clock.advance(minuteMs);
    broken.answerWith({ status: 200 });
    await test.call('endpoints.tryNow', { id });
    const said = await lookUntil(test, manager, 2);
    expect(said.map(({ event, data }) => [event, data.said])).toEqual([
      ['relay.endpoint_failing', 'first'],
      ['relay.endpoint_recovered', 'over'],
    ]);
    expect(first?.data.incident).toMatch(/^endpoint_failing:/);
  });

  it('are not said a second time of the same incident after a restore, and their end is', async () => {
    await using folder = await temporaryFolder();
    await using broken = await startReceiver();
    await using manager = await startReceiver();
    const clock = createFakeClock(Date.now());
    const vault = createTestVault();
    broken.answerWith({ status: 404 });
    const test = await startTestEngine({ dataFolder: folder.path, clock, vault });
    const { id } = await test.addEndpoint(broken, { description: 'Door locks', events: ['booking.created'] });
    await test.addEndpoint(manager, { events: [...noticeTypes].filter((type) => type !== 'relay.restore_waiting') });
    await passAttempts(test, await booking(test, 'bk_1'), 3);
    const job = await test.call('backup.start', { file: null });
    await test.until(
      () => test.call('jobs.get', { id: job.id }),
      ({ state }) => state === 'done',
    );
    // Told after the backup was made: it knows nothing of it.
    const [first] = await lookUntil(test, manager, 1);
    await test.call('backup.restore', { file: null });
    await test.stop();

    await using again = await startTestEngine({ dataFolder: folder.path, clock, vault });
    for (let minute = 0; minute < 5; minute += 1) {
      await clock.advance(minuteMs);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    expect(saidTo(manager).map(({ data }) => [data.said, data.incident])).toEqual([['first', first?.data.incident]]);
    broken.answerWith({ status: 200 });
    await again.call('endpoints.tryNow', { id });
    const said = await lookUntil(again, manager, 2);
    expect(said[1]).toMatchObject({ event: 'relay.endpoint_recovered' });
  });

  it('make no loop where both who hear of each other take nothing', async () => {
    await using one = await startReceiver();
    await using other = await startReceiver();
    await using test = await startTestEngine();
    for (const receiver of [one, other]) {
      receiver.answerWith({ status: 404 });
      await test.addEndpoint(receiver, { events: ['booking.created', ...noticeTypes] });
    }
    await booking(test, 'bk_1');
    // Through five tries of each, and an hour of both failing.
    for (let minute = 0; minute < 120; minute += 1) {
      await test.clock.advance(minuteMs);
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    const { rows } = await test.call('events.list', { filter: { eventTypes: [...noticeTypes] } });
    expect(rows.map(({ event }) => event)).toEqual(['relay.endpoint_failing', 'relay.endpoint_failing']);
  });

  it('wait for the end of quiet hours, and come in the language of the settings', async () => {
    await using broken = await startReceiver();
    await using manager = await startReceiver();
    await using test = await startTestEngine();
    // From now on, and not to this minute: that would be for ever.
    const timeOfDay = (minutes: number) =>
      new Date(test.clock.wallMs() + minutes * minuteMs).toTimeString().slice(0, 5);
    const quietHours = { enabled: true, from: timeOfDay(0), to: timeOfDay(-60) };
    const endless = { language: 'fil' as const, quietHours: { ...quietHours, to: quietHours.from } };
    await expect(test.call('settings.change', { change: { notify: endless } })).rejects.toThrow(
      'quietHours.to: expected another time',
    );
    await test.call('settings.change', { change: { notify: { language: 'fil', quietHours } } });
    broken.answerWith({ status: 404 });
    await test.addEndpoint(broken, { description: 'Door locks', events: ['booking.created'] });
    await test.addEndpoint(manager, { events: ['relay.endpoint_failing'] });
    await passAttempts(test, await booking(test, 'bk_1'), 3);
    for (let minute = 0; minute < 3; minute += 1) await test.clock.advance(minuteMs);
    expect(saidTo(manager)).toEqual([]);
    await test.call('settings.change', {
      change: { notify: { language: 'fil', quietHours: { ...quietHours, enabled: false } } },
    });
    const [said] = await lookUntil(test, manager, 1);
    expect(said?.data.title).toBe('Hindi tinatanggap ng Door locks ang address na ito');
  });

  it('pass whatever rules of bookings an endpoint has', async () => {
    await using broken = await startReceiver();
    await using manager = await startReceiver();
    await using test = await startTestEngine();
    broken.answerWith({ status: 404 });
    await test.addEndpoint(broken, { events: ['booking.created'] });
    const rules = { match: 'all' as const, of: [{ path: 'data.total', is: 'greater' as const, value: 5000 }] };
    const events = ['booking.created' as const, 'relay.endpoint_failing' as const];
    const { id } = await test.addEndpoint(manager, { events, rules });
    await passAttempts(test, await booking(test, 'bk_1'), 3);
    const [said] = await lookUntil(test, manager, 1);
    expect(said?.event).toBe('relay.endpoint_failing');
    expect(manager.requests.filter((request) => !isNotice(request))).toEqual([]);
    // What they would let through is counted of the property's events alone.
    expect((await test.call('endpoints.preview', { id })).passing).toEqual({ looked: 1, passed: 0 });
  });

  it('are tested and shown before in the language of the settings', async () => {
    await using manager = await startReceiver();
    await using test = await startTestEngine();
    const { id } = await test.addEndpoint(manager, { events: ['relay.disk'] });
    const { notify } = await test.call('settings.get', {});
    await test.call('settings.change', { change: { notify: { ...notify, language: 'fil' } } });
    await test.call('endpoints.test', { id });
    const title = 'Malapit nang mapuno ang disk ng PC na ito.';
    expect(saidTo(manager)[0]?.data).toMatchObject({ title, language: 'fil' });
    const chat = await test.call('endpoints.preview', { kind: 'slack', event: 'relay.disk' });
    expect(chat.body).toContain(title);
  });

  it('are not for another Roost Relay, which would refuse them', async () => {
    await using test = await startTestEngine();
    const url = 'https://head-office.example/v1/events';
    const endpoint = { url, kind: 'roost_relay' as const, config: { token: 'rst_1' }, events: [...allEventTypes] };
    const refused = /Another Roost Relay takes no notices such as relay\.endpoint_failing/;
    await expect(test.call('endpoints.add', { endpoint, confirmed: true })).rejects.toThrow(refused);
    const added = await test.call('endpoints.add', { endpoint: { ...endpoint, events: [...eventTypes] } });
    const change = (changed: object) =>
      test.call('endpoints.change', { id: added.endpoint.id, change: changed, confirmed: true });
    await expect(change({ events: ['relay.endpoint_failing'] })).rejects.toThrow(refused);
    await change({ kind: 'webhook', events: ['relay.endpoint_failing'] });
    await expect(change({ kind: 'roost_relay', config: { token: 'rst_1' } })).rejects.toThrow(refused);
    expect((await test.call('endpoints.get', { id: added.endpoint.id })).kind).toBe('webhook');
  });

  it('come from no source, and are no part of "all" that was before', async () => {
    await using manager = await startReceiver();
    await using test = await startTestEngine();
    const answer = await test.post('relay.disk', { title: 'Not ours' });
    expect(answer.status).toBe(400);
    expect(JSON.stringify(answer.body)).toMatch(/event: .*relay\.disk/);
    const { id } = await test.addEndpoint(manager, { events: [...allEventTypes] });
    const test1 = await test.call('endpoints.test', { id, event: 'relay.endpoint_failing' });
    expect(test1.ok).toBe(true);
    const { byType } = await test.call('endpoints.countPast', { id, filter: { again: true } });
    expect(byType.map(({ event }) => event).filter((event) => event.startsWith('relay.'))).toEqual([]);
  });
});
