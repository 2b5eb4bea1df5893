/** What is left behind by a forgotten guest: kept messages are closed, and what was set up by the guest's name says so. */
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

test('a scheduled export whose filter named the guest writes nothing, says so, and goes on with another', {
  timeout: 40_000,
}, async () => {
  await using engine = await startTestEngine({ clock: systemClock as never });
  await posted(engine, 'booking.created', { booking_id: 'bk_1', guest_name: guest });
  const relay = (...given: readonly string[]) => relayInProcess(engine.dataFolder, ['export-schedule', ...given]);
  expect((await relay('add', '--text', 'Quillfeather', '--event', 'booking.*')).code).toBe(0);
  expect((await relay('add', '--what', 'events')).code).toBe(0);
  const [schedule, other] = await engine.call('schedules.list', {});
  const id = String(schedule?.id);
  const before = (await relay('list')).out;
  expect(before).toMatch(/^ {2}only event booking\.created, booking\.updated, booking\.cancelled; a text$/m);
  expect(before).not.toContain('Quillfeather');

  await engine.call('forget.start', { sought: { name: guest }, confirmed: true });
  const says = { key: 'export.filter_forgotten' };
  await expect
    .poll(async () => (await engine.call('situation.get', {})).exportsAway, { timeout: 20_000 })
    .toMatchObject([{ id, says, missed: 0 }]);
  expect((await engine.call('schedules.list', {})).map(({ away }) => away)).toMatchObject([{ says }, null]);
  expect((await relay('list')).out).toMatch(/^ {2}Its filter names a guest who was forgotten/m);
  expect(await relay('run', id)).toMatchObject({ code: 2, err: expect.stringContaining('a guest who was forgotten') });
  expect(await relay('change', id, '--keep', '5')).toMatchObject({ err: expect.stringMatching(/--text: Its filter/) });

  expect((await relay('change', id, '--no-filter')).code).toBe(0);
  expect((await engine.call('situation.get', {})).exportsAway).toEqual([]);
  const [changed] = await engine.call('schedules.list', {});
  expect(changed).toMatchObject({ filter: {}, away: null, keepDays: 90, folder: other?.folder });
});
