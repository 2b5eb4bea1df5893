import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { request } from 'undici';
import { describe, expect, it } from 'vitest';
import { writeSpoolFiles } from '../../electron/engine/intake/spool-file.ts';
import { createIdSource } from '../../electron/engine/store/ids.ts';
import type { Sentence } from '../../shared/domain.ts';
import { renderSentence } from '../../shared/sentences/index.ts';
import { delivered, deliveryOf, passAttempts, posted } from '../support/deliveries.ts';
import { startTestEngine } from '../support/engine.ts';
import { temporaryFolder } from '../support/folder.ts';
import { createTestVault } from '../support/ports.ts';
import { isSignedWith, type Receiver, startReceiver } from '../support/receiver.ts';

const inEnglish = (said: Sentence) => renderSentence(said, 'en', { timeZone: 'UTC' });

/** Every byte that lies in a folder, as text. */
async function everythingIn(folder: string): Promise<string> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name));
  return (await Promise.all(files.map((file) => readFile(file, 'latin1')))).join('\n');
}

describe('what must not lie about', () => {
  it('no secret, token, header value, address path or card number is on the disk, in the log, or in what is shown', async () => {
    await using receiver = await startReceiver();
    receiver.answerWith({ status: 500 });
    await using test = await startTestEngine();
    const ownSecret = 'own-secret-of-sixteen-and-more';
    const { id } = await test.addEndpoint(receiver, {
      url: receiver.url.replace('/hooks', '/services/T0000/PATHSECRET?key=QUERYSECRET'),
      secret: ownSecret,
      headers: [
        { name: 'Authorization', value: 'Bearer HEADERSECRET' },
        { name: 'X-Tenant', value: 'TENANTSECRET' },
      ],
    });
    const access = await test.call('sources.add', { name: 'Another PMS' });
    const { secret: nextSecret } = await test.call('endpoints.rotate', { id });
    const event = await posted(test, 'payment.received', {
      booking_id: 'bk_1',
      payment_id: 'pay_1',
      card_number: '4111 1111 1111 1111',
      cvv: '987',
    });
    const delivery = await passAttempts(test, event, 1);
    await test.call('endpoints.test', { id });
    await request(access.secretUrl, { method: 'POST', body: '{"event":"guest.checkin","data":{"booking_id":"bk_2"}}' });
    const shown = JSON.stringify([
      delivery,
      await test.call('endpoints.list', {}),
      await test.call('situation.get', {}),
      await test.call('audit.list', {}),
      await test.call('sources.list', {}),
    ]);
    const kept = await everythingIn(test.dataFolder);
    const path = access.secretUrl.split('/').at(-1) ?? '';
    for (const [what, text] of [
      ['shown', shown],
      ['on the disk', kept],
      ['in the log', test.log.lines.join('\n')],
    ] as const) {
      for (const secret of [
        ...[ownSecret, nextSecret, 'HEADERSECRET', 'TENANTSECRET', 'PATHSECRET', 'QUERYSECRET'],
        ...[access.token, test.token, path, '4111 1111 1111 1111', '4111111111111111', '"987"'],
      ]) {
        expect(text.includes(secret), `${secret} is ${what}`).toBe(false);
      }
    }
    // And yet the receiver got them.
    expect(receiver.requests[0]?.headers).toMatchObject({
      authorization: 'Bearer HEADERSECRET',
      'x-tenant': 'TENANTSECRET',
    });
    expect(receiver.requests[0]?.path).toBe('/services/T0000/PATHSECRET?key=QUERYSECRET');
  });

  it('every act is on the record: who, where, what, and nothing that is secret', async () => {
    await using receiver = await startReceiver();
    await using test = await startTestEngine();
    const { id } = await test.addEndpoint(receiver);
    const event = await posted(test, 'booking.created', { booking_id: 'bk_1' });
    const { id: delivery } = await deliveryOf(test, event, delivered);
    await test.call('endpoints.change', { id, change: { description: 'Make' } });
    await test.call('endpoints.pause', { id });
    await test.call('endpoints.resume', { id });
    await test.call('endpoints.test', { id });
    await test.call('endpoints.rotate', { id });
    await test.call('endpoints.cancelRotation', { id });
    await test.call('endpoints.revealSecret', { id });
    await test.call('deliveries.resend', { id: delivery });
    await test.call('settings.change', { change: { retentionDays: 30 } });
    await test.call('endpoints.remove', { id });
    await test.call('endpoints.restore', { id });
    const { rows } = await test.call('audit.list', {});
    expect(rows.every(({ account, surface }) => account === 'tester' && surface === 'window')).toBe(true);
    expect(rows.map(({ act }) => act)).toEqual([
      'endpoints.restore',
      'endpoints.remove',
      'settings.change',
      'deliveries.resend',
      'endpoints.revealSecret',
      'endpoints.cancelRotation',
      'endpoints.rotate',
      'endpoints.test',
      'endpoints.resume',
      'endpoints.pause',
      'endpoints.change',
      'endpoints.enable',
      'endpoints.add',
      'sources.add',
    ]);
    expect(rows.find(({ act }) => act === 'endpoints.enable')?.detail).toMatchObject({ override: true });
  });
});

describe('secrets that cannot be read', () => {
  it('deliveries wait, nothing is overwritten, and go out once the secret is there again', async () => {
    await using folder = await temporaryFolder();
    await using receiver: Receiver = await startReceiver();
    receiver.answerWith({ status: 500 });
    const vault = createTestVault();
    const options = { dataFolder: folder.path };
    const first = await startTestEngine({ ...options, vault });
    const { id, secret } = await first.addEndpoint(receiver);
    const event = await posted(first, 'booking.created', { booking_id: 'bk_1' });
    await passAttempts(first, event, 1);
    const clock = first.clock;
    await first.stop();

    const locked = await startTestEngine({ ...options, clock, vault: createTestVault() });
    receiver.answerWith({ status: 200 });
    receiver.clear();
    await clock.advance(120_000);
    const view = await locked.call('endpoints.get', { id });
    expect(view.unreadable).toEqual(['address', 'secret']);
    expect((await locked.call('situation.get', {})).vault.unreadable).toBe(1);
    expect(await deliveryOf(locked, event)).toMatchObject({ state: 'waiting', attempts: 1 });
    await expect(locked.call('endpoints.enable', { id })).resolves.toBeDefined();
    await expect(locked.call('endpoints.test', { id })).rejects.toThrow(/cannot be decrypted/);
    expect(receiver.requests).toHaveLength(0);
    await locked.stop();

    await using again = await startTestEngine({ ...options, clock, vault });
    await clock.advance(0);
    await deliveryOf(again, event, delivered);
    expect((await again.call('endpoints.revealSecret', { id })).secret).toBe(secret);
  });

  it('what is lost with its key is entered again in one act: address, secret and headers, and nothing less', async () => {
    await using folder = await temporaryFolder();
    await using receiver: Receiver = await startReceiver();
    receiver.answerWith({ status: 500 });
    const options = { dataFolder: folder.path };
    const first = await startTestEngine({ ...options, vault: createTestVault() });
    const { id } = await first.addEndpoint(receiver);
    const headers = [{ name: 'X-Key', value: 'k-1' }];
    await first.call('endpoints.change', { id, change: { headers } });
    const event = await posted(first, 'booking.created', { booking_id: 'bk_1' });
    await passAttempts(first, event, 1);
    const clock = first.clock;
    await first.stop();

    await using lost = await startTestEngine({ ...options, clock, vault: createTestVault() });
    receiver.answerWith({ status: 200 });
    receiver.clear();
    expect((await lost.call('endpoints.get', { id })).unreadable).toEqual(['address', 'secret', 'headers']);
    const whole = { url: receiver.url, secret: 'a secret of 16+ signs'.replaceAll(' ', '_'), headers };
    for (const member of ['url', 'secret', 'headers'] as const) {
      const { [member]: _left, ...entered } = whole;
      await expect(lost.call('endpoints.enterAgain', { id, entered })).rejects.toThrow(/cannot be read any more/);
    }
    expect((await lost.call('endpoints.get', { id })).unreadable).toHaveLength(3);
    const view = await lost.call('endpoints.enterAgain', { id, entered: whole });
    expect([view.unreadable, view.state]).toEqual([[], 'degraded']);
    await clock.advance(120_000);
    await deliveryOf(lost, event, delivered);
    const [request] = receiver.requests;
    expect(request && isSignedWith(request, whole.secret)).toBe(true);
    expect(request?.headers['x-key']).toBe('k-1');
    const [act] = (await lost.call('audit.list', {})).rows;
    expect([act?.act, JSON.stringify(act)]).toEqual(['endpoints.enterAgain', expect.not.stringContaining('k-1')]);
  });
});

describe('events that were emitted while nothing ran', () => {
  it('that nobody can take are set aside with the reason, and the doctor says what to do', async () => {
    await using folder = await temporaryFolder();
    const ids = createIdSource();
    const at = Date.now();
    const good = ids.event(at);
    const bad = ids.event(at + 1);
    await writeSpoolFiles(folder.path, [{ id: good, spooledAtMs: at, text: '{"event":"guest.checkin","data":{}}' }]);
    await writeSpoolFiles(folder.path, [{ id: bad, spooledAtMs: at, text: '{"event":"guest.checkin","data":7}' }]);
    await writeFile(join(folder.path, 'spool', 'a note of somebody.txt'), 'not ours');
    await using test = await startTestEngine({ dataFolder: folder.path });
    expect((await test.call('events.list', {})).rows.map(({ id }) => id)).toEqual([good]);
    const check = (await test.call('doctor.run', {})).find(({ name }) => name.key === 'doctor.spool');
    expect(check).toMatchObject({ state: 'problem' });
    expect(check?.says.map(inEnglish).join()).toContain('1 could not be taken in');
    expect(check?.nextStep?.params.folder).toContain('spool');
  });
});
