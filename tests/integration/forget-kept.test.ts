/** What is kept of a source, of a guest who was forgotten since, is closed: nothing of it is left to take in. */
import { expect, test } from 'vitest';
import { systemClock } from '../../electron/engine/system-clock.ts';
import { relayInProcess } from '../support/command-line.ts';
import { posted } from '../support/deliveries.ts';
import { startTestEngine } from '../support/engine.ts';

const guest = 'Zora Quillfeather';

test('a kept message of a forgotten guest is counted no more, and says why', { timeout: 40_000 }, async () => {
  // By the real clock: what is forgotten rests between its steps.
  await using engine = await startTestEngine({ clock: systemClock as never });
  await posted(engine, 'booking.created', { booking_id: 'bk_1', guest_name: guest });
  const { id } = await engine.call('sources.add', { name: 'Till' });
  const kept = (name: string) => JSON.stringify({ event: 'nonsense', data: { guest_name: name } });
  await engine.call('sources.paste', { id, text: `${kept(guest)}\n${kept('Somebody Else')}` });
  const source = async () => (await engine.call('situation.get', {})).sources.find((one) => one.id === id);
  expect(await source()).toMatchObject({ kept: 2 });

  await engine.call('forget.start', { sought: { name: guest }, confirmed: true });
  await expect
    .poll(async () => (await engine.call('forget.list', {}))[0]?.endedAt, { timeout: 20_000 })
    .toEqual(expect.any(Number));
  expect(await source()).toMatchObject({ kept: 1 });
  const messages = await engine.call('sources.messages', { id, limit: 10 });
  const closed = messages.find(({ state }) => state === 'dropped');
  const { askedAt } = (await engine.call('forget.list', {}))[0] ?? {};
  expect(closed).toMatchObject({
    settledAt: askedAt,
    trouble: { says: { key: 'source_message.forgotten_by', params: { goneOn: askedAt, who: 'tester' } } },
  });
  const previews = await engine.call('sources.preview', { id, limit: 10 });
  expect(previews.find(({ state }) => state === 'dropped')).toMatchObject({ made: [], why: closed?.trouble });
  const { out } = await relayInProcess(engine.dataFolder, ['source', 'message', String(closed?.id)]);
  expect(out.replace(/\s+/g, ' ')).toMatch(
    /because the guest was forgotten on \S.* by tester: it cannot be taken in\./,
  );
});
