/** Templates of an operator's own that make what their chat service would refuse: told before, and of what it did refuse. */
import { expect, it } from 'vitest';
import { chatPresets } from '../../shared/endpoint-kinds/chat-presets.ts';
import { remedyOfDelivery } from '../../shared/remedies.ts';
import { inEnglish } from '../../shared/sentences/in-english.ts';
import { discordService, teamsService } from '../support/chat-services.ts';
import { relayInProcess } from '../support/command-line.ts';
import { afterAttempts, delivered, deliveryOf, posted } from '../support/deliveries.ts';
import { startTestEngine } from '../support/engine.ts';
import { startReceiver } from '../support/receiver.ts';

const slack = 'https://hooks.slack.com/services/T0/B0/x1y2z3';
const discord = 'https://discord.com/api/webhooks/1234/abcdef';

it('what no message can be taken of is told at the look, and not saved, not even with a yes', async () => {
  await using test = await startTestEngine();
  const relay = (...args: string[]) => relayInProcess(test.dataFolder, args);
  const wrong = ['--url', slack, '--set', 'template={"message": "{{ message.line }}"}'];
  const seen = await relay('endpoint', 'preview', ...wrong);
  expect(seen.code).toBe(2);
  expect(seen.out.replaceAll(/\s+/g, ' ')).toContain(
    'its service would not take this: Expected one of text, blocks, attachments, with something in it; got "message".',
  );
  const refused = await relay('endpoint', 'add', ...wrong, '--yes');
  expect(refused.code).toBe(2);
  expect(refused.err).toContain('--set template: Slack can take no message of this template. Expected one of text');
  const empty = ['--url', slack, '--set', 'template={"blocks": [{}]}'];
  expect((await relay('endpoint', 'preview', ...empty)).out.replaceAll(/\s+/g, ' ')).toContain(
    'its service would not take this: Expected blocks[0].type, with something in it; got "{}".',
  );
  expect((await relay('endpoint', 'add', ...empty, '--yes')).err).toContain(
    'Slack can take no message of this template',
  );
  expect(await test.call('endpoints.list', { removed: true })).toEqual([]);

  expect((await relay('endpoint', 'add', '--url', slack, '--description', 'Desk')).code).toBe(0);
  const changed = await relay('endpoint', 'change', 'Desk', '--set', 'template={"message": "{{ message.line }}"}');
  expect([changed.code, changed.err]).toEqual([2, expect.stringContaining('Slack can take no message')]);
  const right = await relay('endpoint', 'change', 'Desk', '--set', 'template={"text": "{{ message.line }}"}');
  expect([right.code, right.err]).toEqual([0, '']);
});

it('what some event would be too long for is asked about, of the types that it gets alone', async () => {
  await using test = await startTestEngine();
  const relay = (...args: string[]) => relayInProcess(test.dataFolder, args);
  const long = '{% if event == "order.created" %}{% for i in (1..2001) %}x{% endfor %}{% endif %}';
  const template = `template={"content": "a ${long}"}`;
  const add = ['endpoint', 'add', '--url', discord, '--set', template];
  const asked = await relay(...add);
  expect(asked.code).toBe(2);
  expect(asked.err).toContain('Discord would refuse what this template makes of the sample of order.created.');
  expect(asked.err).toContain('content has 2003 characters; expected at most 2000.');
  expect(asked.err).toContain('--yes');
  expect((await relay(...add, '--events', 'booking.*')).err).toBe('');
  expect((await relay(...add, '--yes', '--description', 'All')).code).toBe(0);
  const open = [
    ...add.slice(0, 4),
    '--set',
    'template={"chat_id": "-1", "text": "<b>{{ event }}", "parse_mode": "HTML"}',
  ];
  open[3] = 'https://api.telegram.org/bot123456:abcdefghijklmnopqrstuvwxyz0123456789';
  expect((await relay(...open)).err).toContain('text: expected </b> for its <b>, which is not closed.');
  // A member that only events of a certain kind bring may be there then.
  const some = await relay('endpoint', 'change', 'All', '--set', 'template={"content": "{{ data.own_words }}"}');
  expect([some.code, some.err]).toEqual([2, expect.stringContaining('what this template makes of any sample event')]);
});

it('an event that is longer than the sample is explained once it was refused, with what to do', async () => {
  await using receiver = await startReceiver();
  await using test = await startTestEngine();
  receiver.answerWith(discordService(() => test.clock.wallMs()));
  const url = `${new URL(receiver.url).origin}/api/webhooks/1/a`;
  const template = '{"content": "{{ data.notes }} "}';
  const limits = { inFlight: 1, perSecond: 100 };
  const { id } = await test.addEndpoint(receiver, { url, kind: 'discord', config: { template }, limits });
  await posted(test, 'booking.created', { booking_id: 'a', notes: 'short' });
  const event = await posted(test, 'booking.created', { booking_id: 'b', notes: 'x'.repeat(2431) });
  const shown = await test.call('endpoints.preview', { id, eventId: event as never });
  const refused = await deliveryOf(test, event, afterAttempts(1), id);
  expect(refused).toMatchObject({ outcome: 'event_refused', sentence: { key: 'outcome.message_unfit' } });
  expect(refused.sentence && inEnglish(refused.sentence)).toMatch(
    /refused this message\. content has 2432 characters; expected at most 2000\.$/,
  );
  expect(shown.refused && inEnglish(shown.refused)).toBe('content has 2432 characters; expected at most 2000.');
  const endpoint = await test.call('endpoints.get', { id });
  expect(remedyOfDelivery(refused, endpoint)).toMatchObject({ name: 'message', act: 'change_set_up' });

  const shortened = '{"content": "{{ data.notes | truncate: 500 }} "}';
  await test.call('endpoints.change', { id, change: { config: { template: shortened } }, confirmed: true });
  await test.call('deliveries.resend', { id: refused.id });
  await deliveryOf(test, event, delivered, id);
});

it('Teams says of a message that is too large no more than a number, in an answer of 200: its size is told', async () => {
  await using receiver = await startReceiver();
  await using test = await startTestEngine();
  receiver.answerWith(teamsService(() => test.clock.wallMs()));
  const url = `${new URL(receiver.url).origin}/webhookb2/x`;
  const template = chatPresets.teams.replace('message.details | truncate: 3000', 'data.notes');
  const { id } = await test.addEndpoint(receiver, { url, kind: 'teams', config: { template } });
  const event = await posted(test, 'booking.created', { booking_id: 'a', notes: 'x'.repeat(29_000) });
  const refused = await deliveryOf(test, event, afterAttempts(1), id);
  expect(refused).toMatchObject({ outcome: 'event_refused', status: 200 });
  expect(refused.sentence && inEnglish(refused.sentence)).toMatch(/message\. It has 30 kB; expected at most 28 kB\.$/);
});
