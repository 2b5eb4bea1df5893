/** Tables in real databases: rows are read once, in time, whatever order they are committed in, and never written. */
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import mysql from 'mysql2/promise';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sentence } from '../../shared/sentences/sentence.ts';
import { outboxScript } from '../../shared/source-kinds/outbox-script.ts';
import { presetOf } from '../../shared/source-presets/index.ts';
import { hasMariaDb, hasPostgres, startMariaDb, startPostgres, type TestDatabase } from '../support/databases.ts';
import { temporaryFolder } from '../support/folder.ts';
import { operator } from '../support/intake.ts';
import { kept, read } from '../support/sql-reading.ts';
import { until } from '../support/until.ts';

const password = 'correct horse';

if (!hasMariaDb) console.warn('SKIPPED: MariaDB is not installed (apt-get install mariadb-server)');
if (!hasPostgres) console.warn('SKIPPED: PostgreSQL is not installed (apt-get install postgresql)');
console.warn('SKIPPED: SQL Server has no server here; tests/unit/sql-dialect.test.ts looks at what is asked of it');

describe.skipIf(!hasMariaDb)('MariaDB', () => {
  let database: TestDatabase;
  const config = () => ({ system: 'mysql', port: database.port, database: 'pms', user: 'roost', password });
  beforeAll(async () => {
    database = await startMariaDb();
    // QloApps' own, as its installer makes it (htl_booking_detail).
    database.run(`USE pms;
      CREATE TABLE qlo_htl_booking_detail (
        id int(11) NOT NULL AUTO_INCREMENT, id_product int(11) NOT NULL, id_order int(11) NOT NULL,
        id_room int(11) NOT NULL, id_hotel int(11) NOT NULL, id_customer int(11) NOT NULL, booking_type tinyint(4) NOT NULL,
        id_status int(11) NOT NULL, comment text NOT NULL, check_in datetime NOT NULL, check_out datetime NOT NULL,
        date_from datetime NOT NULL, date_to datetime NOT NULL, total_price_tax_incl decimal(20,6) NOT NULL DEFAULT 0,
        is_refunded tinyint(1) NOT NULL DEFAULT 0, is_cancelled tinyint(1) NOT NULL DEFAULT 0, email varchar(255) NOT NULL DEFAULT '',
        phone varchar(32) NOT NULL DEFAULT '', date_add datetime NOT NULL, date_upd datetime NOT NULL, PRIMARY KEY (id)
      ) ENGINE=InnoDB DEFAULT CHARSET=utf8;
      CREATE TABLE \`tabHotel Room Reservation\` (
        name varchar(140) NOT NULL PRIMARY KEY, creation datetime(6), modified datetime(6), docstatus int(1) NOT NULL DEFAULT 0,
        guest_name varchar(140), customer varchar(140), from_date date, to_date date, late_checkin int(1), status varchar(140)
      ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
      ${outboxScript({ database: 'mysql', system: 'qloapps', prefix: 'qlo_', user: 'roost', password })}
      ${outboxScript({ database: 'mysql', system: 'erpnext', prefix: '', user: 'roost', password })}`);
  }, 60_000);
  afterAll(() => database?.[Symbol.asyncDispose]());

  it('gives what the triggers on QloApps’ and ERPNext’s tables write', async () => {
    await using reading = await read(config());
    database.run(`USE pms;
      INSERT INTO qlo_htl_booking_detail (id_product, id_order, id_room, id_hotel, id_customer, booking_type, id_status, comment,
        check_in, check_out, date_from, date_to, total_price_tax_incl, email, date_add, date_upd)
        VALUES (1, 7, 12, 1, 1, 1, 1, '', '0001-01-01', '0001-01-01', '2026-12-01', '2026-12-03', 6000.50, 'ñ@x.ph', NOW(), NOW());
      UPDATE qlo_htl_booking_detail SET id_status = 2, check_in = NOW();
      UPDATE qlo_htl_booking_detail SET id_status = 3, check_out = NOW();
      UPDATE qlo_htl_booking_detail SET is_refunded = 1;
      UPDATE qlo_htl_booking_detail SET is_cancelled = 1;
      INSERT INTO \`tabHotel Room Reservation\` (name, guest_name, from_date, to_date, status)
        VALUES ('HOTEL-2026-1', 'José', '2026-12-01', '2026-12-03', 'Booked');`);
    await until(reading.events, (events) => events.length === 6);
    expect(reading.events()).toEqual([
      'booking.created 1',
      'guest.checkin 1',
      'guest.checkout 1',
      // A room that is refunded is cancelled, and is so once.
      'booking.cancelled 1',
      'booking.updated 1',
      'booking.created HOTEL-2026-1',
    ]);
    expect(reading.test.events()[0]?.data).toContain('"email": "ñ@x.ph"');
    expect(reading.source().health.away).toBeNull();
    // It may read its outbox and nothing else, and writes nothing.
    const user = await mysql.createConnection({
      host: '127.0.0.1',
      port: database.port,
      user: 'roost',
      password,
      database: 'pms',
    });
    await expect(user.query('DELETE FROM roost_outbox')).rejects.toThrow(/denied/);
    await expect(user.query('SELECT * FROM qlo_htl_booking_detail')).rejects.toThrow(/denied/);
    await user.end();
  });

  it('takes what its own script for QloApps writes with QloApps’ preset too, and the table itself where it is watched', async () => {
    database.run(`USE pms; DELETE FROM roost_outbox; DELETE FROM qlo_htl_booking_detail;
      GRANT SELECT ON qlo_htl_booking_detail TO 'roost'@'%';`);
    const book = (id: number) => `USE pms;
      INSERT INTO qlo_htl_booking_detail (id, id_product, id_order, id_room, id_hotel, id_customer, booking_type, id_status,
        comment, check_in, check_out, date_from, date_to, total_price_tax_incl, date_add, date_upd)
        VALUES (${id}, 1, 7, 12, 1, 1, 1, 1, '', '0001-01-01', '0001-01-01', '2026-12-01', '2026-12-03', 6000.50,
          '2026-11-01 08:00:00', '2026-11-01 08:00:00');
      UPDATE qlo_htl_booking_detail SET id_status = 2, check_in = NOW() WHERE id = ${id};`;
    const table = 'qlo_htl_booking_detail';
    for (const reads of [{}, { reads: 'table', table, changedColumn: 'date_upd' }]) {
      await using reading = await read(config(), {}, { preset: 'qloapps', config: reads });
      await reading.looks();
      const id = 'reads' in reads ? 901 : 900;
      database.run(book(id));
      const wanted = 'reads' in reads ? [`guest.checkin ${id}`] : [`booking.created ${id}`, `guest.checkin ${id}`];
      await until(reading.events, (events) => events.length === wanted.length);
      expect(reading.events()).toEqual(wanted);
      expect(kept(reading)).toEqual([]);
    }
    await using asOutbox = await read({ ...config(), table });
    const { health } = await until(asOutbox.source, ({ health }) => health.away !== null);
    expect(health.away?.says).toMatchObject({ key: 'source.database_no_outbox', params: { table, column: 'event' } });
  }, 40_000);

  it('misses no row that is committed after one with a greater number', async () => {
    database.run('USE pms; DELETE FROM roost_outbox;');
    await using reading = await read(config());
    const open = async () => {
      const options = { socketPath: join(database.folder, 'db.sock'), user: 'root', database: 'pms' };
      const connection = await mysql.createConnection(options);
      await connection.query('BEGIN');
      return connection;
    };
    const put = (order: string) =>
      `INSERT INTO roost_outbox (event, payload) VALUES ('order.created', '{"order_id":"${order}"}')`;
    const [first, second] = [await open(), await open()];
    await first.query(put('earlier'));
    await second.query(put('later'));
    await second.query('COMMIT');
    await until(reading.events, (events) => events.length === 1);
    expect(reading.events()).toEqual(['order.created later']);
    await first.query('COMMIT');
    await until(reading.events, (events) => events.length === 2);
    expect(reading.events()).toEqual(['order.created later', 'order.created earlier']);
    // A table that begins anew has other rows under the same numbers.
    database.run(`USE pms; TRUNCATE roost_outbox; ${put('anew')};`);
    await until(reading.events, (events) => events.length === 3);
    await Promise.all([first.end(), second.end()]);
  });

  it('that is away is known since when, and read on once it is back; no password is said', async () => {
    await using reading = await read(config());
    await until(reading.source, ({ health }) => health.nextLookAt !== null);
    await database.kill();
    const away = await until(reading.source, ({ health }) => health.away !== null);
    expect(away.health.away?.says.key).toBe('source.database_away');
    await database.start();
    await until(reading.source, ({ health }) => health.away === null);
    const before = reading.events().length;
    database.run(`USE pms; INSERT INTO roost_outbox (event, payload) VALUES ('order.created', '{"order_id":"back"}');`);
    await until(reading.events, (events) => events.length === before + 1);
    const { id } = reading.source();
    await reading.test.intake.handlers['sources.change']({ id, config: { password: 'wrong secret' } }, operator);
    const refused = await until(reading.source, ({ health }) => health.away !== null);
    expect(refused.health.away?.says).toEqual({
      key: 'source.database_login',
      params: { place: `127.0.0.1:${database.port}`, user: 'roost' },
    });
    await reading.test.intake.handlers['sources.change'](
      { id, config: { password, table: 'no`such"table' } },
      operator,
    );
    await until(reading.source, ({ health }) => health.away?.says.key === 'source.database_no_table');
    const said = JSON.stringify([reading.source(), reading.test.log.lines]);
    for (const secret of [password, 'wrong secret']) expect(said).not.toContain(secret);
  }, 40_000);

  it('tells what is new, other and gone in a table that is watched', async () => {
    database.run(`USE pms; CREATE TABLE \`odd \`\` table\` (\`the key\` int PRIMARY KEY, name varchar(50), total decimal(10,2));
      INSERT INTO \`odd \`\` table\` VALUES (1, 'Ana', 1.50), (2, 'Ben', 2.50);
      GRANT SELECT ON \`odd \`\` table\` TO 'roost'@'%';`);
    await using reading = await read({ ...config(), reads: 'table', table: 'odd ` table', keyColumn: 'the key' });
    await until(
      () => reading.test.context.writer.prepare('SELECT cursor FROM sources').get() as { cursor: string | null },
      ({ cursor }) => cursor?.includes('"round":2') === true || cursor?.includes('"round":3') === true,
    );
    database.run(`USE pms; UPDATE \`odd \`\` table\` SET total = 6000.00 WHERE \`the key\` = 1;
      DELETE FROM \`odd \`\` table\` WHERE \`the key\` = 2; INSERT INTO \`odd \`\` table\` VALUES (10, 'Cy', 3);`);
    await until(
      () => kept(reading),
      (changes) => changes.length === 3,
    );
    expect(
      kept(reading)
        .map((row) => [row._change, row['the key']])
        .sort(),
    ).toEqual([
      ['added', 10],
      ['changed', 1],
      ['gone', 2],
    ]);
    const raw = reading.test.context.writer.prepare<[], { raw: string }>('SELECT raw FROM messages').all();
    expect(raw.some((one) => one.raw.includes('"total":6000.00'))).toBe(true);
  });
});

describe.skipIf(!hasPostgres)('PostgreSQL', () => {
  let database: TestDatabase;
  const postgresScript = outboxScript({ database: 'postgres', system: 'odoo', prefix: '', user: 'roost', password });
  const config = () => ({ system: 'postgres', port: database.port, database: 'pms', user: 'roost', password });
  beforeAll(async () => {
    database = await startPostgres();
    // Odoo's own, by the columns that the triggers read.
    database.run(`\\c pms
      CREATE TABLE pos_order (id serial PRIMARY KEY, name varchar, state varchar, amount_total numeric, amount_paid numeric,
        partner_id integer, session_id integer, create_date timestamp, write_date timestamp);
      ${postgresScript}
      -- Whoever is not sure runs it again.
      ${postgresScript}`);
  }, 60_000);
  afterAll(() => database?.[Symbol.asyncDispose]());

  it('gives what the triggers on Odoo’s tables write', async () => {
    await using reading = await read(config());
    database.run(`\\c pms
      INSERT INTO pos_order (name, state, amount_total) VALUES ('Shop/0001', 'draft', 6000.00);
      UPDATE pos_order SET amount_paid = 6000.00;
      UPDATE pos_order SET state = 'paid';`);
    await until(reading.events, (events) => events.length === 2);
    expect(reading.events()).toEqual(['order.created 1', 'order.completed 1']);
    expect(reading.test.events()[0]?.data).toContain('"total": 6000.00');
  });

  it('misses no row that is committed after one with a greater number', async () => {
    await using reading = await read(config());
    const open = async () => {
      const client = new pg.Client({ host: database.folder, port: database.port, user: 'admin', database: 'pms' });
      await client.connect();
      await client.query('BEGIN');
      return client;
    };
    const put = (order: string) =>
      `INSERT INTO roost_outbox (event, payload) VALUES ('order.created', '{"order_id":"${order}"}')`;
    const before = await until(reading.events, (events) => events.length >= 2);
    const [first, second] = [await open(), await open()];
    await first.query(put('earlier'));
    await second.query(put('later'));
    await second.query('COMMIT');
    await until(reading.events, (events) => events.length === before.length + 1);
    await first.query('COMMIT');
    await until(reading.events, (events) => events.length === before.length + 2);
    expect(reading.events().slice(-2)).toEqual(['order.created later', 'order.created earlier']);
    await Promise.all([first.end(), second.end()]);
  });
});

describe('SQLite', () => {
  it('is read from another program’s file', async () => {
    await using folder = await temporaryFolder();
    const file = join(folder.path, 'pms.db');
    const database = new Sqlite(file);
    database.exec(outboxScript({ database: 'sqlite', system: 'plain', prefix: '', user: '', password: '' }));
    const put = database.prepare('INSERT INTO roost_outbox (event, payload) VALUES (?, ?)');
    database.transaction(() => {
      for (let no = 1; no <= 2_500; no += 1) put.run('order.created', `{"order_id":"${no}","total":6000.00}`);
    })();
    await using reading = await read({ system: 'sqlite', file });
    await until(reading.events, (events) => events.length === 2_500, 30_000);
    expect(new Set(reading.events()).size).toBe(2_500);
    expect(reading.test.events()[0]?.data).toBe('{"order_id":"1","total":6000.00}');
    database.close();
  }, 40_000);

  it('is not read by numbers that are kept as texts, among which 100 stands before 99', async () => {
    await using folder = await temporaryFolder();
    const file = join(folder.path, 'pms.db');
    const database = new Sqlite(file);
    database.exec(`CREATE TABLE roost_outbox (id TEXT PRIMARY KEY, event TEXT, payload TEXT);
      INSERT INTO roost_outbox VALUES ('99', 'order.created', '{"order_id":"99"}');`);
    await using reading = await read({ system: 'sqlite', file });
    const { health } = await until(reading.source, (one) => one.health.away !== null, 20_000);
    expect(health.away?.says).toEqual(sentence('source.database_no_number'));
    // Without a type they are numbers.
    database.exec(`DROP TABLE roost_outbox; CREATE TABLE roost_outbox (id, event TEXT, payload TEXT);
      INSERT INTO roost_outbox VALUES (99, 'order.created', '{"order_id":"99"}'), (100, 'order.created', '{"order_id":"100"}');`);
    await until(reading.events, (events) => events.length === 2, 20_000);
    await until(reading.source, (one) => one.health.away === null);
    database.close();
  });

  it.each(['qloapps', 'odoo'] as const)(
    'is read by a copy of the preset %s that somebody changed as by the preset itself',
    async (preset) => {
      await using folder = await temporaryFolder();
      const file = join(folder.path, 'pms.db');
      const database = new Sqlite(file);
      database.exec(outboxScript({ database: 'sqlite', system: 'plain', prefix: '', user: '', password: '' }));
      const put = database.prepare('INSERT INTO roost_outbox (event, payload) VALUES (?, ?)');
      await using reading = await read({ system: 'sqlite', file }, {}, { preset });
      const { handlers } = reading.test.intake;
      put.run('booking.created', '{"booking_id":"preset"}');
      await until(reading.events, (now) => now.length === 1);
      const copy = `{%- comment -%} ours {%- endcomment -%}${presetOf(preset)?.shape}`;
      await handlers['sources.change']({ id: reading.source().id, shaping: { shape: copy } }, operator);
      put.run('booking.updated', '{"booking_id":"copy"}');
      await until(reading.events, (now) => now.length === 2);
      // One that was changed to say something of such a row does so.
      const own = `{% if message.data.vip %}{ "event": "guest.checkin", "data": {{ message.data | json }} }{% else %}${copy}{% endif %}`;
      await handlers['sources.change']({ id: reading.source().id, shaping: { shape: own } }, operator);
      put.run('booking.updated', '{"booking_id":"own","vip":true}');
      put.run('nonsense', '{"booking_id":"other"}');
      await until(
        () => kept(reading),
        (messages) => messages.length === 1,
      );
      expect(reading.events()).toEqual(['booking.created preset', 'booking.updated copy', 'guest.checkin own']);
      database.close();
    },
  );

  it('keeps a row whose payload is no JSON, or whose stay ends before it begins, and says what is wrong', async () => {
    await using folder = await temporaryFolder();
    const file = join(folder.path, 'pms.db');
    const database = new Sqlite(file);
    database.exec(outboxScript({ database: 'sqlite', system: 'plain', prefix: '', user: '', password: '' }));
    const put = database.prepare('INSERT INTO roost_outbox (event, payload) VALUES (?, ?)');
    for (const payload of ['{bad', '[VIP] late', 'not json', '', '{"order_id":"7"}']) put.run('order.created', payload);
    const stay = { booking_id: 'b1', check_in: '2026-11-30', check_out: '2026-11-25' };
    put.run('booking.created', JSON.stringify(stay));
    put.run('booking.cancelled', JSON.stringify(stay));
    await using reading = await read({ system: 'sqlite', file });
    await until(reading.events, (events) => events.length === 2);
    expect(reading.events()).toEqual(['order.created 7', 'booking.cancelled b1']);
    const { handlers } = reading.test.intake;
    const { id: source } = reading.source();
    const rows = await handlers['sources.messages']({ id: source, keptOnly: true, limit: 9 }, operator);
    expect(rows.map(({ trouble }) => trouble?.says)).toEqual([
      sentence('refusal.not_json_at', { member: 'payload', place: 2 }),
      sentence('refusal.not_json', { member: 'payload' }),
      sentence('refusal.not_json', { member: 'payload' }),
      sentence('refusal.empty', { member: 'payload' }),
      sentence('refusal.stay_backwards', { from: '2026-11-30', to: '2026-11-25' }),
    ]);
    const id = rows[0]?.id ?? 0;
    await expect(handlers['messages.retry']({ id }, operator)).rejects.toThrow(/payload: not valid JSON/);
    const body = '{"event":"order.created","payload":"{\\"order_id\\":\\"8\\"}"}';
    await handlers['messages.retry']({ id, body }, operator);
    expect(reading.events().at(-1)).toBe('order.created 8');
    const tried = await handlers['sources.try'](
      { kind: 'sql', config: { system: 'sqlite', file }, shaping: {} },
      operator,
    );
    expect(tried.rows.map(({ outcome }) => outcome)).toEqual(['kept', 'kept', 'kept']);
    // A shape of one's own may make something of a plain text.
    const shape =
      '{"event": "{{ message.event }}", "data": {"order_id": "9", "note": {{ message.data.payload | json }}}}';
    await handlers['sources.change']({ id: source, shaping: { shape } }, operator);
    put.run('order.created', '[VIP] late');
    await until(reading.events, (events) => events.length === 4);
    expect(JSON.parse(reading.test.events().at(-1)?.data ?? '')).toEqual({ order_id: '9', note: '[VIP] late' });
    database.close();
  });

  it.each([2, 1_100])(
    'tells nothing of %s rows that stay as they are, and each change of a watched table once',
    async (count) => {
      await using folder = await temporaryFolder();
      const file = join(folder.path, 'watched.db');
      const database = new Sqlite(file);
      database.exec('CREATE TABLE bookings (id INTEGER PRIMARY KEY, name TEXT)');
      const add = database.prepare('INSERT INTO bookings VALUES (?, ?)');
      database.transaction(() => {
        for (let id = 1; id <= count; id += 1) add.run(id, `Guest ${id}`);
      })();
      await using reading = await read({ system: 'sqlite', file, reads: 'table', table: 'bookings', keyColumn: 'id' });
      const { writer } = reading.test.context;
      const remembered = () =>
        writer.prepare<[], { rows: number }>('SELECT COUNT(*) AS rows FROM source_rows').get()?.rows;
      await until(remembered, (rows) => rows === count);
      const changes = () => kept(reading).map(({ _change, id }) => [_change, id]);
      await reading.looks();
      expect(changes()).toEqual([]);
      database.exec(`UPDATE bookings SET name = 'Ana' WHERE id = 1; DELETE FROM bookings WHERE id = ${count}`);
      await until(changes, (found) => found.length >= 2);
      await reading.looks();
      // A look under way has read its first rows, and finds their change the next time.
      expect(changes().sort(([, one], [, other]) => Number(one) - Number(other))).toEqual([
        ['changed', 1],
        ['gone', count],
      ]);
      database.close();
    },
  );

  it('an option that nothing reads is refused by name, and so is one that is set later', async () => {
    await using folder = await temporaryFolder();
    await using reading = await read({ system: 'sqlite', file: join(folder.path, 'none.db') });
    const { handlers } = reading.test.intake;
    const { id } = reading.source();
    const add = (config: Record<string, unknown>) =>
      handlers['sources.add'](
        { name: 'Other', kind: 'sql', config: { system: 'mysql', database: 'pms', ...config } },
        operator,
      );
    await expect(add({ changedColumn: 'date_upd' })).rejects.toThrow('config.changedColumn: with reads=outbox');
    await expect(add({ firstLook: 'taken' })).rejects.toThrow('config.firstLook: with reads=outbox');
    await expect(add({ file: '/srv/pms.db' })).rejects.toThrow('config.file: with system=mysql');
    await expect(add({ reads: 'table', createdColumn: 'made' })).rejects.toThrow(
      'config.createdColumn: with reads=table',
    );
    await expect(handlers['sources.change']({ id, config: { user: 'roost' } }, operator)).rejects.toThrow(
      'config.user: with system=sqlite',
    );
    // As a form sends what was left as it is; and what was of use before is no reason to refuse another choice.
    await add({ changedColumn: '', firstLook: 'remembered', file: '' });
    await handlers['sources.change']({ id, config: { reads: 'table', changedColumn: 'at' } }, operator);
    await handlers['sources.change']({ id, config: { reads: 'outbox' } }, operator);
  });

  it('a file that is not there is away, and is not made', async () => {
    await using folder = await temporaryFolder();
    await using reading = await read({ system: 'sqlite', file: join(folder.path, 'none.db') });
    await until(reading.source, ({ health }) => health.away?.says.key === 'source.database_away');
  });
});
