import { renameSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import BetterSqlite3 from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createVault, headlessDataKey } from '../../electron/engine/engine.ts';
import type { Endpoint } from '../../shared/schemas.ts';
import { type OlderFolder, putOlderFolder } from '../fixtures/older-folder.ts';
import { createFakeClock } from '../support/clock.ts';
import { startTestEngine, type TestEngine } from '../support/engine.ts';
import { temporaryFolder } from '../support/folder.ts';
import { isSignedWith, type Receiver, startReceiver } from '../support/receiver.ts';

let folder: string;
let older: OlderFolder;
let test: TestEngine;
let receiver: Receiver;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'roost-relay-older-'));
  older = putOlderFolder(folder);
  test = await startTestEngine({
    dataFolder: folder,
    vault: createVault(headlessDataKey(folder), false),
    clock: createFakeClock(older.wallMs + 1000),
  });
  receiver = await startReceiver();
  receiver.answerWith(() => ({ headers: { date: new Date(test.clock.wallMs()).toUTCString() } }));
});

afterAll(async () => {
  await test.stop();
  await receiver.stop();
  await rm(folder, { recursive: true, force: true });
});

/** The one without a description is the housekeeping's. */
const named = (endpoints: readonly Endpoint[], name: string): Endpoint => {
  const found = endpoints.find(({ description }) => description === (name === 'housekeeping' ? '' : name));
  if (!found) throw new Error(`no endpoint ${name}`);
  return found;
};

/** What an endpoint is by a person's word. */
const setUp = (endpoint: Endpoint) => ({
  id: endpoint.id,
  name: endpoint.name,
  description: endpoint.description,
  address: endpoint.address,
  events: endpoint.events,
  switch: endpoint.switch,
  headers: endpoint.headers,
  secretTail: endpoint.secretTail,
  unreadable: endpoint.unreadable,
  rotation: endpoint.rotation,
  ca: endpoint.ca,
  limits: endpoint.limits,
  ordered: endpoint.ordered,
  waiting: endpoint.waiting,
  needsAttention: endpoint.needsAttention,
  removedAt: endpoint.removedAt,
});

describe('the data folder of an earlier version', () => {
  it('gives no number of a delivery twice, from what there ever was on', () => {
    const database = new BetterSqlite3(join(folder, 'relay.db'), { readonly: true });
    const one = (sql: string): unknown => database.prepare(sql).pluck().get();
    try {
      expect(one("SELECT sql FROM sqlite_schema WHERE name = 'deliveries'")).toContain('AUTOINCREMENT');
      expect(one('PRAGMA integrity_check')).toBe('ok');
      expect(one("SELECT COUNT(*) FROM sqlite_sequence WHERE name = 'deliveries'")).toBe(1);
      expect(one("SELECT seq FROM sqlite_sequence WHERE name = 'deliveries'")).toBeGreaterThanOrEqual(
        Number(one('SELECT MAX(seq) FROM deliveries')),
      );
    } finally {
      database.close();
    }
  });

  it('opens with every source, refusal and setting', async () => {
    expect(await test.call('settings.get', {})).toMatchObject(older.settings);
    const sources = await test.call('sources.list', { revoked: true });
    for (const { id, name, propertyId, createdAt, revokedAt, lastEventAt } of older.sources) {
      const found = sources.find((source) => source.id === id);
      expect(found).toMatchObject({ name, propertyId, createdAt, revokedAt, lastEventAt });
    }
    expect(await test.call('sources.refusals', {})).toMatchObject(older.refusals);
  });

  it('opens with every endpoint as a person set it up, and what is sealed of it', async () => {
    const endpoints = await test.call('endpoints.list', { removed: true });
    expect(endpoints.map(setUp)).toEqual(older.endpoints.map(setUp));
    for (const { id, url, secret, next, header } of older.secrets) {
      expect(await test.call('endpoints.revealAddress', { id })).toEqual({ url });
      expect(await test.call('endpoints.revealSecret', { id })).toEqual({ secret, next });
      if (header === null) continue;
      expect(await test.call('endpoints.revealHeader', { id, name: 'X-Api-Key' })).toEqual({ value: header });
    }
    expect(older.secrets.filter(({ header }) => header !== null)).toHaveLength(1);
  });

  it('opens with every delivery, its attempts and their bodies', async () => {
    for (const delivery of older.deliveries) {
      const present = await test.call('deliveries.get', { id: delivery.id });
      expect(present).toMatchObject({ id: delivery.id, state: delivery.state, attempts: delivery.attempts });
      expect(present.body).toBe(delivery.body);
      expect(present.attemptsMade).toMatchObject(delivery.attemptsMade);
    }
  });

  it('gives back its own address to an endpoint that was at the test bench', async () => {
    const tried = named(await test.call('endpoints.list', {}), 'tried');
    expect(tried).toMatchObject({ toBench: null, limits: { inFlight: 7, perSecond: 0.5 }, ordered: false });
    expect(tried.ca).toEqual(named(older.endpoints, 'tried').ca);
  });

  it('goes on: what waits goes out in its order, with the secrets that were sealed then', async () => {
    await test.call('settings.change', { change: { proxy: 'none' } });
    // The receivers of then are gone: today's stand at another address and have another authority.
    for (const name of ['bookkeeping', 'kitchen', 'housekeeping']) {
      const { id } = named(older.endpoints, name);
      const change = { url: `${receiver.url}/${name}`, caPem: receiver.caPem };
      await test.call('endpoints.change', { id, change, confirmed: true });
      await test.call(name === 'housekeeping' ? 'endpoints.resume' : 'endpoints.tryNow', { id });
    }
    const waited = older.deliveries.filter(({ state }) => state === 'waiting');
    const requests = await receiver.received(waited.length);
    expect(waited.length).toBe(5);
    for (const { body, eventId, endpointId, id } of waited) {
      const request = requests.find(({ headers }) => headers['x-roostsync-delivery'] === id);
      const { secret, header } = older.secrets.find((each) => each.id === endpointId) ?? {};
      expect(request?.text).toBe(body);
      expect(request?.headers['x-roostsync-event-id']).toBe(eventId);
      expect(request && isSignedWith(request, secret ?? '')).toBe(true);
      expect(request?.headers['x-api-key']).toBe(header ?? undefined);
      const arrived = await test.until(
        () => test.call('deliveries.get', { id }),
        ({ state }) => state === 'delivered',
      );
      expect(arrived.attemptsMade.length).toBeGreaterThan(0);
    }
    const ofBooking = requests.filter(({ path }) => path === '/hooks/bookkeeping');
    expect(ofBooking.map(({ headers }) => headers['x-roostsync-event'])).toEqual([
      'booking.created',
      'booking.cancelled',
    ]);
  });

  it('is restored as a backup of that version, with all that was set up', async () => {
    await using place = await temporaryFolder();
    putOlderFolder(place.path);
    const file = join(place.path, 'older backup.db');
    renameSync(join(place.path, 'relay.db'), file);
    const options = { dataFolder: place.path, clock: createFakeClock(older.wallMs + 1000) };
    const vault = createVault(headlessDataKey(place.path), false);
    const before = await startTestEngine({ ...options, vault });
    expect(await before.call('endpoints.list', {})).toEqual([]);
    await before.call('backup.restore', { file });
    await before.stop();
    await using restored = await startTestEngine({ ...options, vault });
    const endpoints = await restored.call('endpoints.list', { removed: true });
    expect(endpoints.map(setUp)).toEqual(older.endpoints.map(setUp));
  });
});
