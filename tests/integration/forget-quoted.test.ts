/** What a receiver said of a guest stands in more places than its answer: wherever it is quoted it goes, whole. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import BetterSqlite3 from 'better-sqlite3';
import { describe, expect, test } from 'vitest';
import { matcherOf, noIdentifiers } from '../../electron/engine/privacy/forget/sought.ts';
import { systemClock } from '../../electron/engine/system-clock.ts';
import { relayInProcess } from '../support/command-line.ts';
import { afterAttempts, deliveryOf, posted } from '../support/deliveries.ts';
import { startTestEngine, type TestEngine } from '../support/engine.ts';
import { startReceiver } from '../support/receiver.ts';

const guest = 'Teodora Alonso';
const words = `Duplicate of guest ${guest}, room 12, tel 0917 888 1234, mail teo@alonso.example`;
const needles = ['Teodora', 'Alonso', 'teodora', 'alonso', '888 1234'];

async function speaking(folder: string, parts: readonly string[] = needles): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((one) => one.isFile()).map(({ parentPath, name }) => join(parentPath, name));
  const found = await Promise.all(
    files.map(async (file) => {
      const bytes = await readFile(file);
      return parts.filter((needle) => bytes.includes(needle)).map((needle) => `${file}: ${needle}`);
    }),
  );
  return found.flat();
}

async function forgotten(engine: TestEngine): Promise<void> {
  const { out, code } = await relayInProcess(engine.dataFolder, ['forget', '--name', guest, '--yes']);
  expect([code, out]).toEqual([0, expect.stringContaining('Forgotten.')]);
}

const statusAndDoctor = async (engine: TestEngine) => {
  const status = await relayInProcess(engine.dataFolder, ['status']);
  const doctor = await relayInProcess(engine.dataFolder, ['doctor']);
  return `${status.out}${doctor.out}`;
};

test('an answer that named a guest is quoted nowhere any more, nor written back', { timeout: 60_000 }, async () => {
  await using receiver = await startReceiver();
  // By the real clock: what is forgotten rests between its steps.
  await using engine = await startTestEngine({ clock: systemClock as never, notices: 'log' });
  const { id } = await engine.addEndpoint(receiver);
  receiver.answerWith({
    status: 422,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ message: words }),
  });
  // Of another guest: its event stays, and what was said of it does not.
  const event = await posted(engine, 'booking.created', { booking_id: 'bk_1', guest_name: 'Ana Cruz' });
  await deliveryOf(engine, event, afterAttempts(1));
  await relayInProcess(engine.dataFolder, ['endpoint', 'test', id]);
  expect(await statusAndDoctor(engine)).toContain(guest);
  expect(await relayInProcess(engine.dataFolder, ['backup'])).toMatchObject({ code: 0 });

  await forgotten(engine);
  expect(await statusAndDoctor(engine)).not.toMatch(/Teodora|Alonso|888 1234/);
  const { attemptsMade } = await deliveryOf(engine, event);
  expect(JSON.stringify(attemptsMade)).not.toMatch(/Teodora|Alonso|888 1234/);
  const after = await engine.call('endpoints.get', { id });
  expect(after.trouble).toMatchObject({ kind: 'refused', status: 422, failures: 1, said: '[forgotten]' });
  // Health is written as memory has it: with the next outcome, whatever that is.
  receiver.answerWith({ status: 503 });
  const next = await posted(engine, 'booking.created', { booking_id: 'bk_2', guest_name: 'Ben Reyes' });
  await deliveryOf(engine, next, afterAttempts(1));
  expect(await speaking(engine.dataFolder)).toEqual([]);
  const { out } = await relayInProcess(engine.dataFolder, ['forget', '--name', guest]);
  expect(out).toBe('Nothing here speaks of that guest.\n');
});

test('what a receiver says to everybody is of nobody: it stays, and a guest is forgotten while it goes on', {
  timeout: 60_000,
}, async () => {
  await using receiver = await startReceiver();
  await using engine = await startTestEngine({ clock: systemClock as never, notices: 'log' });
  const { id } = await engine.addEndpoint(receiver);
  receiver.answerWith({ status: 422, body: 'No such night audit day' });
  const post = async (booking_id: string, guest_name: string) =>
    deliveryOf(engine, await posted(engine, 'guest.checkin', { booking_id, guest_name }), afterAttempts(1));
  await post('bk_1', 'Ana Cruz');
  await post('bk_2', guest);
  let goesOn = true;
  const others = (async () => {
    for (let n = 3; goesOn && n < 200; n += 1) await post(`bk_${n}`, `Ben Reyes`);
  })();
  try {
    await forgotten(engine);
  } finally {
    goesOn = false;
    await others;
  }
  expect(await speaking(engine.dataFolder)).toEqual([]);
  expect((await engine.call('endpoints.get', { id })).trouble).toMatchObject({ said: 'No such night audit day' });
});

test('what only holds a piece of the guest’s name is left as it is, but for what was searched for', () => {
  const { without } = matcherOf({ ...noIdentifiers, names: ['Ana Nightingale'], mails: ['ana@gmail.example'] });
  const said = JSON.stringify({ foundBy: ['mail'], every: 'night', kind: 'mail', filter: { text: 'nightin' } });
  expect(without(said)).toBe(said.replace('nightin', '[forgotten]'));
});

test('a quote within what was kept aside goes too, and what it is kept with stays', () => {
  const kept = (said: string) => JSON.stringify({ health: { trouble: JSON.stringify({ kind: 'errors', said }) } });
  const { withoutQuotes } = matcherOf({ ...noIdentifiers, names: ['Errorsen Kind'] });
  expect(withoutQuotes(kept('no room for Errorsen\nKind'))).toBe(kept('[forgotten]'));
  expect(withoutQuotes(kept('no room'))).toBe(kept('no room'));
});

describe('what was said in answer to the guest’s own event', () => {
  const quentin = 'Quentin Wickersham';
  const answers = {
    'names the guest by half': { message: 'Unknown guest: Mr. Wickersham, sorry' },
    'is cut in the midst of the name': {
      message: `Refused {"at":"2026-11-30T16:20:00+08:00","seen_by":"front_desk_two","guest":"Quentin Wickersham"}`,
    },
    'names nobody, and is of the guest': { message: 'No folio 88123 for the party of two in 204' },
  };
  test.each(Object.entries(answers))('%s: it goes whole', { timeout: 60_000 }, async (_what, answer) => {
    await using receiver = await startReceiver();
    await using engine = await startTestEngine({ clock: systemClock as never, notices: 'log' });
    const { id } = await engine.addEndpoint(receiver);
    const refuses = {
      status: 422,
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(answer),
    };
    receiver.answerWith(refuses);
    for (const booking_id of ['bk_q1', 'bk_q2', 'bk_q3']) {
      const event = await posted(engine, 'guest.checkin', { booking_id, guest_name: quentin });
      await deliveryOf(engine, event, afterAttempts(1));
    }
    const { trouble } = await engine.call('endpoints.get', { id });
    const said = trouble?.said ?? '';
    expect(said).not.toBe('');
    const rows = () => {
      const database = new BetterSqlite3(join(engine.dataFolder, 'relay.db'), { readonly: true });
      try {
        return JSON.stringify(database.prepare('SELECT condition FROM notices').all());
      } finally {
        database.close();
      }
    };
    await expect.poll(rows, { timeout: 15_000 }).toContain(JSON.stringify(JSON.stringify(said)).slice(3, -3));
    expect(await statusAndDoctor(engine)).toContain(said.slice(0, 20));
    expect(await relayInProcess(engine.dataFolder, ['backup'])).toMatchObject({ code: 0 });

    const { out } = await relayInProcess(engine.dataFolder, ['forget', '--name', quentin, '--yes']);
    expect(out).toContain('Forgotten.');
    const shown = await relayInProcess(engine.dataFolder, ['endpoint', 'show', id, '--json']);
    expect(`${shown.out}${await statusAndDoctor(engine)}`).not.toContain(said.slice(0, 20));
    expect((await engine.call('endpoints.get', { id })).trouble).toMatchObject({ status: 422, said: '[forgotten]' });
    expect(await speaking(engine.dataFolder, [said.slice(0, 20), 'Wickersh', 'wickersh', 'Quentin'])).toEqual([]);
  });

  test('the words of others stay, and so does what only has a name that many have', () => {
    const kept = (said: string) => JSON.stringify({ kind: 'errors', host: 'wickersham.example', said });
    const { withoutWords } = matcherOf({ ...noIdentifiers, names: ['Mr. Quentin de la Wickersham', 'Walk-in Guest'] });
    for (const words of ['Unknown guest: Mr. Wicker', 'the guest is gone', 'walk on', 'de la Cruz', 'Wickershams']) {
      expect(withoutWords(kept(words))).toBe(kept(words));
    }
    for (const words of ['no QUENTIN here', 'wickershám?', 'no such guest: Wicker…', '…kersham"} is odd']) {
      expect(withoutWords(kept(words))).toBe(kept('[forgotten]'));
    }
  });
});
