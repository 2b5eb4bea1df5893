import BetterSqlite3 from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { databaseFile } from '../../electron/engine/store/connection.ts';
import { endpointOptions, optionsChange, readOptions, usualOptions } from '../../shared/endpoint-kinds/options.ts';
import { webhook } from '../../shared/endpoint-kinds/webhook.ts';
import { startTestEngine } from '../support/engine.ts';
import { temporaryFolder } from '../support/folder.ts';
import { createTestVault } from '../support/ports.ts';
import { startReceiver } from '../support/receiver.ts';

describe('an endpoint’s options', () => {
  it('are at their defaults where nothing is stored, and nothing is said of it', () => {
    expect(readOptions(webhook, {})).toEqual({ options: usualOptions, fellBack: [] });
    expect(usualOptions).toEqual({
      limits: { inFlight: 5, perSecond: 10 },
      ordered: true,
      holdOlderThanHours: null,
      rules: null,
      caPem: null,
    });
  });

  it.each([
    [{ ordered: 'yes' }, ['ordered']],
    [{ limits: { inFlight: 3 } }, ['limits']],
    [{ limits: { inFlight: 3, perSecond: 0 } }, ['limits']],
    [{ limits: 7, ordered: null, caPem: 1 }, ['limits', 'ordered', 'caPem']],
    [{ holdOlderThanHours: '6 h' }, ['holdOlderThanHours']],
    [[], ['limits', 'ordered', 'holdOlderThanHours', 'rules', 'caPem']],
    [null, ['limits', 'ordered', 'holdOlderThanHours', 'rules', 'caPem']],
  ])('of another shape (%j) fall back each by itself, and are named', (stored, fellBack) => {
    expect(readOptions(webhook, stored)).toEqual({ options: usualOptions, fellBack });
    const limits = { inFlight: 3, perSecond: 2 };
    if (Array.isArray(stored) || stored === null || 'limits' in stored) return;
    expect(readOptions(webhook, { ...stored, limits }).options).toEqual({ ...usualOptions, limits });
  });

  it('are obeyed as stored where only the range is another version’s', () => {
    const limits = { inFlight: 500, perSecond: 0.01 };
    expect(readOptions(webhook, { limits })).toMatchObject({ options: { limits }, fellBack: [] });
    expect(endpointOptions.safeParse({ limits }).success).toBe(false);
  });

  it('that a change does not name stay as they are', () => {
    expect(optionsChange.parse({ ordered: false })).toEqual({ ordered: false });
  });

  it('that another version wrote cost no start and no delivery, are named in the log, and stay through a change', async () => {
    await using folder = await temporaryFolder();
    await using receiver = await startReceiver();
    const vault = createTestVault();
    const before = await startTestEngine({ dataFolder: folder.path, vault });
    const { id } = await before.addEndpoint(receiver, { limits: { inFlight: 9, perSecond: 90 }, ordered: false });
    await before.stop();
    const stored = (write?: string): unknown => {
      const database = new BetterSqlite3(databaseFile(folder.path));
      if (write !== undefined) database.prepare("UPDATE endpoints SET kind = 'hologram', options = ?").run(write);
      const text = database.prepare<[], string>('SELECT options FROM endpoints').pluck().get() ?? '';
      database.close();
      return JSON.parse(text);
    };
    const written = stored() as object;
    stored(JSON.stringify({ ...written, ordered: 'by guest', limits: { perMinute: 60 }, quiet: { from: '22:00' } }));

    await using test = await startTestEngine({ dataFolder: folder.path, vault });
    expect(await test.call('endpoints.get', { id })).toMatchObject({
      limits: usualOptions.limits,
      ordered: true,
      ca: { subject: expect.any(String) },
    });
    const checks = await test.call('doctor.run', {});
    expect(checks.flatMap(({ says }) => says)).toContainEqual({
      key: 'doctor.endpoint.at_default',
      params: { names: 'limits, ordered' },
    });
    expect(checks.map(({ nextStep }) => nextStep?.key)).toContain('doctor.endpoint.unknown_kind_step');
    const warned = test.log.lines.filter((line) => line.startsWith('warn') && line.includes(id));
    expect(warned).toEqual([expect.stringContaining('["kind","limits","ordered"]')]);
    const { body } = await test.post('booking.created', { booking_id: 'bk_1' });
    const [request] = await receiver.received(1);
    expect(request?.headers['x-roostsync-event-id']).toBe(body.id);
    const { rows } = await test.call('deliveries.list', {});
    expect(rows).toMatchObject([{ eventId: body.id }]);

    await test.call('endpoints.change', { id, change: { ordered: false } });
    expect(stored()).toMatchObject({ ordered: false, limits: { perMinute: 60 }, quiet: { from: '22:00' } });
    expect((await test.call('endpoints.get', { id })).ordered).toBe(false);
  });

  it('that two people change at once are both changed', async () => {
    await using receiver = await startReceiver();
    await using test = await startTestEngine();
    const { id } = await test.addEndpoint(receiver);
    const limits = { inFlight: 7, perSecond: 70 };
    await Promise.all([
      test.call('endpoints.change', { id, change: { limits } }),
      test.call('endpoints.change', { id, change: { ordered: false } }),
    ]);
    expect(await test.call('endpoints.get', { id })).toMatchObject({ limits, ordered: false });
  });

  it('say why a delivery waits: behind another of its booking only where the order is kept', async () => {
    await using receiver = await startReceiver();
    receiver.answerWith({ does: 'hang' });
    await using test = await startTestEngine();
    const limits = { inFlight: 1, perSecond: 1000 };
    const kept = await test.addEndpoint(receiver, { limits });
    const free = await test.addEndpoint(receiver, { limits, url: `${receiver.url}/free`, ordered: false });
    await test.post('booking.created', { booking_id: 'bk_1' });
    await receiver.received(2);
    await test.post('booking.updated', { booking_id: 'bk_1' });
    const { rows } = await test.call('deliveries.list', { filter: { eventTypes: ['booking.updated'] } });
    const reasons = new Map(rows.map(({ endpointId, reason }) => [endpointId, reason]));
    expect(reasons.get(kept.id)).toBe('order');
    expect(reasons.get(free.id)).not.toBe('order');
  });
});
