import { afterAll, expect, it } from 'vitest';
import { z } from 'zod';
import { endpointKinds, kindOf, usualOptionsOf } from '../../shared/endpoint-kinds/index.ts';
import { posted } from '../support/deliveries.ts';
import { startTestEngine } from '../support/engine.ts';
import { startReceiver } from '../support/receiver.ts';

const asItIs = { ...endpointKinds.make };
/** Stands for a kind with secrets: Make's own asks for nothing. */
Object.assign(endpointKinds.make, {
  config: z.strictObject({ tenant: z.string().min(1), token: z.string().min(8), shade: z.string().default('blue') }),
  secrets: ['token'],
});
// Other files of this worker find it as it is.
afterAll(() => {
  Object.assign(endpointKinds.make, { secrets: undefined }, asItIs);
});

it('what a kind asks for is checked, its secrets are sealed, shown masked, and taken out of answers', async () => {
  await using receiver = await startReceiver();
  await using test = await startTestEngine();
  const add = (config: Record<string, unknown>) =>
    test.engine.call(
      'endpoints.add',
      {
        confirmed: true,
        endpoint: { url: receiver.url, caPem: receiver.caPem, events: ['guest.checkin'], kind: 'make', config },
      },
      { account: 'tester', surface: 'window' },
    );
  expect(await add({ tenant: 'a' })).toMatchObject({ ok: false, error: { code: 'bad_input', member: 'config.token' } });
  expect(await add({ tenant: 'a', token: 'topsecret1', colour: 1 })).toMatchObject({
    ok: false,
    error: {
      member: 'config.colour',
    },
  });

  const { id } = await test.addEndpoint(receiver, { kind: 'make', config: { tenant: 'a', token: 'topsecret1' } });
  const shown = await test.call('endpoints.get', { id });
  expect(shown).toMatchObject({
    kind: 'make',
    config: { tenant: 'a', shade: 'blue' },
    kindSecrets: [{ name: 'token', masked: '••••' }],
  });
  expect(JSON.stringify(shown)).not.toContain('topsecret1');

  receiver.answerWith({ status: 401, body: '{"you sent":"topsecret1"}' });
  await posted(test, 'guest.checkin', { booking_id: 'bk_1' });
  await receiver.received(1);
  const { rows } = await test.until(
    () => test.call('deliveries.list', { filter: {} }),
    ({ rows: found }) => (found[0]?.failures ?? 0) > 0,
  );
  const { attemptsMade } = await test.call('deliveries.get', { id: rows[0]?.id ?? ('' as never) });
  expect(attemptsMade[0]?.responseBody).toContain('you sent');
  expect(attemptsMade[0]?.responseBody).not.toContain('topsecret1');

  // What is absent stays, a secret too; null puts back what is usual.
  await test.call('endpoints.change', { id, change: { config: { tenant: 'b', shade: 'red' } } });
  await test.call('endpoints.change', { id, change: { config: { shade: null } } });
  expect(await test.call('endpoints.get', { id })).toMatchObject({
    config: { tenant: 'b', shade: 'blue' },
    kindSecrets: [{ name: 'token' }],
  });
  // Another kind begins with nothing: what goes is said first.
  await expect(test.call('endpoints.change', { id, change: { kind: 'webhook' } })).rejects.toThrow('tenant, token');
  expect(await test.call('endpoints.get', { id })).toMatchObject({ kind: 'make', config: { tenant: 'b' } });
  await test.call('endpoints.change', { id, change: { kind: 'webhook' }, confirmed: true });
  expect(await test.call('endpoints.get', { id })).toMatchObject({ kind: 'webhook', config: {}, kindSecrets: [] });
  expect(JSON.stringify(await test.call('audit.list', {}))).not.toContain('topsecret1');
});

it('an address tells its kind, and a kind its usual limits', async () => {
  expect(kindOf('https://hooks.zapier.com/hooks/catch/1/2')).toBe('zapier');
  expect(kindOf('https://hook.eu1.make.com/abc')).toBe('make');
  expect(kindOf('https://hotel.app.n8n.cloud/webhook/abc')).toBe('n8n');
  expect(kindOf('https://example.com/hook')).toBe('webhook');
  expect(kindOf('no address')).toBe('webhook');
  expect(usualOptionsOf('zapier').limits).toEqual({ inFlight: 5, perSecond: 10 });
});
