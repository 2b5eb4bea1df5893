/** However much is due at once, one turn of the delivering thread does a bounded part of it (principle 2). */
import BetterSqlite3 from 'better-sqlite3';
import { request } from 'undici';
import { expect, test } from 'vitest';
import { mostInRound } from '../../electron/engine/queue/claiming.ts';
import { mostTogether } from '../../electron/engine/queue/outcome-recorder.ts';
import { databaseFile } from '../../electron/engine/store/connection.ts';
import { startTestEngine } from '../support/engine.ts';
import { startReceiver } from '../support/receiver.ts';

const endpoints = 2;
/** More than one round of claims makes. */
const inFlight = 100;
const limits = { inFlight, perSecond: 1000 };

test('endpoints that are back together are claimed for in parts, each in its turn, and their answers are taken in parts', async () => {
  await using receiver = await startReceiver();
  await using engine = await startTestEngine({
    senderThread: new URL('../../electron/engine/sender-thread.ts', import.meta.url),
  });
  for (let n = 0; n < endpoints; n += 1) await engine.addEndpoint(receiver, { limits });
  const post = async (count: number, run: string) => {
    const events = Array.from({ length: count }, (_, n) => ({ event: 'order.created', data: { order_id: run + n } }));
    const { statusCode, body } = await request(`${engine.engine.intakeAddress}/v1/events`, {
      method: 'POST',
      headers: { authorization: `Bearer ${engine.token}`, 'content-type': 'application/json' },
      body: JSON.stringify(events),
    });
    await body.dump();
    expect(statusCode).toBe(202);
  };
  // As many at once as their limits let through, an endpoint has only after as many answers.
  await post(inFlight + 5, 'warm');
  await engine.until(secondLater(waiting), (count) => count === 0);
  await engine.call('relay.pause', { forMs: 3_600_000 });
  await post(inFlight + 10, 'back');
  const answer = Promise.withResolvers<void>();
  receiver.answerWith({ after: answer.promise });

  const database = new BetterSqlite3(databaseFile(engine.dataFolder), { readonly: true });
  const leased = database
    .prepare('SELECT COUNT(*) FROM leases l JOIN deliveries d ON d.seq = l.delivery_seq GROUP BY d.endpoint_no')
    .pluck();
  const attempts = database.prepare('SELECT COUNT(*) FROM attempts').pluck();
  const claims = watchTurns(() => leased.all() as number[]);
  await engine.call('relay.resume', {});
  const all = endpoints * inFlight;
  await engine.until(secondLater(claims.last), (each) => sum(each) === all);
  const shares = claims.stop();
  expect(mostGrowth(shares.map(sum))).toBeLessThanOrEqual(mostInRound);
  // Whose turn was cut short does not go first in the next one: the other has some before the first has all.
  expect(shares.some((each) => each.length === endpoints && each.every((count) => count < inFlight))).toBe(true);

  // All end while nothing can be written down.
  const holder = new BetterSqlite3(databaseFile(engine.dataFolder));
  holder.exec('BEGIN IMMEDIATE');
  answer.resolve();
  await new Promise((resolve) => setTimeout(resolve, 1_000));
  const records = watchTurns(() => Number(attempts.get()));
  holder.close();
  await engine.until(secondLater(waiting), (count) => count === 0);
  expect(mostGrowth(records.stop())).toBeLessThanOrEqual(mostTogether);
  database.close();

  /** Their pace lets more through with every second. */
  function secondLater<Value>(ask: () => Value | Promise<Value>) {
    return async (): Promise<Value> => {
      await engine.clock.advance(1_000);
      return ask();
    };
  }
  async function waiting(): Promise<number> {
    return (await engine.call('deliveries.count', { filter: { states: ['waiting', 'sending'] } })).total;
  }
});

const sum = (counts: readonly number[]): number => counts.reduce((all, count) => all + count, 0);

/** The most by which it has grown from one turn to the next. */
const mostGrowth = (counts: readonly number[]): number =>
  Math.max(...counts.map((count, n) => count - (counts[n - 1] ?? count)));

/** Looks at something in every turn of this thread, which is the engine's too: a turn has one commit at most. */
function watchTurns<Value>(ask: () => Value) {
  const seen = [ask()];
  let going = true;
  const look = () => {
    if (!going) return;
    seen.push(ask());
    setImmediate(look);
  };
  setImmediate(look);
  return {
    last: () => seen.at(-1) as Value,
    stop(): readonly Value[] {
      going = false;
      return seen;
    },
  };
}
