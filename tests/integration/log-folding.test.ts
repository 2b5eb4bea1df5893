import BetterSqlite3 from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { newestPosition } from '../../electron/engine/log/cursor.ts';
import { createDeliverySearch } from '../../electron/engine/log/delivery-search.ts';
import { createEventSearch } from '../../electron/engine/log/event-search.ts';
import { databaseFile } from '../../electron/engine/store/connection.ts';
import { foldName } from '../../electron/engine/store/fold.ts';
import { migrate, migrations } from '../../electron/engine/store/migrate.ts';
import { type TemporaryFolder, temporaryFolder } from '../support/folder.ts';
import { openContext, type TestContext } from '../support/log-folder.ts';
import { seed } from '../support/seed.ts';

const names = [
  ['Łukasz Wałęsa', 'lukasz walesa'],
  ['Søren Kierkegård', 'soren kierkegard'],
  ['Jürgen Groß', 'jurgen gross'],
  ['GROẞ', 'gross'],
  ['Đặng Thị Hoa', 'dang thi hoa'],
  ['Ægir Þórsson', 'aegir thorsson'],
  ['Guðrún Œuvrard', 'gudrun oeuvrard'],
  ['Işıl İnce', 'isil ince'],
  ['Ｍａｒｉａ　Ｓａｎｔｏｓ２', 'maria santos2'],
  ['Conor O’Brien', "conor o'brien"],
  ['Conor O´Brien', "conor o'brien"],
  ['Anne–Marie ﬁnch', 'anne-marie finch'],
] as const;

test.each(names)('%s is found as %s', (name, typed) => {
  expect(foldName(name)).toBe(typed);
  expect(foldName(typed)).toBe(typed);
});

describe('in a log', () => {
  let folder: TemporaryFolder;
  let context: TestContext;
  beforeEach(async () => {
    folder = await temporaryFolder();
    seed(folder.path, { deliveries: 200 });
    context = openContext(folder.path);
  });
  afterEach(async () => {
    context.close();
    await folder.remove();
  });

  const everything = { from: 0, to: Number.MAX_SAFE_INTEGER };
  const eventsOf = (text: string) =>
    [...createEventSearch(context.reader).byText(text, everything)].flatMap(({ seq }) => (seq === null ? [] : [seq]));
  const set = (sql: string, ...values: unknown[]) => void context.writer.prepare(sql).run(...values);

  test.each([
    ['an event', 'SELECT id FROM events WHERE seq = 7'],
    ['a delivery', 'SELECT id FROM deliveries WHERE event_seq = 7'],
    ['a booking', 'SELECT entity_id FROM events WHERE seq = 7'],
    ['the PMS', 'SELECT pms_id FROM events WHERE seq = 7'],
  ])('the id of %s is found in any case', (_whose, sql) => {
    set("UPDATE events SET entity_id = 'Rsv-12aB', pms_id = 'Pms-77Xy' WHERE seq = 7");
    const id = context.writer.prepare<[], string>(sql).pluck().get() ?? '';
    for (const typed of [id, id.toLowerCase(), id.toUpperCase()]) {
      expect(eventsOf(typed)).toEqual([7]);
      expect(createEventSearch(context.reader).matchesText(7, typed)).toBe(true);
      expect(createEventSearch(context.reader).matchesText(8, typed)).toBe(false);
    }
  });

  test('a delivery’s id shows that delivery, and not the others of its event', () => {
    const [one] = context.writer
      .prepare<[], { seq: number; id: string }>('SELECT seq, id FROM deliveries WHERE event_seq = 7')
      .all();
    const request = { filter: { text: one?.id.toLowerCase() ?? '' }, position: newestPosition, limit: 10 };
    expect(createDeliverySearch(context.reader).find(request, Number.MAX_SAFE_INTEGER).seqs).toEqual([one?.seq]);
  });

  test('what an earlier version kept is found likewise', () => {
    context.close();
    const database = new BetterSqlite3(databaseFile(folder.path));
    database.exec('DROP INDEX events_by_mixed_entity');
    const guest = database.prepare('UPDATE events SET guest = ? WHERE seq = ?');
    // As it was folded then: without accents and capitals only.
    const before = (name: string) => name.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase();
    for (const [index, [name]] of names.entries()) guest.run(before(name).replaceAll(/\s+/g, ' '), index + 1);
    database.pragma('user_version = 10');
    migrate(
      database,
      migrations.filter(({ version }) => version <= 11),
    );
    const kept = database.prepare<[number], string>('SELECT guest FROM events WHERE seq = ?').pluck();
    expect(names.map((_name, index) => kept.get(index + 1))).toEqual(names.map(([, typed]) => typed));
    // What came after that one is there already.
    database.pragma(`user_version = ${migrations.at(-1)?.version}`);
    database.close();
    context = openContext(folder.path);
  });
});
