/** Settings whose rows were damaged, or written by hand: the engine starts, at their defaults, and its log says so. */
import BetterSqlite3 from 'better-sqlite3';
import { expect, test } from 'vitest';
import { databaseFile } from '../../electron/engine/store/connection.ts';
import { startTestEngine } from '../support/engine.ts';
import { temporaryFolder } from '../support/folder.ts';

test('each falls back to its default with a warning, and the others stay', async () => {
  await using folder = await temporaryFolder();
  const first = await startTestEngine({ dataFolder: folder.path });
  const change = { propertyName: 'Peña', currency: 'EUR', retentionDays: 30 };
  const before = await first.call('settings.change', { change });
  expect(before).toMatchObject(change);
  await expect(first.call('settings.change', { change: { currency: '€€€' } })).rejects.toThrow(/currency/);
  await first.stop();

  const database = new BetterSqlite3(databaseFile(folder.path));
  const damage = database.prepare("UPDATE meta SET value = ? WHERE key = 'setting.' || ?");
  const rows = [
    ['{"not":', 'retentionDays'],
    ['"€€€"', 'currency'],
  ] as const;
  for (const [value, name] of rows) expect(damage.run(value, name).changes, name).toBe(1);
  database.close();

  const second = await startTestEngine({ dataFolder: folder.path });
  expect(await second.call('settings.get', {})).toMatchObject({
    propertyName: 'Peña',
    currency: 'PHP',
    retentionDays: 180,
  });
  const said = second.log.lines.filter((line) => line.includes('a setting cannot be read'));
  expect(said).toHaveLength(2);
  // Set again, it is as chosen.
  await second.call('settings.change', { change: { retentionDays: 30 } });
  expect((await second.call('settings.get', {})).retentionDays).toBe(30);
  await second.stop();
});
