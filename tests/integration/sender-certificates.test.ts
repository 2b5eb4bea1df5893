import { afterEach, describe, expect, test } from 'vitest';
import type { Evidence } from '../../electron/engine/evidence/evidence.ts';
import { classifyOutcome } from '../../electron/engine/evidence/outcome.ts';
import { createSender, type Sender, type SendResult } from '../../electron/engine/sending/sender.ts';
import { createTrust } from '../../electron/engine/sending/trust.ts';
import { type EndpointId, utcMs } from '../../shared/domain.ts';
import { renderSentence } from '../../shared/sentences/index.ts';
import { type CertificateKind, testAuthority } from '../support/certificates.ts';
import { createFakeClock } from '../support/clock.ts';
import { startReceiver } from '../support/receiver.ts';

const senders: Sender[] = [];
afterEach(() => {
  for (const sender of senders.splice(0)) sender.close();
});

/** @param roots what the operating system trusts; nothing but this */
function newSender(roots?: readonly string[]): Sender {
  const sender = createSender({
    clock: createFakeClock(),
    ...(roots === undefined ? {} : { trust: createTrust(() => roots) }),
  });
  senders.push(sender);
  return sender;
}
const to = (url: string, ownPem: string | null, endpointId = 'ep_1') => ({
  endpointId: endpointId as EndpointId,
  url,
  ownPem,
  proxy: null,
  headers: [],
  body: Buffer.from('{}'),
});
const evidenceOf = (sent: SendResult, over: Partial<Evidence> = {}): Evidence => ({
  ...sent,
  connectivity: 'online',
  meanwhile: null,
  skewMs: 0,
  local: false,
  host: 'hooks.example.com',
  name: null,
  verifiedIssuer: null,
  sentBytes: 2,
  throttledSince: null,
  othersGetThrough: false,
  addsSlash: false,
  toTestAddress: false,
  isAlone: false,
  body: null,
  endedAt: utcMs(Date.now()),
  deadlineMs: 30_000,
  ...over,
});

async function sendToOneWith(certificate: CertificateKind): Promise<SendResult> {
  await using receiver = await startReceiver({ certificate });
  return await newSender().send(to(receiver.url, receiver.caPem));
}

describe('a certificate that is not accepted', () => {
  test.each([
    ['expired', 'CERT_HAS_EXPIRED', 'expired on'],
    ['not_yet_valid', 'CERT_NOT_YET_VALID', 'is not valid before'],
    ['self_signed', 'DEPTH_ZERO_SELF_SIGNED_CERT', 'made itself'],
    ['unknown_issuer', 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY', 'which this PC does not know'],
    ['wrong_host', 'ERR_TLS_CERT_ALTNAME_INVALID', 'belongs to another address: another-host.example'],
  ] as const)('%s: nothing is sent, and its facts are known', async (certificate, code, words) => {
    const sent = await sendToOneWith(certificate);
    expect(sent).toMatchObject({ status: null, error: { phase: 'tls', code } });
    expect(sent.certificate?.fingerprint).toMatch(/^[0-9A-F:]{95}$/);
    const outcome = classifyOutcome(evidenceOf(sent));
    expect(outcome).toMatchObject({ class: 'certificate', counts: true });
    expect(renderSentence(outcome.sentence, 'en', { timeZone: 'UTC' })).toContain(words);
  });

  test('names the day on which it expired', async () => {
    const sent = await sendToOneWith('expired');
    const day = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' }).format(
      sent.certificate?.validTo,
    );
    const { sentence } = classifyOutcome(evidenceOf(sent));
    expect(renderSentence(sentence, 'en', { timeZone: 'UTC' })).toContain(`expired on ${day}.`);
  });

  test('expired while this PC’s clock is wrong: the clock is to blame', async () => {
    const outcome = classifyOutcome(evidenceOf(await sendToOneWith('expired'), { skewMs: 86_400_000 }));
    expect(outcome).toMatchObject({ class: 'clock', counts: false });
  });

  test('from an unknown issuer on a host that another one had vouched for: interception', async () => {
    const outcome = classifyOutcome(
      evidenceOf(await sendToOneWith('unknown_issuer'), { verifiedIssuer: 'Roost Relay test authority' }),
    );
    expect(outcome).toMatchObject({ class: 'tls_interception', counts: false });
  });

  test('is not sent a single byte of the event', async () => {
    await using receiver = await startReceiver({ certificate: 'self_signed' });
    await newSender().send(to(receiver.url, null));
    expect(receiver.requests).toHaveLength(0);
  });
});

describe('whom an endpoint trusts', () => {
  test('its own CA, which no other endpoint on the same host trusts, in whatever order they send', async () => {
    await using receiver = await startReceiver();
    const sender = newSender();
    const own = to(receiver.url, receiver.caPem, 'ep_own');
    const other = to(receiver.url, null, 'ep_other');
    expect(await sender.send(other)).toMatchObject({ error: { code: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE' } });
    expect(await sender.send(own)).toMatchObject({ status: 200 });
    expect(await sender.send(other)).toMatchObject({ error: { code: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE' } });
    expect(await sender.send(own)).toMatchObject({ status: 200, reused: true });
    expect(receiver.requests).toHaveLength(2);
  });

  test('no longer, once its own CA was taken away', async () => {
    await using receiver = await startReceiver();
    const sender = newSender();
    expect(await sender.send(to(receiver.url, receiver.caPem))).toMatchObject({ status: 200 });
    expect(await sender.send(to(receiver.url, null))).toMatchObject({ error: { phase: 'tls' } });
  });

  test('a pinned certificate, self-signed or of an unknown issuer, but not on another host', async () => {
    for (const certificate of ['self_signed', 'unknown_issuer'] as const) {
      await using receiver = await startReceiver({ certificate });
      expect(await newSender().send(to(receiver.url, receiver.certPem)), certificate).toMatchObject({ status: 200 });
    }
    await using elsewhere = await startReceiver({ certificate: 'wrong_host' });
    expect(await newSender().send(to(elsewhere.url, elsewhere.certPem))).toMatchObject({
      error: { code: 'ERR_TLS_CERT_ALTNAME_INVALID' },
    });
  });

  test('a pinned certificate only as long as it is the one that is shown', async () => {
    await using receiver = await startReceiver({ certificate: 'self_signed' });
    await using replaced = await startReceiver({ certificate: 'self_signed' });
    expect(await newSender().send(to(replaced.url, receiver.certPem))).toMatchObject({ error: { phase: 'tls' } });
  });

  test('the operating system’s store', async () => {
    await using receiver = await startReceiver();
    const { caPem } = await testAuthority();
    expect(await newSender([caPem]).send(to(receiver.url, null))).toMatchObject({ status: 200 });
    expect(await newSender([]).send(to(receiver.url, null))).toMatchObject({ error: { phase: 'tls' } });
  });

  test('an issuer’s name that is verified is told, to be compared later', async () => {
    await using receiver = await startReceiver();
    const sent = await newSender().send(to(receiver.url, receiver.caPem));
    expect(sent.certificate).toMatchObject({ issuer: 'Roost Relay test authority', selfSigned: false });
    expect(sent.certificate?.names).toContain('localhost');
  });
});
