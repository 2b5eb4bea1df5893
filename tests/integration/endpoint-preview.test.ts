import { expect, it } from 'vitest';
import type { EventId } from '../../shared/domain.ts';
import { presets } from '../../shared/endpoint-kinds/presets.ts';
import { eventTypes } from '../../shared/events.ts';
import type { Preview } from '../../shared/schemas.ts';
import { relayInProcess } from '../support/command-line.ts';
import { delivered, deliveryOf, posted } from '../support/deliveries.ts';
import { startTestEngine } from '../support/engine.ts';
import { startReceiver } from '../support/receiver.ts';

it('a preview is what goes out then, says where a template is wrong, and how many events pass', async () => {
  await using receiver = await startReceiver();
  await using test = await startTestEngine();
  // Before anything has come a sample is shown.
  const sample = await test.call('endpoints.preview', { url: 'https://hooks.zapier.com/hooks/catch/1/2' });
  expect(sample).toMatchObject({ kind: 'zapier', contentType: 'application/json', of: { id: null }, problem: null });

  const template = '{"who": "{{ data.guest_name }}", "total": {{ data.total | json }}}';
  const config = { template, signatureHeader: 'X-Hub-Signature-256' };
  const { id } = await test.addEndpoint(receiver, { kind: 'custom', config });
  const event = (await posted(test, 'booking.created', { booking_id: 'b', guest_name: 'Zoë', total: 10 })) as EventId;
  await posted(test, 'booking.created', { booking_id: 'c', guest_name: 'Al', total: 99 });
  const rules = { match: 'all' as const, of: [{ path: 'data.total', is: 'greater' as const, value: 50 }] };
  const shown = await test.call('endpoints.preview', { id, eventId: event, rules });
  const { body, attemptsMade } = await deliveryOf(test, event, delivered, id);
  expect(shown).toMatchObject({ kind: 'custom', body, of: { id: event }, passing: { looked: 2, passed: 1 } });
  expect(shown.sizeBytes).toBe(Buffer.byteLength(body));
  const sent = attemptsMade[0]?.requestHeaders.map(([name]) => name) ?? [];
  expect(new Set(shown.headers)).toEqual(new Set(sent.filter((name) => name !== 'Host' && name !== 'Content-Length')));

  // Nothing of it is kept: the endpoint is as it was.
  const wrong = await test.call('endpoints.preview', {
    id,
    config: { template: '{\n "x": {{ data.total | nope }}\n}' },
  });
  expect(wrong).toMatchObject({ body: null, problem: { line: 2, says: { key: 'shape.no_such_filter' } } });
  expect(await test.call('endpoints.get', { id })).toMatchObject({ config: { template } });
});

it('a mail is previewed with its subject, of the last event of a type, and tells which template is wrong', async () => {
  await using test = await startTestEngine();
  await posted(test, 'booking.created', { booking_id: 'b', guest_name: 'Zoë' });
  const event = await posted(test, 'guest.checkin', { booking_id: 'b', guest_name: 'Al', room: { floor: 3 } });
  await posted(test, 'booking.created', { booking_id: 'c', guest_name: 'Bea' });
  const config = { from: 'a@hotel.example', to: 'b@hotel.example' };
  const mail = await test.call('endpoints.preview', { kind: 'mail', config, lastOf: 'guest.checkin' });
  expect(mail).toMatchObject({ of: { id: event }, subject: 'Checked in: Al', problem: null });
  expect(mail.headers.slice(0, 6)).toEqual(['From', 'To', 'Subject', 'Date', 'Message-ID', 'X-RoostSync-Event']);
  expect(mail.headers.filter((name) => /signature|user-agent|accept/i.test(name))).toEqual([]);
  expect(await test.call('endpoints.preview', { kind: 'mail', config, lastOf: 'order.created' })).toMatchObject({
    of: { event: 'order.created', id: null },
  });
  const wrong = await test.call('endpoints.preview', {
    kind: 'mail',
    config: { ...config, subject: '{{ x | nope }}' },
  });
  expect(wrong).toMatchObject({ body: null, subject: null, problem: { member: 'subject', line: 1 } });

  // For whoever writes a rule: members of the newest events, and of the sample where there are none.
  const members = await test.call('endpoints.members', { events: ['guest.checkin'] });
  expect(members).toContainEqual({ path: 'data.room.floor', example: '3' });
  const ofOrders = await test.call('endpoints.members', { events: ['order.created'] });
  expect(ofOrders.map(({ path }) => path)).toContain('data.items.0.quantity');
});

it('every preset makes a body of every sample', async () => {
  await using test = await startTestEngine();
  for (const { content, template } of Object.values(presets)) {
    for (const event of eventTypes) {
      const { problem } = await test.call('endpoints.preview', {
        kind: 'custom',
        config: { content, template },
        event,
      });
      expect({ content, event, problem }).toEqual({ content, event, problem: null });
    }
  }
});

it('unless one is chosen it is made of the newest event that the endpoint would get', async () => {
  await using receiver = await startReceiver();
  await using test = await startTestEngine();
  const rules = { match: 'all' as const, of: [{ path: 'data.total', is: 'greater' as const, value: 50 }] };
  const { id } = await test.addEndpoint(receiver, { events: ['booking.created'], rules });
  const preview = async () =>
    JSON.parse((await relayInProcess(test.dataFolder, ['endpoint', 'preview', id, '--json'])).out) as Preview;
  // None would pass: the sample of its own type.
  await posted(test, 'guest.checkin', { booking_id: 'a' });
  expect((await preview()).of).toMatchObject({ event: 'booking.created', id: null });
  const passes = await posted(test, 'booking.created', { booking_id: 'b', total: 99 });
  await posted(test, 'booking.created', { booking_id: 'c', total: 10 });
  await posted(test, 'guest.checkin', { booking_id: 'b' });
  expect((await preview()).of).toMatchObject({ event: 'booking.created', id: passes });
});
