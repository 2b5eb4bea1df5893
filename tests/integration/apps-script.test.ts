/** Google Apps Script by stand-ins for both of its hosts, which an office proxy leads to. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { kindOf, lintOf } from '../../shared/endpoint-kinds/index.ts';
import { inEnglish } from '../../shared/sentences/in-english.ts';
import { minuteMs } from '../support/clock.ts';
import { afterAttempts, delivered, deliveryOf, pass, posted } from '../support/deliveries.ts';
import { startTestEngine, type TestEngine } from '../support/engine.ts';
import { type OfficeProxy, startOfficeProxy } from '../support/office-proxy.ts';
import { type Answer, type Receiver, startReceiver } from '../support/receiver.ts';

const address = 'https://script.google.com/macros/s/AKfycb/exec';
const echo = 'https://script.googleusercontent.com/macros/echo?user_content_key=abc&lib=def';

let script: Receiver;
let answers: Receiver;
let proxy: OfficeProxy;
let engine: TestEngine;
let endpointId: Awaited<ReturnType<TestEngine['addEndpoint']>>['id'];
beforeAll(async () => {
  script = await startReceiver({ hosts: ['script.google.com'] });
  answers = await startReceiver({ hosts: ['script.googleusercontent.com', 'accounts.google.com'] });
  proxy = await startOfficeProxy((host) => (host === 'script.google.com' ? script.port : answers.port));
  engine = await startTestEngine();
  await engine.call('settings.change', { change: { proxy: proxy.address } });
  ({ id: endpointId } = await engine.addEndpoint(script, {
    url: address,
    kind: 'apps_script',
    events: ['booking.created'],
    headers: [{ name: 'X-Hotel', value: 'secret-of-the-hotel' }],
  }));
});
afterAll(async () => {
  await engine.stop();
  await Promise.all([script.stop(), answers.stop(), proxy.stop()]);
});

let no = 0;
/** How an event goes that is answered with `first`, and what is fetched then with `second`. */
async function sent(first: Answer, second: Answer = { status: 200, body: 'done' }) {
  script.clear();
  answers.clear();
  script.answerWith(first);
  answers.answerWith(second);
  no += 1;
  // At its pace.
  await engine.clock.advance(1000);
  const event = await posted(engine, 'booking.created', { booking_id: `bk_${no}` });
  const { state, status, sentence } = await deliveryOf(engine, event, afterAttempts(1), endpointId);
  return { event, state, status, key: sentence?.key ?? null };
}
const elsewhere = (location: string): Answer => ({ status: 302, headers: { location } });

it('is told by its address, and a /dev address is asked about', () => {
  expect(kindOf(address)).toBe('apps_script');
  expect(lintOf(address)).toBeNull();
  expect(lintOf(address.replace('/exec', '/dev'))?.name).toBe('apps_script_dev');
});

it('the answer is fetched with one GET, without body or headers of ours', async () => {
  expect(await sent(elsewhere(echo))).toMatchObject({ state: 'delivered', status: 200 });
  expect(script.requests).toHaveLength(1);
  expect(answers.requests.map(({ method, path, text }) => [method, path, text])).toEqual([
    ['GET', '/macros/echo?user_content_key=abc&lib=def', ''],
  ]);
  expect(Object.keys(answers.requests[0]?.headers ?? {}).sort()).toEqual(['accept', 'connection', 'host']);
});

it.each([
  ['405', { status: 405 }],
  ['404', { status: 404 }],
  ['a connection that breaks off', { does: 'reset' }],
] as const)('what the script did is not done again where the echo answers %s', async (_name, second) => {
  const { event, ...seen } = await sent(elsewhere(echo), second);
  expect(seen).toMatchObject({ state: 'delivered', key: 'outcome.script_unconfirmed' });
  await pass(engine, 10 * minuteMs);
  expect(script.requests).toHaveLength(1);
  expect(event).toMatch(/^evt_/);
});

const errorPage =
  '<!DOCTYPE html><html><head><title>Error</title></head><body><img alt="Google Apps Script"> TypeError: x</body></html>';

it('an error page that comes over the redirect is the script’s', async () => {
  const { event: _, ...seen } = await sent(elsewhere(echo), { status: 200, body: errorPage });
  expect(seen).toMatchObject({ state: 'waiting', key: 'outcome.script_failed' });
});

it('a page of a web filter in the place of the script is no delivery', async () => {
  const page = { status: 200, body: '<!DOCTYPE html><html><head><title>Web Page Blocked</title></head></html>' };
  const { event: _, ...seen } = await sent(page);
  expect(seen).toMatchObject({ state: 'waiting', key: 'outcome.not_its_answer' });
});

it.each([
  ['a sign-in', elsewhere('https://accounts.google.com/ServiceLogin?continue=x'), 'outcome.script_for_few'],
  ['another path of the echo host', elsewhere('https://script.googleusercontent.com/a/echo'), 'outcome.redirect'],
  [
    'a host that only begins like it',
    elsewhere('https://script.googleusercontent.com.evil.example/macros/echo'),
    'outcome.redirect',
  ],
  ['plain HTTP', elsewhere(echo.replace('https:', 'http:')), 'outcome.redirect'],
  ['307', { status: 307, headers: { location: echo } }, 'outcome.redirect'],
  [
    'an error page',
    {
      status: 200,
      body: '<html><head><title>Error</title></head><body><img alt="Google Apps Script">TypeError</body>',
    },
    'outcome.script_failed',
  ],
] as const)('%s is a failure and is not followed', async (_name, first, key) => {
  const seen = await sent(first);
  expect(seen).toMatchObject({ state: 'waiting', key });
  expect(answers.requests).toEqual([]);
  const { id } = await deliveryOf(engine, seen.event, () => true, endpointId);
  await engine.call('deliveries.cancel', { id });
});

it('a template of one’s own gets the same answer, and what it must say is looked for there', async () => {
  script.clear();
  answers.clear();
  script.answerWith(elsewhere(echo));
  const template = '{"who": "{{ data.booking_id }}"}';
  const own = async (config: object, second: Answer) => {
    answers.answerWith(second);
    const { id } = await engine.addEndpoint(script, {
      ...{ url: address, kind: 'custom', events: ['guest.checkin'], config: { template, ...config } },
    });
    const event = await posted(engine, 'guest.checkin', { booking_id: 'bk_own' });
    const { state, sentence } = await deliveryOf(engine, event, afterAttempts(1), id);
    await engine.call('endpoints.remove', { id });
    return [state, sentence?.key];
  };
  expect((await own({ mustContain: 'stored' }, { status: 200, body: 'stored' }))[0]).toBe('delivered');
  expect((await own({ mustContain: 'stored' }, { status: 200, body: 'no' }))[1]).toBe('outcome.answer_lacks');
  expect(await own({}, { status: 405 })).toEqual(['delivered', 'outcome.script_unconfirmed']);
  // Whoever made do with the redirect until now.
  expect((await own({ successStatuses: [302] }, { status: 200 }))[0]).toBe('delivered');
});

it('as a webhook it is told what to change, by the doctor too, and what failed goes out then', async () => {
  script.clear();
  answers.clear();
  script.answerWith(elsewhere(echo));
  answers.answerWith({ status: 200, body: 'done' });
  const { id } = await engine.addEndpoint(script, { url: address, kind: 'webhook', events: ['guest.checkout'] });
  const event = await posted(engine, 'guest.checkout', { booking_id: 'bk_webhook' });
  const failed = await deliveryOf(engine, event, afterAttempts(1), id);
  expect(failed).toMatchObject({ state: 'waiting', outcome: 'setup', sentence: { key: 'outcome.script_redirect' } });
  const checks = await engine.call('doctor.run', {});
  const told = checks.filter(({ nextStep }) => nextStep?.key === 'remedy.script_kind.step');
  expect(told.map(({ nextStep }) => nextStep && inEnglish(nextStep))).toEqual([
    `Change the kind of script.google.com to Google Apps Script (roost-relay endpoint change ${id} --kind apps_script): until then its script runs anew with each try.`,
  ]);
  await engine.call('endpoints.change', { id, change: { kind: 'apps_script' }, confirmed: true });
  await deliveryOf(engine, event, delivered, id);
});
