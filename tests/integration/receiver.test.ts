import { Agent, request } from 'undici';
import { describe, expect, it } from 'vitest';
import { redirectTo } from '../support/answers.ts';
import { type CertificateKind, testAuthority } from '../support/certificates.ts';
import { isSignedWith, signatureOf, startReceiver } from '../support/receiver.ts';

async function post(url: string, body: string, headers: Record<string, string> = {}) {
  const { caPem } = await testAuthority();
  const agent = new Agent({ connect: { ca: caPem } });
  try {
    const answer = await request(url, { method: 'POST', body, headers, dispatcher: agent });
    return { status: answer.statusCode, headers: answer.headers, bytes: (await answer.body.arrayBuffer()).byteLength };
  } finally {
    await agent.destroy();
  }
}

const codeOf = (error: unknown): string => String((error as { code?: string }).code);

describe('the receiver of the tests', () => {
  it('keeps exactly the bytes that came and tells a right signature from a wrong one', async () => {
    await using receiver = await startReceiver();
    const body = '{"data":{"guest":"Zoë 🛎"}}';
    await post(receiver.url, body, { 'x-roostsync-signature': signatureOf('whsec_right', Buffer.from(body)) });
    const [got] = await receiver.received(1);
    expect(got?.body.equals(Buffer.from(body))).toBe(true);
    expect(got && isSignedWith(got, 'whsec_right')).toBe(true);
    expect(got && isSignedWith(got, 'whsec_wrong')).toBe(false);
  });

  it('answers in the order it was told to, then as always', async () => {
    await using receiver = await startReceiver();
    receiver.answerNext({ status: 429, headers: { 'retry-after': '7' } }, redirectTo('https://login.example/'));
    const first = await post(receiver.url, '1');
    expect([first.status, first.headers['retry-after']]).toEqual([429, '7']);
    expect((await post(receiver.url, '2')).headers.location).toBe('https://login.example/');
    expect((await post(receiver.url, '3')).status).toBe(200);
  });

  it('refuses while it is stopped and comes back on the same port', async () => {
    await using receiver = await startReceiver();
    await receiver.stop();
    await expect(post(receiver.url, '1')).rejects.toSatisfy((error) => codeOf(error) === 'ECONNREFUSED');
    await receiver.start();
    expect((await post(receiver.url, '2')).status).toBe(200);
  });

  it.each(['reset', 'reset_mid_answer'] as const)('really resets the connection: %s', async (does) => {
    await using receiver = await startReceiver();
    receiver.answerWith({ does });
    await expect(post(receiver.url, '1')).rejects.toSatisfy((error) =>
      ['ECONNRESET', 'UND_ERR_SOCKET', 'UND_ERR_ABORTED'].includes(codeOf(error)),
    );
    expect(receiver.requests).toHaveLength(1);
  });

  it('sends a gzip bomb that is small on the wire', async () => {
    await using receiver = await startReceiver();
    receiver.answerWith({ does: 'gzip_bomb', sizeBytes: 4 * 1024 * 1024 });
    const answer = await post(receiver.url, '1');
    expect(answer.headers['content-encoding']).toBe('gzip');
    expect(answer.bytes).toBeLessThan(64 * 1024);
  });

  it.each<[CertificateKind, string]>([
    ['expired', 'CERT_HAS_EXPIRED'],
    ['not_yet_valid', 'CERT_NOT_YET_VALID'],
    ['self_signed', 'DEPTH_ZERO_SELF_SIGNED_CERT'],
    ['wrong_host', 'ERR_TLS_CERT_ALTNAME_INVALID'],
    ['unknown_issuer', 'UNABLE_TO_VERIFY_LEAF_SIGNATURE'],
  ])('has a certificate that is %s', async (certificate, code) => {
    await using receiver = await startReceiver({ certificate });
    await expect(post(receiver.url, '1')).rejects.toSatisfy((error) => codeOf(error) === code);
  });
});
