import { X509Certificate } from 'node:crypto';
import { request as httpsRequest } from 'node:https';
import { describe, expect, test } from 'vitest';
import { allowList } from '../../electron/engine/store/allow-list.ts';
import { freePort } from '../support/engine-process.ts';
import { operator, startIntake, type TestIntake } from '../support/intake.ts';

const event = '{"event":"booking.created","data":{"booking_id":"bk_1"}}';

async function withLan(lan: { allow: string[]; tls: boolean }): Promise<TestIntake & { port: number }> {
  const port = await freePort();
  const relay = await startIntake({ settings: { lan: { enabled: true, host: '127.0.0.1', port, ...lan } } });
  return Object.assign(relay, { port });
}

const post = (url: string, token: string | null, host = '127.0.0.1') =>
  fetch(url, {
    method: 'POST',
    body: event,
    headers: {
      'content-type': 'application/json',
      host,
      ...(token === null ? {} : { authorization: `Bearer ${token}` }),
    },
  });

describe('the listener for the local network', () => {
  test('is not there unless it was switched on', async () => {
    await using relay = await startIntake();
    expect(relay.intake.lan).toBeNull();
  });

  test('takes events over HTTPS with a certificate that the app made, whose fingerprint it shows', async () => {
    await using relay = await withLan({ allow: ['127.0.0.0/8'], tls: true });
    const { token } = await relay.addSource();
    const lan = relay.intake.lan;
    expect(lan?.address).toBe(`https://127.0.0.1:${relay.port}`);
    const seen = await new Promise<{ status: number; fingerprint: string; certificate: string }>((resolve, reject) => {
      const sent = httpsRequest(
        `${lan?.address}/v1/events`,
        // As a PMS does that was given the fingerprint: it looks at that and at nothing else.
        {
          method: 'POST',
          rejectUnauthorized: false,
          headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        },
        (answer) => {
          const peer = (answer.socket as import('node:tls').TLSSocket).getPeerCertificate();
          answer.resume();
          answer.on('end', () =>
            resolve({
              status: answer.statusCode ?? 0,
              fingerprint: peer.fingerprint256,
              certificate: peer.raw.toString('base64'),
            }),
          );
        },
      );
      sent.on('error', reject);
      sent.end(event);
    });
    expect([seen.status, seen.fingerprint]).toEqual([202, lan?.fingerprint]);
    const certificate = new X509Certificate(Buffer.from(seen.certificate, 'base64'));
    expect(certificate.checkIP('127.0.0.1')).toBe('127.0.0.1');
    expect(new X509Certificate(lan?.certificate ?? '').fingerprint256).toBe(seen.fingerprint);
  });

  test('keeps its certificate when it is switched off and on, and the key is not readable in the store', async () => {
    await using relay = await withLan({ allow: ['127.0.0.1'], tls: true });
    const before = relay.intake.lan?.fingerprint;
    const lan = relay.context.settings.current().lan;
    await relay.context.settings.change({ lan: { ...lan, enabled: false } }, operator);
    await expect.poll(() => relay.intake.lan).toBeNull();
    await relay.context.settings.change({ lan }, operator);
    await expect.poll(() => relay.intake.lan?.fingerprint).toBe(before);
    const rows = relay.context.writer.prepare("SELECT value FROM meta WHERE key = 'lan_certificate'").all();
    expect(JSON.stringify(rows)).not.toContain('PRIVATE KEY');
  });

  test('asks for a token always, and refuses addresses that are not allowed', async () => {
    await using relay = await withLan({ allow: ['192.0.2.0/24'], tls: false });
    const { token } = await relay.addSource();
    const url = `http://127.0.0.1:${relay.port}/v1/events`;
    expect((await post(url, token)).status).toBe(403);
    const lan = relay.context.settings.current().lan;
    await relay.context.settings.change({ lan: { ...lan, allow: ['127.0.0.1'] } }, operator);
    await expect.poll(async () => (await post(url, token).catch(() => null))?.status).toBe(202);
    expect((await post(url, null)).status).toBe(401);
    expect((await fetch(`http://127.0.0.1:${relay.port}/v1/status`)).status).toBe(401);
    expect(relay.intake.lan).toEqual({
      address: `http://127.0.0.1:${relay.port}`,
      fingerprint: null,
      certificate: null,
    });
  });

  test('does not operate the engine', async () => {
    await using relay = await withLan({ allow: ['127.0.0.1'], tls: false });
    const answer = await fetch(`http://127.0.0.1:${relay.port}/control/situation.get`, { method: 'POST', body: '{}' });
    expect(answer.status).toBe(404);
  });

  test('that cannot start says why, and the intake on loopback goes on', async () => {
    const port = await freePort();
    const lan = { enabled: true, host: '192.0.2.1', port, allow: [], tls: false };
    await using relay = await startIntake({ settings: { lan } });
    expect(relay.intake.lanProblem).toEqual({ key: 'problem.lan_port.no_host', params: { host: '192.0.2.1' } });
    expect((await fetch(`${relay.intake.address}/v1/health`)).status).toBe(200);
  });
});

describe('the allow-list', () => {
  test.each([
    ['192.168.1.20', '192.168.1.20', true],
    ['192.168.1.20', '192.168.1.21', false],
    ['192.168.1.0/24', '192.168.1.255', true],
    ['192.168.1.0/24', '192.168.2.1', false],
    ['fd00::/8', 'fd12::1', true],
  ])('%s and %s: %s', (entry, address, allowed) => {
    expect(allowList([entry]).check(address, address.includes(':') ? 'ipv6' : 'ipv4')).toBe(allowed);
  });

  test.each(['pms.local', '192.168.1.0/33', '192.168.1', '10.0.0.0/x', ''])('%s is refused', (entry) => {
    expect(() => allowList([entry])).toThrow(
      expect.objectContaining({ member: 'lan.allow', says: { key: 'problem.lan_allow', params: { entry } } }),
    );
  });
});
