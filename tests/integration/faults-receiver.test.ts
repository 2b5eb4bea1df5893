import { describe, expect, it } from 'vitest';
import { attemptDeadlineMs, keptAnswerBytes, type OutcomeClass } from '../../shared/domain.ts';
import { catalogue } from '../../shared/events.ts';
import { type Answer, redirectTo } from '../support/answers.ts';
import type { CertificateKind } from '../support/certificates.ts';
import { minuteMs } from '../support/clock.ts';
import { startTestEngine, type TestEngine } from '../support/engine.ts';
import { isSignedWith, type Receiver, startReceiver } from '../support/receiver.ts';

const booking = catalogue['booking.created'].sample;

/** The one delivery of the log, as soon as it has an attempt behind it. */
async function attempted(test: TestEngine, attempts = 1) {
  const rows = await test.until(
    async () => (await test.call('deliveries.list', {})).rows,
    ([row]) => row !== undefined && row.attempts >= attempts && row.state !== 'sending',
  );
  const [row] = rows;
  if (row === undefined) throw new Error('there is no delivery');
  return test.call('deliveries.get', { id: row.id });
}

async function failsThenArrives(
  receiver: Receiver,
  mend: () => void | Promise<void>,
  outcome: OutcomeClass,
  key: string,
) {
  await using test = await startTestEngine();
  const { secret } = await test.addEndpoint(receiver);
  const posted = await test.post('booking.created', booking);
  expect(posted.status).toBe(202);

  const failed = await attempted(test);
  const [attempt] = failed.attemptsMade;
  expect(attempt).toMatchObject({ outcome, counts: true, kind: 'scheduled', ordinal: 1, sentence: { key } });
  expect(failed).toMatchObject({ state: 'waiting', reason: 'retry', failures: 1 });
  const dueAt = failed.nextAttemptAt ?? 0;
  expect(dueAt - (attempt?.endedAt ?? 0)).toBe(minuteMs);

  await mend();
  receiver.clear();
  await test.clock.advanceTo(dueAt - 1);
  expect(receiver.requests).toHaveLength(0);
  await test.clock.advance(1);
  const [got] = await receiver.received(1);
  expect(got?.headers['x-roostsync-event-id']).toBe(posted.body.id);
  expect(got?.headers['x-roostsync-attempt']).toBe('2');
  expect(got && isSignedWith(got, secret)).toBe(true);
  expect(await attempted(test, 2)).toMatchObject({ state: 'delivered', status: 200, attempts: 2 });
}

describe('a receiver that fails', () => {
  it('refuses connections: tried again a minute later, signed and under the same event id', async () => {
    await using receiver = await startReceiver();
    await receiver.stop();
    await failsThenArrives(receiver, receiver.start, 'endpoint_down', 'outcome.connection_refused');
  });

  it.each<[string, Answer, string]>([
    ['resets the connection inside its answer', { does: 'reset_mid_answer' }, 'outcome.answer_broke_off'],
    ['answers 500', { status: 500 }, 'outcome.server_error'],
  ])('%s: a counted failure, then delivered', async (_, answer, key) => {
    await using receiver = await startReceiver();
    receiver.answerWith(answer);
    await failsThenArrives(receiver, () => receiver.answerWith({ status: 200 }), 'endpoint_down', key);
  });

  it('drips one byte a second: cut off after 30 seconds in all, which counts', async () => {
    await using receiver = await startReceiver();
    receiver.answerWith({ does: 'drip', everyMs: 20 });
    await using test = await startTestEngine();
    await test.addEndpoint(receiver);
    await test.post('booking.created', booking);
    await receiver.received(1);
    await test.clock.advance(attemptDeadlineMs - 1);
    expect((await test.call('deliveries.list', {})).rows[0]).toMatchObject({ state: 'sending' });
    await test.clock.advance(1);
    const failed = await attempted(test);
    expect(failed.attemptsMade[0]).toMatchObject({
      outcome: 'endpoint_down',
      counts: true,
      sentence: { key: 'outcome.answer_unfinished' },
    });
  });

  it('is silent: cut off after 30 seconds, and meanwhile another endpoint is served', async () => {
    await using hung = await startReceiver();
    await using other = await startReceiver();
    hung.answerWith({ does: 'hang' });
    await using test = await startTestEngine();
    await test.addEndpoint(hung);
    await test.addEndpoint(other);
    await test.post('booking.created', booking);
    await hung.received(1);
    await other.received(1);
    await test.clock.advance(attemptDeadlineMs);
    const outcomes = await test.until(
      async () => (await test.call('deliveries.list', {})).rows.map(({ outcome }) => outcome).sort(),
      (all) => all.every((outcome) => outcome !== null),
    );
    expect(outcomes).toEqual(['delivered', 'endpoint_down']);
  });

  it('answers 200 with 64 MB of gzip zeros: delivered, and no more than 64 KiB are kept', async () => {
    await using receiver = await startReceiver();
    receiver.answerWith({ does: 'gzip_bomb' });
    await using test = await startTestEngine();
    await test.addEndpoint(receiver);
    const before = process.memoryUsage().rss;
    await test.post('booking.created', booking);
    const delivered = await attempted(test);
    expect(delivered.state).toBe('delivered');
    expect(delivered.attemptsMade[0]?.responseTruncated).toBe(true);
    expect(delivered.attemptsMade[0]?.responseBody).toHaveLength(keptAnswerBytes);
    expect(process.memoryUsage().rss - before).toBeLessThan(64 * 1024 * 1024);
  });

  it('redirects to a page that answers 200: a failure that names the address, and nobody goes there', async () => {
    await using page = await startReceiver();
    await using receiver = await startReceiver();
    receiver.answerWith(redirectTo(`${page.url}/login`));
    await using test = await startTestEngine();
    await test.addEndpoint(receiver);
    await test.post('booking.created', booking);
    const failed = await attempted(test);
    expect(failed.attemptsMade[0]).toMatchObject({
      // It is told for what it is: the path says that it wants a sign-in, which a set-up with another address ends.
      outcome: 'setup',
      counts: true,
      status: 302,
      sentence: { key: 'outcome.sign_in_page' },
    });
    expect(String(failed.attemptsMade[0]?.sentence?.params.target)).toContain('127.0.0.1');
    expect(page.requests).toHaveLength(0);
  });

  it.each<[CertificateKind, string]>([
    ['expired', 'outcome.certificate_expired'],
    ['not_yet_valid', 'outcome.certificate_not_yet_valid'],
    ['self_signed', 'outcome.certificate_self_signed'],
    ['wrong_host', 'outcome.certificate_wrong_host'],
    ['unknown_issuer', 'outcome.certificate_unknown_issuer'],
  ])('has a certificate that is %s: nothing is sent, and it counts', async (certificate, key) => {
    await using receiver = await startReceiver({ certificate });
    await using test = await startTestEngine();
    await test.addEndpoint(receiver);
    await test.post('booking.created', booking);
    const failed = await attempted(test);
    expect(failed.attemptsMade[0]).toMatchObject({ outcome: 'certificate', counts: true, sentence: { key } });
    expect(receiver.requests).toHaveLength(0);
  });

  it('closes an idle connection just as the next event goes out: sent once more, nothing counts', async () => {
    await using receiver = await startReceiver();
    await using test = await startTestEngine();
    await test.addEndpoint(receiver);
    await test.post('booking.created', booking);
    await receiver.received(1);
    receiver.answerNext({ does: 'reset' });
    await test.post('guest.checkin', { booking_id: 'bk_other' });
    await receiver.received(3);
    const { rows } = await test.until(
      () => test.call('deliveries.list', {}),
      (page) => page.rows.every(({ state }) => state === 'delivered'),
    );
    expect(rows.map(({ attempts, failures }) => ({ attempts, failures }))).toEqual([
      { attempts: 1, failures: 0 },
      { attempts: 1, failures: 0 },
    ]);
  });
});
