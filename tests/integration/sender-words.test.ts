import { describe, expect, it } from 'vitest';
import { remedyNow } from '../../shared/remedies.ts';
import type { Attempt } from '../../shared/schemas.ts';
import { renderSentence } from '../../shared/sentences/index.ts';
import { afterAttempts, booking, delivered, deliveryOf } from '../support/deliveries.ts';
import { startTestEngine } from '../support/engine.ts';
import { type Answer, startReceiver } from '../support/receiver.ts';

const said = (attempt: Attempt | undefined) =>
  attempt?.sentence ? renderSentence(attempt.sentence, 'en', { timeZone: 'UTC' }) : '';

describe('what a receiver repeats of what is secret', () => {
  const path = '/hooks/s3cr3t-P%C3%A4th_token/T0ABCDEFG?key=qu/ery&Secret=1234567890';
  const header = 'Bearer abc+def/ghi=<jkl>"mno"';
  const html = (text: string) =>
    text
      .replaceAll('&', '&amp;')
      .replaceAll('<', '&lt;')
      .replaceAll('>', '&gt;')
      .replaceAll('"', '&quot;')
      .replaceAll('/', '&#x2F;');

  it.each<[string, (secret: string) => Answer]>([
    ['a 404 page that repeats the path', () => ({ status: 404, body: `<pre>Cannot POST ${path}</pre>` })],
    ['the path with HTML’s entities', () => ({ status: 404, body: `<p>${html(path)}</p>` })],
    ['the path percent-encoded once more', () => ({ status: 404, body: `next=${encodeURIComponent(path)}` })],
    ['the path as people read it', () => ({ status: 404, body: `no ${decodeURIComponent(path)} here` })],
    ['one segment of it', () => ({ status: 404, body: 'unknown token T0ABCDEFG' })],
    [
      'a 400 with the header in JSON',
      () => ({ status: 400, body: JSON.stringify({ headers: { authorization: header } }).replaceAll('/', '\\/') }),
    ],
    ['the header alone, in HTML', () => ({ status: 400, body: html(header) })],
    ['the header in base64', () => ({ status: 400, body: Buffer.from(header).toString('base64') })],
    ['the secret itself', (secret) => ({ status: 400, body: `expected HMAC with ${secret}` })],
    ['a header of its own', () => ({ status: 404, headers: { 'x-original-url': path, 'x-debug': header } })],
    ['a redirect with it and a token', () => ({ status: 302, headers: { location: `${path}/x?token=t0k3nt0k3n` } })],
  ])('%s: it is taken out before anything is kept', async (_, answer) => {
    await using receiver = await startReceiver();
    await using test = await startTestEngine();
    const { secret } = await test.addEndpoint(receiver, {
      url: `https://127.0.0.1:${receiver.port}${path}`,
      headers: [{ name: 'Authorization', value: header }],
    });
    receiver.answerWith(answer(secret));
    const { attemptsMade } = await deliveryOf(test, await booking(test, 'bk_1'), afterAttempts(1));
    const kept = JSON.stringify([attemptsMade, await test.call('situation.get', {}), test.log.lines]);
    expect(receiver.requests[0]?.path).toBe(path);
    for (const part of [
      's3cr3t',
      'T0ABCDEFG',
      '1234567890',
      'abc+def',
      'ghi=',
      '&lt;jkl',
      't0k3nt0k3n',
      secret,
      secret.slice(6),
      Buffer.from(header).toString('base64').slice(0, 20),
    ]) {
      expect(kept).not.toContain(part);
    }
    expect(kept).toContain('••••••');
  });

  it('what is not secret stays, byte for byte', async () => {
    await using receiver = await startReceiver();
    await using test = await startTestEngine();
    await test.addEndpoint(receiver);
    receiver.answerWith({ status: 422, headers: { 'x-why': 'no room' }, body: 'señor: phone is required' });
    const { attemptsMade } = await deliveryOf(test, await booking(test, 'bk_1'), afterAttempts(1));
    expect(attemptsMade[0]?.responseBody).toBe('señor: phone is required');
    expect(attemptsMade[0]?.responseHeaders).toContainEqual(['x-why', 'no room']);
  });
});

describe('an answer in another charset is shown in it', () => {
  it.each<[string, string, Uint8Array]>([
    ['text/plain; charset=ISO-8859-1', 'señor ü', Buffer.from('señor ü', 'latin1')],
    [
      'text/plain; charset="windows-1252"',
      'no “room” €',
      Buffer.from([...Buffer.from('no '), 0x93, ...Buffer.from('room'), 0x94, 0x20, 0x80]),
    ],
    ['text/html; charset=Shift_JIS', '予約', Buffer.from([0x97, 0x5c, 0x96, 0xf1])],
    ['application/json; charset=utf-16le', '{"a":"é"}', Buffer.from('{"a":"é"}', 'utf16le')],
    [
      'text/plain',
      'é by its mark',
      Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from('é by its mark', 'utf16le')]),
    ],
    ['text/html', '<meta charset="iso-8859-1">é', Buffer.from('<meta charset="iso-8859-1">é', 'latin1')],
    ['text/plain; charset=klingon', 'é', Buffer.from('é')],
  ])('%s', async (type, text, body) => {
    await using receiver = await startReceiver();
    await using test = await startTestEngine();
    const { id } = await test.addEndpoint(receiver);
    receiver.answerWith({ status: 400, headers: { 'content-type': type }, body });
    const { attempt } = await test.call('endpoints.test', { id });
    expect(attempt.responseBody).toBe(text);
  });
});

describe('the receiver’s own words lead to the next step', () => {
  it.each<[string, Answer, string, RegExp]>([
    [
      'Django’s CSRF page',
      { status: 403, body: '<h1>Forbidden</h1><p>CSRF verification failed. Request aborted.</p>' },
      'setup',
      /CSRF/,
    ],
    [
      'a wrong signature, as a bad request',
      { status: 400, headers: { 'content-type': 'application/json' }, body: '{"error":"invalid signature"}' },
      'setup',
      /does not accept our signature \(400\)/,
    ],
    ['Django’s APPEND_SLASH', { status: 301, headers: { location: '/hooks/' } }, 'setup', /lacks the slash/],
    [
      'a sign-in page by its host',
      { status: 302, headers: { location: 'https://login.example.com/x' } },
      'setup',
      /login\.example\.com.*sign-in page/,
    ],
    ['a sign-in page by its path', { status: 302, headers: { location: '/users/sign_in' } }, 'setup', /sign-in page/],
    [
      'another redirect',
      { status: 302, headers: { location: 'https://www.example.com/authors' } },
      'endpoint_down',
      /sends us on to www\.example\.com/,
    ],
    [
      'n8n’s test address',
      {
        status: 404,
        body: JSON.stringify({
          code: 404,
          message: 'not registered',
          hint: "Click the 'Execute workflow' button on the canvas, then try again.",
        }),
      },
      'setup',
      /test address/,
    ],
    [
      'n8n’s workflow that is off',
      {
        status: 404,
        body: JSON.stringify({
          code: 404,
          message: 'not registered',
          hint: 'The workflow must be active for a production URL to run successfully.',
        }),
      },
      'setup',
      /not active/,
    ],
    [
      'WWW-Authenticate',
      { status: 401, headers: { 'www-authenticate': 'Basic realm="hooks"' } },
      'setup',
      /credentials of the kind Basic/,
    ],
    ['a plain 401', { status: 401 }, 'setup', /does not let us in \(401\)/],
  ])('%s', async (_, answer, outcome, words) => {
    await using receiver = await startReceiver();
    await using test = await startTestEngine();
    await test.addEndpoint(receiver);
    receiver.answerWith(answer);
    const failed = await deliveryOf(test, await booking(test, 'bk_1'), afterAttempts(1));
    expect(failed.outcome).toBe(outcome);
    expect(said(failed.attemptsMade[0])).toMatch(words);
  });

  it('a 403 that speaks of CSRF says so between successes, too: no event is at fault', async () => {
    await using receiver = await startReceiver();
    await using test = await startTestEngine();
    const { id } = await test.addEndpoint(receiver);
    await deliveryOf(test, await booking(test, 'bk_1'), delivered);
    receiver.answerWith({ status: 403, body: '<html>CSRF token missing</html>' });
    const failed = await deliveryOf(test, await booking(test, 'bk_2'), afterAttempts(1));
    expect([failed.outcome, said(failed.attemptsMade[0])]).toEqual(['setup', expect.stringContaining('CSRF')]);
    expect(remedyNow(await test.call('endpoints.get', { id }))?.remedy.name).toBe('exempt');
  });

  it('401 and 403 are about the event while others get through, and about the key once nothing does', async () => {
    await using receiver = await startReceiver();
    await using test = await startTestEngine();
    await test.addEndpoint(receiver);
    await deliveryOf(test, await booking(test, 'bk_1'), delivered);
    receiver.answerWith({ status: 403 });
    const first = await deliveryOf(test, await booking(test, 'bk_2'), afterAttempts(1));
    expect(first.outcome).toBe('event_refused');
    expect(said(first.attemptsMade[0])).toMatch(/takes other events, but not this one/);
    const second = await deliveryOf(test, await booking(test, 'bk_3'), afterAttempts(1));
    expect(second.outcome).toBe('setup');
  });
});
