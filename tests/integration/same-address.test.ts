/** An address that is there twice, or only for a test, is said before it is there, whichever way it would come to be. */
import { describe, expect, it } from 'vitest';
import { addressKey } from '../../electron/engine/endpoints/endpoint-address.ts';
import { startTestEngine } from '../support/engine.ts';

const actor = { account: 'tester', surface: 'window' } as const;
const url = 'https://hooks.example.com/in/a~b?key=1';
const draft = (address: string) => ({ url: address, events: ['booking.created' as const], description: 'Books' });
const refused = { ok: false, error: { code: 'not_confirmed', member: 'url', says: { params: { name: 'Books' } } } };

describe('an address that another endpoint has', () => {
  it('is asked about when an endpoint is added, changed or brought back, and can be confirmed', async () => {
    await using test = await startTestEngine();
    const { endpoint } = await test.call('endpoints.add', { endpoint: draft(url) });
    const again = { endpoint: draft('https://HOOKS.example.com.:443/in/a%7eb?key=1#top') };
    expect(await test.engine.call('endpoints.add', again, actor)).toMatchObject(refused);
    expect(await test.call('endpoints.list', {})).toHaveLength(1);
    const { endpoint: other } = await test.call('endpoints.add', { endpoint: draft('https://other.example.com/') });
    const change = { id: other.id, change: { url } };
    expect(await test.engine.call('endpoints.change', change, actor)).toMatchObject(refused);
    expect((await test.call('endpoints.get', { id: other.id })).host).toBe('other.example.com');
    // Its own address is nobody else's, and what has gone is not there.
    await test.call('endpoints.change', { id: endpoint.id, change: { url } });
    await test.call('endpoints.remove', { id: endpoint.id });
    await test.call('endpoints.change', change);
    expect(await test.engine.call('endpoints.restore', { id: endpoint.id }, actor)).toMatchObject(refused);
    await test.call('endpoints.restore', { id: endpoint.id, confirmed: true });
    await test.call('endpoints.add', { ...again, confirmed: true });
    expect(await test.call('endpoints.list', {})).toHaveLength(3);
  });

  it('is its own while it points at the test bench, too', async () => {
    await using test = await startTestEngine();
    const { endpoint } = await test.call('endpoints.add', { endpoint: draft(url) });
    await test.call('bench.point', { id: endpoint.id });
    expect(await test.engine.call('endpoints.add', { endpoint: draft(url) }, actor)).toMatchObject(refused);
  });
});

describe('an address that listens only while somebody tries it out', () => {
  it('is asked about when an endpoint is added or changed, and can be confirmed', async () => {
    await using test = await startTestEngine();
    const n8n = 'https://n8n.example.com/webhook-test/5f1c/events';
    const says = { code: 'not_confirmed', member: 'url', says: { key: 'problem.test_address' } };
    const asked = { ok: false, error: says };
    expect(await test.engine.call('endpoints.add', { endpoint: draft(n8n) }, actor)).toMatchObject(asked);
    const { endpoint } = await test.call('endpoints.add', {
      endpoint: draft('https://n8n.example.com/webhook/5f1c/events'),
    });
    const change = { id: endpoint.id, change: { url: n8n } };
    expect(await test.engine.call('endpoints.change', change, actor)).toMatchObject(asked);
    await test.call('endpoints.change', { ...change, confirmed: true });
    // A person has said yes to it: what else is changed asks nothing more.
    await test.call('endpoints.change', { id: endpoint.id, change: { url: n8n, description: 'Trial' } });
  });
});

describe('two addresses are the same', () => {
  it.each([
    ['https://a.example/x', 'https://A.EXAMPLE:443/x#y', true],
    ['https://a.example/%41', 'https://a.example/A', true],
    ['https://a.example/%2f', 'https://a.example/%2F', true],
    ['https://a.example/%2f', 'https://a.example//', false],
    ['https://a.example/x', 'https://a.example/X', false],
    ['https://a.example/?a=1', 'https://a.example/?a=2', false],
    ['https://a.example/', 'https://a.example:8443/', false],
  ])('%s and %s: %s', (one, other, same) => {
    expect(addressKey(one) === addressKey(other)).toBe(same);
  });
});
