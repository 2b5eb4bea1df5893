/** An address that is another kind's than the endpoint's: asked about before it is used. */
import { expect, it } from 'vitest';
import { relayInProcess } from '../support/command-line.ts';
import { startTestEngine } from '../support/engine.ts';

const slack = 'https://hooks.slack.com/services/T0/B0/x1y2z3';
const discord = 'https://discord.com/api/webhooks/1234/abcdef';

it('is refused until a yes, on the command line too, and names the kind that would fit', async () => {
  await using test = await startTestEngine();
  const relay = (...args: string[]) => relayInProcess(test.dataFolder, args);
  const kindOf = async (name: string) =>
    (JSON.parse((await relay('endpoint', 'show', name, '--json')).out) as { kind: string; address: string }).kind;
  expect((await relay('endpoint', 'add', '--url', slack, '--description', 'Desk')).code).toBe(0);

  const moved = await relay('endpoint', 'change', 'Desk', '--url', discord);
  expect(moved.code).toBe(2);
  expect(moved.err).toContain('This address is one of Discord, which cannot take what the kind "slack" sends');
  expect(moved.err).toContain('"discord"');
  expect(moved.err).toContain('--yes');
  const nobodys = await relay('endpoint', 'change', 'Desk', '--url', 'https://example.com/hook');
  expect([nobodys.code, nobodys.err]).toEqual([2, expect.stringContaining('This address is none of Slack')]);

  expect((await relay('endpoint', 'change', 'Desk', '--url', discord, '--kind', 'discord')).code).toBe(0);
  expect(await kindOf('Desk')).toBe('discord');
  expect((await relay('endpoint', 'change', 'Desk', '--url', 'https://example.com/hook', '--yes')).code).toBe(0);
  expect(await kindOf('Desk')).toBe('discord');
});

it('that is in order is taken without a yes, with what is to be known of it', async () => {
  await using test = await startTestEngine();
  const relay = (...args: string[]) => relayInProcess(test.dataFolder, args);
  const added = await relay('endpoint', 'add', '--url', 'https://home.example/api/webhook/hotel');
  expect([added.code, added.err]).toEqual([0, '']);
  expect(added.out).toContain('Home Assistant answers 200 to an id that it does not know');
  const seen = await relay('endpoint', 'preview', '--url', `${discord}/slack`);
  expect(seen.out.replaceAll(/\s+/g, ' ')).toContain('Leave that ending off');
});

it('that is a test address of n8n, at a host of one’s own too, is told as such before it is saved', async () => {
  await using test = await startTestEngine();
  const relay = (...args: string[]) => relayInProcess(test.dataFolder, args);
  const own = 'https://n8n.hotel.example/webhook-test/abc';
  const seen = await relay('endpoint', 'preview', '--url', own);
  const words = seen.out.replaceAll(/\s+/g, ' ');
  expect(words).toContain('Kind n8n');
  expect(words).toContain('This is a test address of n8n');
  const asked = await relay('endpoint', 'add', '--url', own);
  expect([asked.code, asked.err]).toEqual([2, expect.stringContaining('/webhook/ in place of /webhook-test/')]);
  const added = await relay('endpoint', 'add', '--url', own, '--yes', '--json');
  expect(JSON.parse(added.out)).toMatchObject({ kind: 'n8n' });
});

it.each([
  ['outpost', 'https://engine.example/', 'https://engine.example/api/v1/publish', ['token=t']],
  ['svix', 'https://api.svix.com/api/v1/app/', 'https://api.svix.com/api/v1/app/hotel/msg/', ['token=t']],
  [
    'convoy',
    'https://convoy.example/api/v1/projects/p/events',
    'https://convoy.example/api/v1/projects/p/events/fanout',
    ['token=t'],
  ],
  [
    'rabbitmq_http',
    'https://mq.example/api/exchanges/%2F/amq.default',
    'https://mq.example/api/exchanges/%2F/amq.default/publish',
    ['user=u', 'password=p'],
  ],
  ['roost_relay', 'https://head.example:4782/', 'https://head.example:4782/v1/events', ['token=t']],
] as const)(
  'of the kind %s has a path of its own, which is told before it is saved',
  async (kind, wrong, right, set) => {
    await using test = await startTestEngine();
    const relay = (...args: string[]) => relayInProcess(test.dataFolder, args);
    const ofKind = ['--kind', kind, ...set.flatMap((each) => ['--set', each])];
    const told = expect.stringMatching(/takes (?:events|messages)[\s\S]* at an address that ends in /);
    const seen = await relay('endpoint', 'preview', '--url', wrong, '--kind', kind);
    expect(seen.out.replaceAll(/\s+/g, ' ')).toEqual(told);
    const asked = await relay('endpoint', 'add', '--url', wrong, ...ofKind);
    expect([asked.code, asked.err]).toEqual([2, told]);
    expect((await relay('endpoint', 'add', '--url', right, ...ofKind)).err).toBe('');
    expect((await relay('endpoint', 'preview', '--url', right, '--kind', kind)).out).not.toEqual(told);
    // One that there is becomes another kind at the address that it has.
    expect((await relay('endpoint', 'add', '--url', 'https://hotel.example/x', '--description', 'Desk')).err).toBe('');
    const changed = await relay('endpoint', 'change', 'Desk', ...ofKind);
    expect([changed.code, changed.err]).toEqual([2, told]);
    expect((await relay('endpoint', 'change', 'Desk', ...ofKind, '--yes')).code).toBe(0);
  },
);

it('is no question where the receiver sees no difference, or a template of one’s own makes what it takes', async () => {
  await using test = await startTestEngine();
  const relay = (...args: string[]) => relayInProcess(test.dataFolder, args);
  const hook = 'https://hooks.zapier.com/hooks/catch/1/a';
  expect((await relay('endpoint', 'add', '--url', 'https://example.com/hook', '--description', 'Books')).code).toBe(0);
  const moved = await relay('endpoint', 'change', 'Books', '--url', hook);
  expect(moved.err).toBe('');
  expect(moved.out).toContain('It is still sent what the kind "webhook" sends; the address looks like one of Zapier');
  expect(moved.out).toContain('--kind zapier');
  expect((await relay('endpoint', 'add', '--url', slack, '--kind', 'custom')).err).toBe('');
  // By its path it is only guessed.
  const alike = 'https://example.com/api/v1/publish';
  expect((await relay('endpoint', 'add', '--url', alike, '--kind', 'webhook')).err).toBe('');
});
