/** Single messages over a real SMTP server: how they go out, and what is seen where they do not. */
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { mailOutcome } from '../../electron/engine/endpoints/kinds/mail-answer.ts';
import { answerText } from '../../electron/engine/evidence/answer-text.ts';
import type { Evidence } from '../../electron/engine/evidence/evidence.ts';
import { classifyOutcome } from '../../electron/engine/evidence/outcome.ts';
import type { SendResult } from '../../electron/engine/sending/exchange.ts';
import { htmlOf } from '../../electron/engine/sending/mail/html.ts';
import { createMailSender, type MailRequest, type MailSender } from '../../electron/engine/sending/mail/mail-sender.ts';
import type { EndpointId } from '../../shared/domain.ts';
import { remedyOf } from '../../shared/remedies.ts';
import { createFakeClock, type FakeClock } from '../support/clock.ts';
import { type MailServer, startMailServer, startScriptedServer } from '../support/mail-server.ts';
import { answered } from '../unit/outcome-rows.ts';

const login = { user: 'relay@hotel.example', password: 'correct horse' };
const text = 'Juan dela Cruz\nRoom 101\n\n<b>₱6,000</b>';
const message = {
  from: 'Front desk <relay@hotel.example>',
  to: ['manager@hotel.example', 'night@hotel.example'],
  subject: 'New booking: Señor Peña, Room 101',
  text,
  html: htmlOf(text),
  messageId: 'evt_1.ep_1@hotel.example',
  at: Date.UTC(2026, 2, 20),
  headers: ['X-RoostSync-Event', 'booking.created', 'Auto-Submitted', 'auto-generated'],
};

let clock: FakeClock;
let sender: MailSender;
const stops: (() => Promise<void>)[] = [];

async function server(options: Parameters<typeof startMailServer>[0] = {}): Promise<MailServer> {
  const started = await startMailServer(options);
  stops.push(started.stop);
  return started;
}

const send = (to: Pick<MailServer, 'address' | 'caPem'>, over: Partial<MailRequest> = {}): Promise<SendResult> =>
  sender.send({
    endpointId: 'ep_1' as EndpointId,
    address: to.address,
    ownPem: to.caPem,
    commonPem: null,
    login: null,
    message,
    ...over,
  });

/** What such an end means, as the log says it. */
const meaning = (result: SendResult, over: Partial<Evidence> = {}) =>
  classifyOutcome(
    answered(0, {
      status: result.status,
      responseHeaders: result.responseHeaders,
      error: result.error,
      certificate: result.certificate,
      body: answerText(result.responseBody, false),
      host: 'mail.example.com',
      ...over,
    }),
    mailOutcome,
  );

beforeAll(() => {
  clock = createFakeClock();
  sender = createMailSender({ clock });
});
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
  sender.close();
  sender = createMailSender({ clock });
});
afterAll(() => sender.close());

describe('a message goes out', () => {
  test('over STARTTLS and over TLS, logged in, verified by the endpoint’s own authority', async () => {
    for (const secure of [false, true]) {
      const to = await server({ secure, login });
      const result = await send(to, { login });
      expect(result.error).toBeNull();
      expect(meaning(result)).toMatchObject({ class: 'delivered', counts: false });
      expect(result.certificate?.issuer).toBe('Roost Relay test authority');
      expect(result.timings.tlsMs).not.toBeNull();
      expect(to.taken).toHaveLength(1);
      expect(to.taken[0]?.from).toBe('relay@hotel.example');
      expect(to.taken[0]?.to).toEqual(['manager@hotel.example', 'night@hotel.example']);
      sender.closeEndpoint('ep_1' as EndpointId);
    }
  });

  test('with encoded names, a text and an HTML part, and nothing that a stranger wrote as a header', async () => {
    const to = await server();
    const injected = 'x\r\nBcc: thief@evil.example\u2028y';
    await send(to, {
      message: { ...message, subject: injected, headers: ['X-RoostSync-Event', injected] },
    });
    sender.closeEndpoint('ep_1' as EndpointId);
    await send(to);
    const [strange, plain] = to.taken;
    expect(strange?.header('Bcc')).toBeNull();
    expect(strange?.to).toEqual(message.to);
    expect(strange?.header('Subject')).toBe('x Bcc: thief@evil.example y');
    expect(plain?.header('Subject')).toMatch(/^=\?UTF-8\?[QB]\?/);
    expect(plain?.header('Message-ID')).toBe('<evt_1.ep_1@hotel.example>');
    expect(plain?.header('Auto-Submitted')).toBe('auto-generated');
    expect(plain?.raw).toMatch(/Content-Type: text\/plain; charset=utf-8/i);
    expect(plain?.raw).toMatch(/Content-Type: text\/html; charset=utf-8/i);
    expect(plain?.raw).toContain('<p>&lt;b&gt;');
    expect(plain?.header('X-RoostSync-Event')).toBe('booking.created');
  });

  test('the next one over the same session, and over a new one where the server has closed it', async () => {
    const to = await server();
    await send(to);
    expect(await send(to)).toMatchObject({ reused: true, status: 250 });
    expect(to.connections).toBe(1);
    to.cut();
    expect(await send(to)).toMatchObject({ status: 250, error: null });
    expect(to.connections).toBe(2);
    expect(to.taken).toHaveLength(3);
  });
});

describe('what the server says no to', () => {
  const refusals = [
    ['a wrong login', { login: { code: 535, text: '5.7.8 not accepted' } }, 'setup', 'mail_login_refused', 535],
    [
      'a login that cannot be checked',
      { login: { code: 454, text: '4.7.0 try later' } },
      'throttled',
      'mail_login_later',
      454,
    ],
    [
      'a login that it has no time for',
      { login: { code: 421, text: '4.3.2 shutting down' } },
      'throttled',
      'mail_login_later',
      421,
    ],
    ['one session too many', { connect: { code: 421, text: '4.7.0 too many' } }, 'throttled', 'mail_later', 421],
    ['a network', { connect: { code: 554, text: '5.7.1 blocked' } }, 'setup', 'mail_not_from_here', 554],
    ['a message without a login', { sender: { code: 530, text: '5.7.0 login' } }, 'setup', 'mail_login_wanted', 530],
    ['a sender', { sender: { code: 553, text: '5.7.1 not yours' } }, 'setup', 'mail_sender_refused', 553],
    [
      'for greylisting',
      { recipient: () => ({ code: 450, text: '4.2.0 greylisted' }) },
      'throttled',
      'mail_later_for',
      450,
    ],
    [
      'a mailbox',
      { recipient: () => ({ code: 550, text: '5.1.1 no such user' }) },
      'setup',
      'mail_recipient_refused',
      550,
    ],
    ['a size', { data: { code: 552, text: '5.3.4 too big' } }, 'event_refused', 'event_too_large', 552],
    ['for what it says', { data: { code: 554, text: '5.7.1 spam' } }, 'event_refused', 'mail_refused', 554],
    ['while its disk is full', { data: { code: 452, text: '4.3.1 no space' } }, 'throttled', 'mail_later', 452],
  ] as const;

  test.each(refusals)('%s', async (_what, refuse, outcome, key, status) => {
    const to = await server({ login });
    to.refuse = refuse;
    const result = await send(to, { login });
    expect(result.status).toBe(status);
    expect(meaning(result)).toMatchObject({
      class: outcome,
      counts: outcome !== 'throttled',
      sentence: { key: `outcome.${key}` },
    });
    expect(to.taken).toHaveLength(0);
  });

  test('one recipient for good: the others have it, and it is told by name', async () => {
    const to = await server();
    to.refuse = { recipient: (address) => (address.startsWith('night') ? { code: 550, text: '5.1.1 gone' } : null) };
    const judged = meaning(await send(to));
    expect(judged).toMatchObject({ class: 'delivered', sentence: { key: 'outcome.mail_partly' } });
    expect(judged.sentence.params).toMatchObject({ recipients: 'night@hotel.example' });
    expect(to.taken[0]?.to).toEqual(['manager@hotel.example']);
  });

  test('one recipient for now: only that one is sent it again', async () => {
    const to = await server();
    to.refuse = { recipient: (address) => (address.startsWith('night') ? { code: 451, text: '4.7.1 later' } : null) };
    const first = meaning(await send(to));
    expect(first).toMatchObject({ class: 'throttled', counts: false, sentence: { key: 'outcome.mail_later_for' } });
    to.refuse = {};
    expect(meaning(await send(to)).class).toBe('delivered');
    expect(to.taken.map((mail) => mail.to)).toEqual([['manager@hotel.example'], ['night@hotel.example']]);
  });
});

describe('what is seen where no answer comes', () => {
  test.each([
    ['expired', 'CERT_HAS_EXPIRED', 'certificate_expired'],
    ['wrong_host', 'ERR_TLS_CERT_ALTNAME_INVALID', 'certificate_wrong_host'],
    ['unknown_issuer', 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY', 'certificate_unknown_issuer'],
    ['self_signed', 'DEPTH_ZERO_SELF_SIGNED_CERT', 'certificate_self_signed'],
  ] as const)('a certificate that is %s: nothing is said over it', async (certificate, code, key) => {
    for (const secure of [true, false]) {
      const to = await server({ secure, certificate, login });
      const result = await send(to, { login });
      expect(result).toMatchObject({ status: null, error: { phase: 'tls', code } });
      expect(meaning(result)).toMatchObject({
        class: 'certificate',
        counts: true,
        sentence: { key: `outcome.${key}` },
      });
      expect(to.taken).toHaveLength(0);
    }
  });

  test('a wrong clock is not blamed on the server', async () => {
    const to = await server({ certificate: 'expired' });
    expect(meaning(await send(to), { skewMs: 86_400_000 })).toMatchObject({ class: 'clock', counts: false });
  });

  test('no STARTTLS: nothing goes out in the clear, unless it is a program on this PC and a person said so', async () => {
    const to = await server({ plain: true });
    expect(meaning(await send(to))).toMatchObject({ class: 'setup', sentence: { key: 'outcome.mail_no_encryption' } });
    sender.close();
    sender = createMailSender({ clock, allowPlainLoopback: true });
    expect(meaning(await send(to)).class).toBe('delivered');
  });

  test('something said before TLS is not taken for what is said within it', async () => {
    const { port, stop } = await startScriptedServer((socket) => {
      socket.write('220 mail.example.com\r\n');
      socket.on('data', (data) =>
        socket.write(String(data).startsWith('EHLO') ? '250-mail\r\n250 STARTTLS\r\n' : '220 go\r\n250 injected\r\n'),
      );
    });
    stops.push(stop);
    const result = await send({ address: `smtp://127.0.0.1:${port}`, caPem: (await server()).caPem });
    expect(result.error).toMatchObject({ code: 'NOT_SMTP' });
  });

  test('smtps:// where TLS comes after STARTTLS, and smtp:// where it comes at once, each with its next step', async () => {
    const plain = await server();
    const swapped = await send({ ...plain, address: plain.address.replace('smtp:', 'smtps:') });
    const says = meaning(swapped).sentence;
    expect(says.key).toBe('outcome.mail_plain_first');
    const step = { status: null, local: false, lasting: false };
    expect(remedyOf({ ...step, says })).toMatchObject({ name: 'mail_smtp', act: 'change_address' });
    const secure = await server({ secure: true });
    const silent = send({ ...secure, address: secure.address.replace('smtps:', 'smtp:') });
    await expect.poll(() => secure.sockets).toBeGreaterThan(0);
    await clock.advance(30_000);
    const quiet = meaning(await silent).sentence;
    expect(quiet.key).toBe('outcome.mail_no_greeting');
    expect(remedyOf({ ...step, says: quiet })).toMatchObject({ name: 'mail_smtps', act: 'change_address' });
  });

  test('what is no mail server, and what is not there', async () => {
    const web = await startScriptedServer((socket) => void socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'));
    const caPem = (await server()).caPem;
    const result = await send({ address: `smtp://127.0.0.1:${web.port}`, caPem });
    expect(meaning(result)).toMatchObject({ class: 'endpoint_down', sentence: { key: 'outcome.not_smtp' } });
    await web.stop();
    const nobody = await send({ address: `smtp://127.0.0.1:${web.port}`, caPem });
    expect(meaning(nobody).sentence.key).toBe('outcome.connection_refused');
  });

  test('silence: at 30 s it is over, whatever was sent by then; a cut connection at once', async () => {
    const to = await server();
    to.silent = true;
    const waiting = send(to);
    await expect.poll(() => to.heard).toBe(1);
    await clock.advance(30_000);
    expect(meaning(await waiting)).toMatchObject({ class: 'endpoint_down', sentence: { key: 'outcome.no_answer' } });
    const again = send(to);
    await expect.poll(() => to.heard).toBe(2);
    to.cut();
    expect(meaning(await again).sentence.key).toBe('outcome.connection_lost');
  });

  test('the app stops: nothing is counted', async () => {
    const to = await server();
    to.silent = true;
    const waiting = send(to);
    await expect.poll(() => to.heard).toBe(1);
    sender.close();
    expect(meaning(await waiting)).toMatchObject({ class: 'interrupted', counts: false });
  });
});
