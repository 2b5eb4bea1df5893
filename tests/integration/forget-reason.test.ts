/** What a person wrote of a guest into the audit: the row stays, who is forgotten goes from it. */
import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { databaseFile } from '../../electron/engine/store/connection.ts';
import { systemClock } from '../../electron/engine/system-clock.ts';
import { relayInProcess } from '../support/command-line.ts';
import { posted } from '../support/deliveries.ts';
import { startTestEngine } from '../support/engine.ts';

test.each([
  [{ name: 'Ligaya Peralta' }, 'Ligaya Peralta asked for it', '[forgotten] asked for it'],
  [
    { name: 'Maria Corazon Dimaculangan', phone: '0917 123 4567' },
    'For Maria Corazon Dimaculangan +63 917 123 4567 lawyer',
    'For [forgotten] [forgotten] lawyer',
  ],
  [{ name: "Zoë O'Brien-Ng" }, "ZOE O’BRIEN–NG, and again Zoë O'Brien-Ng.", '[forgotten], and again [forgotten].'],
  [
    { name: 'Jörg Strauß' },
    'to the lawyer of Strauss, Joerg or Jörg Strauß',
    'to the lawyer of [forgotten] or [forgotten]',
  ],
])('of %o “%s” becomes “%s”', { timeout: 40_000 }, async (guest, reason, after) => {
  // By the real clock: what is forgotten rests between its steps.
  await using engine = await startTestEngine({ clock: systemClock as never });
  const relay = async (...args: readonly string[]) => {
    const { code, out, err } = await relayInProcess(engine.dataFolder, args);
    expect([code, err], args.join(' ')).toEqual([0, '']);
    return out;
  };
  await posted(engine, 'booking.created', { booking_id: 'bk_1', guest_name: guest.name, ...guest });
  await relay('export', '--what', 'events', '--full', '--reason', reason, '--yes');
  const before = await engine.call('audit.list', { filter: { acts: ['export.start'] } as never, limit: 10 });
  expect(before.rows).toMatchObject([{ detail: { reason } }]);

  expect(await relay('forget', '--name', guest.name)).toContain('1 row of audit\n');
  await relay('forget', '--name', guest.name, '--yes');
  const { rows } = await engine.call('audit.list', { filter: {}, limit: 100 });
  expect(rows.filter(({ act }) => act === 'export.start')).toEqual([
    { ...before.rows[0], detail: { ...(before.rows[0]?.detail as object), reason: after } },
  ]);
  expect(await relay('forget', '--name', guest.name)).toBe('Nothing here speaks of that guest.\n');
  for (const file of [databaseFile(engine.dataFolder), `${databaseFile(engine.dataFolder)}-wal`]) {
    const bytes = (await readFile(file)).toString('utf8');
    expect([file, bytes.includes(guest.name), bytes.includes(reason)]).toEqual([file, false, false]);
  }
});
