import { spawn } from 'node:child_process';
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import BetterSqlite3, { type Database } from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { optionsOf } from '../../electron/engine/endpoints/endpoint-options.ts';
import { createEventSearch } from '../../electron/engine/log/event-search.ts';
import { databaseFile, openCheckpointer, openDatabase, openReader } from '../../electron/engine/store/connection.ts';
import { createEndpointReader } from '../../electron/engine/store/endpoints.ts';
import { createGroupCommit } from '../../electron/engine/store/group-commit.ts';
import { migrate, migrations } from '../../electron/engine/store/migrate.ts';
import { sourceKinds } from '../../electron/engine/store/migrations/016-source-kinds.ts';
import { refusedFiles } from '../../electron/engine/store/migrations/033-refused-files.ts';
import { createRefusalTable } from '../../electron/engine/store/refusals.ts';
import { createSourceTable, healthOf } from '../../electron/engine/store/sources.ts';
import { type TemporaryFolder, temporaryFolder } from '../support/folder.ts';

let folder: TemporaryFolder;
beforeEach(async () => {
  folder = await temporaryFolder();
});
afterEach(() => folder.remove());

describe('opening the database', () => {
  test('sets what keeps acknowledged events through a power cut', () => {
    const opened = openDatabase(folder.path);
    const pragma = (name: string) => opened.writer.pragma(name, { simple: true });
    expect([pragma('journal_mode'), pragma('synchronous'), pragma('foreign_keys')]).toEqual(['wal', 2, 1]);
    expect(pragma('user_version')).toBe(migrations.at(-1)?.version);
    opened.close();
  });

  test('has the writer and the checkpoints flush the drive’s own cache too', () => {
    const opened = openDatabase(folder.path);
    const checkpointer = openCheckpointer(folder.path, 0);
    for (const connection of [opened.connection, checkpointer]) {
      const pragma = (name: string) => connection.pragma(name, { simple: true });
      expect([pragma('synchronous'), pragma('fullfsync'), pragma('checkpoint_fullfsync')]).toEqual([2, 1, 1]);
    }
    checkpointer.close();
    opened.close();
  });

  test('tells a clean stop from an unclean one', () => {
    const first = openDatabase(folder.path);
    expect(first.uncleanStop).toBe(false);
    first.close();
    const second = openDatabase(folder.path);
    expect(second.uncleanStop).toBe(false);
    second.connection.close(); // As after a crash: nobody marked the stop.
    expect(() => openDatabase(folder.path)).toThrow(expect.objectContaining({ code: 'conflict' }));
    second.lock.close();
    const third = openDatabase(folder.path);
    expect(third.uncleanStop).toBe(true);
    third.close();
  });

  test('refuses a database of a newer version, says so and changes nothing', () => {
    openDatabase(folder.path).close();
    const database = new BetterSqlite3(databaseFile(folder.path));
    database.pragma('user_version = 9999');
    database.close();
    expect(() => openDatabase(folder.path)).toThrow(
      expect.objectContaining({ code: 'store_unavailable', message: expect.stringContaining('newer version') }),
    );
    const after = new BetterSqlite3(databaseFile(folder.path));
    expect(after.pragma('user_version', { simple: true })).toBe(9999);
    after.close();
  });

  test('refuses a second process, and takes over from one that was killed', async () => {
    const script = `
      import { openDatabase } from ${JSON.stringify(join(process.cwd(), 'electron/engine/store/connection.ts'))};
      // Kept: what nobody holds is collected, and its lock with it.
      globalThis.opened = openDatabase(process.argv[1]);
      console.log('open');
      setInterval(() => {}, 1000);`;
    const other = spawn(process.execPath, ['--input-type=module', '-e', script, folder.path]);
    await new Promise<void>((resolve, reject) => {
      other.stdout.once('data', () => resolve());
      other.once('exit', () => reject(new Error('the other process ended')));
    });
    expect(() => openDatabase(folder.path)).toThrow(
      expect.objectContaining({ code: 'conflict', message: expect.stringContaining('already running') }),
    );
    const ended = new Promise((resolve) => other.once('exit', resolve));
    other.kill('SIGKILL');
    await ended;
    const opened = openDatabase(folder.path);
    expect(opened.uncleanStop).toBe(true);
    opened.close();
  });

  test('names a folder that cannot be made and a file that is no database', () => {
    writeFileSync(join(folder.path, 'file'), '');
    expect(() => openDatabase(join(folder.path, 'file', 'data'))).toThrow(
      expect.objectContaining({ code: 'store_unavailable' }),
    );
    const damaged = join(folder.path, 'damaged');
    mkdirSync(damaged);
    writeFileSync(databaseFile(damaged), 'this is no database, and long enough to be looked at as one'.repeat(20));
    expect(() => openDatabase(damaged)).toThrow(
      expect.objectContaining({ code: 'store_unavailable', message: expect.stringContaining('damaged') }),
    );
  });

  test.skipIf(process.platform === 'win32' || process.getuid?.() === 0)('names a folder without rights', () => {
    chmodSync(folder.path, 0o500);
    expect(() => openDatabase(folder.path)).toThrow(expect.objectContaining({ code: 'store_unavailable' }));
    chmodSync(folder.path, 0o700);
  });

  test('a reader cannot write', () => {
    const opened = openDatabase(folder.path);
    const { reader, connection } = openReader(folder.path);
    expect(() => reader.prepare("INSERT INTO meta VALUES ('a', 'b')").run()).toThrow(/readonly/);
    connection.close();
    opened.close();
  });
});

describe('migrations', () => {
  test('a failing one leaves the database as it was, the earlier ones of that start included', () => {
    const database = new BetterSqlite3(':memory:');
    const broken = [
      { version: 1, sql: 'CREATE TABLE kept (a INTEGER) STRICT' },
      { version: 2, sql: 'CREATE TABLE broken (' },
    ];
    expect(() => migrate(database, broken)).toThrow();
    expect(database.pragma('user_version', { simple: true })).toBe(0);
    expect(database.prepare('SELECT name FROM sqlite_schema').all()).toEqual([]);
  });

  test('the second keeps what was said in English as the text that it was', () => {
    const [first] = migrations;
    if (!first) throw new Error('There is no first migration.');
    const before = new BetterSqlite3(databaseFile(folder.path));
    migrate(before, [first]);
    before.exec(`
      INSERT INTO refusals (at, status, member, message) VALUES (1, 400, 'data', 'data: it''s missing.');
      INSERT INTO jobs (id, kind, state, request, problem, started_at) VALUES ('job_1', 'export', 'failed', '{}', 'Disk full.', 1);
      INSERT INTO jobs (id, kind, state, request, started_at) VALUES ('job_2', 'export', 'done', '{}', 2);
      INSERT INTO events (id, type, property_id, occurred_at, received_at, data, summary, hints)
        VALUES ('evt_1', 'booking.created', 'p', '', 1, '{}', '{}', '["data.total: usually a number, here a text"]'),
          ('evt_2', 'booking.created', 'p', '', 1, '{}', '{}', NULL);`);
    before.close();
    const opened = openDatabase(folder.path);
    const said = (text: string) => ({ key: 'problem.said_earlier', params: { text } });
    expect(createRefusalTable(opened.writer).list(null)[0]?.says).toEqual(said("data: it's missing."));
    const read = (sql: string) => opened.writer.prepare<[], { text: string | null }>(sql).all();
    const jobs = read('SELECT problem AS text FROM jobs ORDER BY seq').map(({ text }) => text && JSON.parse(text));
    expect(jobs).toEqual([said('Disk full.'), null]);
    const hints = read('SELECT hints AS text FROM events ORDER BY seq').map(({ text }) => text && JSON.parse(text));
    expect(hints).toEqual([[said('data.total: usually a number, here a text')], null]);
    opened.close();
  });

  test('the seventh keeps earlier refusals, those of nobody known in a ring of their own', () => {
    const before = new BetterSqlite3(databaseFile(folder.path));
    migrate(before, migrations.slice(0, 6));
    before.exec(`INSERT INTO sources (no, id, name, token_hash, path_hash, created_at) VALUES (1, 'src_1', 'PMS', x'01', x'02', 1);
      INSERT INTO refusals (source_no, at, status, says) VALUES (1, 1, 400, '{"key":"refusal.no_events","params":{}}'),
        (NULL, 2, 401, '{"key":"refusal.unknown_token","params":{}}'), (NULL, 3, 400, '{"key":"refusal.no_events","params":{}}');`);
    before.close();
    const opened = openDatabase(folder.path);
    const kept = createRefusalTable(opened.writer).list(null);
    expect(kept.map(({ id, times, takenAt, hasBody }) => [id, times, takenAt, hasBody])).toEqual(
      [3, 2, 1].map((id) => [id, 1, null, false]),
    );
    const known = opened.writer.prepare<[], number>('SELECT known FROM refusals ORDER BY seq').pluck().all();
    expect(known).toEqual([1, 0, 1]);
    expect(opened.writer.prepare('SELECT last_test_at, unordered FROM sources').all()).toEqual([
      { last_test_at: null, unordered: 0 },
    ]);
    opened.close();
  });

  test('that of source kinds makes every earlier source one that posts, with the health that is known of it', () => {
    const before = new BetterSqlite3(databaseFile(folder.path));
    migrate(before, migrations.slice(0, migrations.indexOf(sourceKinds)));
    before.exec(`INSERT INTO sources (no, id, name, token_hash, path_hash, created_at, last_event_at, last_test_at)
        VALUES (1, 'src_1', 'PMS', x'01', x'02', 1, 5, 7), (2, 'src_2', 'POS', x'03', x'04', 1, NULL, NULL);
      INSERT INTO refusals (source_no, at, status, says) VALUES (1, 3, 400, '{"key":"refusal.no_events","params":{}}'),
        (1, 4, 400, '{"key":"refusal.empty","params":{}}');`);
    before.close();
    const opened = openDatabase(folder.path);
    const kept = createSourceTable(opened.writer)
      .all()
      .map((record) => ({ kind: record.kind, config: record.config, ...healthOf(record) }));
    expect(kept).toEqual([
      {
        ...{ kind: 'http', config: '{}', lastSeenAt: 7, away: null, nextLookAt: null, files: null },
        lastTrouble: { at: 4, says: { key: 'refusal.empty', params: {} } },
      },
      { kind: 'http', config: '{}', lastSeenAt: null, lastTrouble: null, away: null, nextLookAt: null, files: null },
    ]);
    opened.close();
  });

  test('that of refused files makes a name of what stood as a member, and leaves members what they are', () => {
    const before = new BetterSqlite3(databaseFile(folder.path));
    migrate(before, migrations.slice(0, migrations.indexOf(refusedFiles)));
    const says = `'{"key":"file.empty","params":{}}'`;
    const spooled = (member: string) => `(NULL, 1, 400, '${member}', ${says}, '{"method":"FILE","path":"evt_1.json"}')`;
    before.exec(`INSERT INTO sources (no, id, name, token_hash, path_hash, created_at, kind)
        VALUES (1, 'src_1', 'Export', x'01', x'02', 1, 'folder'), (2, 'src_2', 'PMS', x'03', x'04', 1, 'http');
      INSERT INTO refusals (source_no, at, status, member, says, request) VALUES (1, 1, 400, 'a.csv', ${says}, NULL),
        (2, 1, 400, 'data', ${says}, '{"method":"POST","path":"/v1/events"}'), (2, 1, 401, NULL, ${says}, NULL),
        ${spooled('evt_1.json event')}, ${spooled('evt_1.json')};`);
    before.close();
    const opened = openDatabase(folder.path);
    const kept = createRefusalTable(opened.writer).list(null);
    expect(kept.sort((one, other) => one.id - other.id).map(({ file, member }) => [file, member])).toEqual([
      ['a.csv', null],
      [null, 'data'],
      [null, null],
      ['evt_1.json', 'event'],
      ['evt_1.json', null],
    ]);
    opened.close();
  });

  test('the third leaves nobody’s name where nobody paused an endpoint', () => {
    const before = new BetterSqlite3(databaseFile(folder.path));
    migrate(before, migrations.slice(0, 2));
    const add =
      before.prepare(`INSERT INTO endpoints (id, description, url, host, masked_address, local, events, headers,
      header_names, in_flight, per_second, ordered, switch, paused_by, created_at)
      VALUES (?, '', x'', '', '', 0, '[]', x'', '[]', 5, 10, 1, 'paused', ?, 1)`);
    add.run('ep_1', 'gone');
    add.run('ep_2', 'Ana');
    before.close();
    const opened = openDatabase(folder.path);
    const names = opened.writer.prepare<[], string | null>('SELECT paused_by FROM endpoints ORDER BY no').pluck().all();
    expect(names).toEqual([null, 'Ana']);
    opened.close();
  });

  test('the sixth leaves endpoints without a pace that was found, and releases that were under way as they were', () => {
    const before = new BetterSqlite3(databaseFile(folder.path));
    migrate(before, migrations.slice(0, 5));
    before.exec(`
      INSERT INTO endpoints (id, description, url, host, masked_address, local, events, headers, header_names, in_flight,
        per_second, ordered, switch, release_to, created_at)
      VALUES ('ep_1', '', x'', '', '', 0, '[]', x'', '[]', 5, 10, 1, 'on', 7, 1);`);
    before.close();
    const opened = openDatabase(folder.path);
    const kept = opened.writer.prepare('SELECT pace, release_mark, release_to FROM endpoints').all();
    expect(kept).toEqual([{ pace: null, release_mark: null, release_to: 7 }]);
    opened.close();
  });

  test('the fourth knows which of the earlier events no endpoint wanted, and leaves endpoints in no trouble', () => {
    const before = new BetterSqlite3(databaseFile(folder.path));
    migrate(before, migrations.slice(0, 3));
    before.exec(`
      INSERT INTO endpoints (id, description, url, host, masked_address, local, events, headers, header_names, in_flight,
        per_second, ordered, switch, created_at) VALUES ('ep_1', '', x'', '', '', 0, '[]', x'', '[]', 5, 10, 1, 'on', 1);
      INSERT INTO events (id, type, property_id, occurred_at, received_at, data, summary)
        VALUES ('evt_1', 'booking.created', 'p', '', 1, '{}', '{}'), ('evt_2', 'guest.checkin', 'p', '', 1, '{}', '{}');
      INSERT INTO deliveries (id, event_seq, endpoint_no, type, state, due_at, created_at)
        VALUES ('dlv_1', 1, 1, 'booking.created', 'delivered', 1, 1);`);
    before.close();
    const opened = openDatabase(folder.path);
    const read = (sql: string) => opened.writer.prepare<[], unknown>(sql).pluck().all();
    expect(read('SELECT id FROM events WHERE unwanted = 1')).toEqual(['evt_2']);
    expect(read('SELECT trouble FROM endpoints')).toEqual([null]);
    opened.close();
  });

  test('the one of the log finds earlier events by the PMS’s own id and by the room', () => {
    const before = new BetterSqlite3(databaseFile(folder.path));
    migrate(
      before,
      migrations.filter(({ version }) => version < 9),
    );
    before.exec(`
      INSERT INTO events (id, type, property_id, occurred_at, received_at, data, summary)
        VALUES ('evt_1', 'guest.checkin', 'p', '', 1, '{}', '{"room":"Room 204 - Sea View"}'),
          ('evt_2', 'order.created', 'p', '', 1, '{"room_id":"rm_204"}', '{}'),
          ('evt_3', 'inventory.low', 'p', '', 1, '{}', '{}');
      INSERT INTO event_keys (source_no, key, body_hash, answer, at)
        VALUES (1, 'id:pms-77', x'', '[["evt_3",0]]', 1), (1, 'derived:x', x'', '[["evt_1",0]]', 1);`);
    before.close();
    const opened = openDatabase(folder.path);
    const { reader, connection } = openReader(folder.path);
    const search = createEventSearch(reader);
    const found = (text: string) => [...search.byText(text, { from: 0, to: 9 })].flatMap(({ seq }) => seq ?? []);
    expect(found('Room 204')).toEqual([2, 1]);
    expect(found('PMS-7')).toEqual([3]);
    expect(opened.writer.prepare('SELECT pms_id FROM events ORDER BY seq').pluck().all()).toEqual([
      null,
      null,
      'pms-77',
    ]);
    connection.close();
    opened.close();
  });

  test('the fifth takes no earlier attempt for the bench’s, and no earlier delivery for one made afterwards', () => {
    const before = new BetterSqlite3(databaseFile(folder.path));
    migrate(before, migrations.slice(0, 4));
    before.exec(`
      INSERT INTO endpoints (id, description, url, host, masked_address, local, events, headers, header_names, in_flight,
        per_second, ordered, switch, health, bench_url, created_at)
        VALUES ('ep_1', '', x'', '', '', 0, '[]', x'', '[]', 5, 10, 1, 'on', 'failing', x'01', 1),
          ('ep_2', '', x'', '', '', 0, '[]', x'', '[]', 5, 10, 1, 'on', 'active', NULL, 1);
      INSERT INTO events (id, type, property_id, occurred_at, received_at, data, summary)
        VALUES ('evt_1', 'booking.created', 'p', '', 1, '{}', '{}');
      INSERT INTO deliveries (id, event_seq, endpoint_no, type, state, due_at, created_at)
        VALUES ('dlv_1', 1, 1, 'booking.created', 'waiting', 7, 1);
      INSERT INTO attempts (id, delivery_seq, endpoint_no, kind, ordinal, counts, started_at, outcome, request_headers)
        VALUES ('att_1', 1, 1, 'scheduled', 1, 1, 2, 'endpoint_down', '[]');`);
    before.close();
    const opened = openDatabase(folder.path);
    const read = (sql: string) => opened.writer.prepare<[], unknown>(sql).all();
    expect(read('SELECT id, to_bench FROM attempts')).toEqual([{ id: 'att_1', to_bench: 0 }]);
    expect(read('SELECT id, state, due_at, past FROM deliveries')).toEqual([
      { id: 'dlv_1', state: 'waiting', due_at: 7, past: 0 },
    ]);
    expect(read('SELECT id, health, bench_since, bench_until, bench_kept FROM endpoints ORDER BY no')).toEqual([
      { id: 'ep_1', health: 'failing', bench_since: null, bench_until: null, bench_kept: null },
      { id: 'ep_2', health: 'active', bench_since: null, bench_until: null, bench_kept: null },
    ]);
    // Both indexes of that version are there, and hold none of the earlier rows.
    expect(read("SELECT seq FROM deliveries INDEXED BY deliveries_at_bench WHERE reason = 'bench'")).toEqual([]);
    expect(read('SELECT seq FROM deliveries INDEXED BY deliveries_past WHERE past = 1')).toEqual([]);
    opened.close();
  });

  test('the fifteenth carries what was chosen for an endpoint over into its options', () => {
    const before = new BetterSqlite3(databaseFile(folder.path));
    migrate(before, migrations.slice(0, 14));
    const add =
      before.prepare(`INSERT INTO endpoints (id, description, url, host, masked_address, local, events, headers,
      header_names, switch, created_at, in_flight, per_second, ordered, ca_pem, bench_url, bench_ca_pem)
      VALUES (?, '', x'', '', '', 0, '[]', x'', '[]', 'on', 1, ?, ?, ?, ?, ?, ?)`);
    add.run('ep_1', 5, 10, 1, null, null, null);
    add.run('ep_2', 40, 2.5, 0, 'its own', null, null);
    // It points at the test bench, which has a certificate of its own.
    add.run('ep_3', 1, 1000, 1, 'the bench’s', Buffer.of(1), 'its own');
    before.close();
    const opened = openDatabase(folder.path);
    const rows = createEndpointReader(opened.writer).all();
    expect(rows.map(({ benchCaPem }) => benchCaPem)).toEqual([null, null, 'the bench’s']);
    const asStored = { kind: 'webhook', config: {}, fellBack: [] };
    const later = { holdOlderThanHours: null, rules: null };
    expect(rows.map(optionsOf)).toEqual([
      { ...asStored, options: { ...later, limits: { inFlight: 5, perSecond: 10 }, ordered: true, caPem: null } },
      {
        ...asStored,
        options: { ...later, limits: { inFlight: 40, perSecond: 2.5 }, ordered: false, caPem: 'its own' },
      },
      { ...asStored, options: { ...later, limits: { inFlight: 1, perSecond: 1000 }, ordered: true, caPem: 'its own' } },
    ]);
    opened.close();
  });

  test('the twelfth takes earlier attempts for the schedule’s, and a resend that a crash cut off for a person’s', () => {
    const before = new BetterSqlite3(databaseFile(folder.path));
    migrate(before, migrations.slice(0, 11));
    before.exec(`
      INSERT INTO endpoints (id, description, url, host, masked_address, local, events, headers, header_names, in_flight,
        per_second, ordered, switch, created_at) VALUES ('ep_1', '', x'', '', '', 0, '[]', x'', '[]', 5, 10, 1, 'on', 1);
      INSERT INTO events (id, type, property_id, occurred_at, received_at, data, summary)
        VALUES ('evt_1', 'booking.created', 'p', '', 1, '{}', '{}'), ('evt_2', 'booking.created', 'p', '', 1, '{}', '{}');
      INSERT INTO deliveries (id, event_seq, endpoint_no, type, state, due_at, created_at)
        VALUES ('dlv_1', 1, 1, 'booking.created', 'waiting', 1, 1), ('dlv_2', 2, 1, 'booking.created', 'delivered', 1, 1);
      INSERT INTO leases (delivery_seq, boot, attempt_id, kind, ordinal, started_at, ends_at)
        VALUES (1, 'b', 'att_2', 'scheduled', 2, 1, 1), (2, 'b', 'att_3', 'resend', 2, 1, 1);
      INSERT INTO attempts (id, delivery_seq, endpoint_no, kind, ordinal, counts, started_at, outcome, request_headers)
        VALUES ('att_1', 1, 1, 'scheduled', 1, 1, 2, 'endpoint_down', '[]');`);
    before.close();
    const opened = openDatabase(folder.path);
    const read = (sql: string) => opened.writer.prepare<[], unknown>(sql).pluck().all();
    expect(read('SELECT by_hand FROM attempts')).toEqual([0]);
    expect(read('SELECT by_hand FROM leases ORDER BY delivery_seq')).toEqual([0, 1]);
    opened.close();
  });

  test('the eighth finds the events of earlier deliveries that have not arrived, each once', () => {
    const before = new BetterSqlite3(databaseFile(folder.path));
    migrate(before, migrations.slice(0, 7));
    before.exec(`
      INSERT INTO endpoints (id, description, url, host, masked_address, local, events, headers, header_names, in_flight,
        per_second, ordered, switch, created_at) VALUES ('ep_1', '', x'', '', '', 0, '[]', x'', '[]', 5, 10, 1, 'on', 1),
          ('ep_2', '', x'', '', '', 0, '[]', x'', '[]', 5, 10, 1, 'on', 1);
      INSERT INTO events (id, type, property_id, occurred_at, received_at, data, summary)
        VALUES ('evt_1', 'booking.created', 'p', '', 1, '{}', '{}'), ('evt_2', 'booking.created', 'p', '', 1, '{}', '{}'),
          ('evt_3', 'booking.created', 'p', '', 1, '{}', '{}');
      INSERT INTO deliveries (id, event_seq, endpoint_no, type, state, due_at, created_at)
        VALUES ('dlv_1', 1, 1, 'booking.created', 'waiting', 1, 1), ('dlv_2', 1, 2, 'booking.created', 'waiting', 1, 1),
          ('dlv_3', 2, 1, 'booking.created', 'delivered', 1, 1),
          ('dlv_4', 2, 2, 'booking.created', 'needs_attention', 1, 1),
          ('dlv_5', 3, 1, 'booking.created', 'cancelled', 1, 1);`);
    before.close();
    const opened = openDatabase(folder.path);
    const found = (state: string) =>
      opened.writer
        .prepare<[], number>(
          `SELECT DISTINCT event_seq FROM deliveries INDEXED BY deliveries_open WHERE state = '${state}' ORDER BY event_seq`,
        )
        .pluck()
        .all();
    expect(['waiting', 'needs_attention', 'cancelled'].map(found)).toEqual([[1], [2], [3]]);
    // What arrived is not in it.
    expect(() => found('delivered')).toThrow('no query solution');
    const states = opened.writer.prepare('SELECT state FROM deliveries ORDER BY seq').pluck().all();
    expect(states).toEqual(['waiting', 'waiting', 'delivered', 'needs_attention', 'cancelled']);
    opened.close();
  });

  test('are numbered from 1 without a gap', () => {
    expect(migrations.map(({ version }) => version)).toEqual(migrations.map((_, index) => index + 1));
  });
});

describe('a transaction in steps', () => {
  const steps = (put: { run(key: string): unknown }, keys: readonly string[], at: (key: string) => void) =>
    function* () {
      for (const key of keys) {
        at(key);
        put.run(key);
        // As long as a turn may take, so that the next step is another one's.
        for (const until = performance.now() + 6; performance.now() < until; );
        yield;
      }
      return keys.length;
    };

  async function opened(
    work: (commit: ReturnType<typeof createGroupCommit>, database: Database, keys: () => string[]) => Promise<void>,
  ) {
    const database = openDatabase(folder.path);
    const { connection, writer } = database;
    const keys = () =>
      writer.prepare<[], string>("SELECT key FROM meta WHERE key LIKE 'step%' ORDER BY key").pluck().all();
    try {
      await work(createGroupCommit(writer), connection, keys);
    } finally {
      database.close();
    }
  }
  const putting = (database: Database) => database.prepare("INSERT INTO meta (key, value) VALUES ('step' || ?, '')");

  test('lets others have their turns, and is there whole once it is acknowledged', () =>
    opened(async (commit, database, keys) => {
      let turns = 0;
      const other = setInterval(() => {
        turns += 1;
      }, 1);
      const seen = new BetterSqlite3(databaseFile(folder.path), { readonly: true });
      const done = commit.transactInSteps(
        steps(putting(database), ['1', '2', '3', '4'], (key) => {
          if (key === '4') {
            expect(turns).toBeGreaterThan(0);
            expect(seen.prepare("SELECT COUNT(*) FROM meta WHERE key LIKE 'step%'").pluck().get()).toBe(0);
          }
        }),
      );
      const after = commit.transact(() => keys().length);
      expect(await done).toBe(4);
      expect(await after).toBe(4);
      clearInterval(other);
      seen.close();
    }));

  test('that fails leaves nothing, and holds up nobody behind it', () =>
    opened(async (commit, database, keys) => {
      const failing = commit.transactInSteps(
        steps(putting(database), ['1', '2', '3'], (key) => {
          if (key === '3') throw new Error('refused');
        }),
      );
      const behind = commit.transact(() => putting(database).run('other').changes);
      await expect(failing).rejects.toThrow('refused');
      expect(await behind).toBe(1);
      expect(keys()).toEqual(['stepother']);
    }));

  test('is brought to its end by a flush', () =>
    opened(async (commit, database, keys) => {
      const begun = Promise.withResolvers<void>();
      const done = commit.transactInSteps(steps(putting(database), ['1', '2', '3'], () => begun.resolve()));
      await begun.promise;
      commit.flush();
      expect(keys()).toEqual(['step1', 'step2', 'step3']);
      expect(database.inTransaction).toBe(false);
      expect(await done).toBe(3);
    }));
});

describe('the group commit', () => {
  test('work of one turn shares a transaction, and each promise comes after the commit', async () => {
    const opened = openDatabase(folder.path);
    const commit = createGroupCommit(opened.writer);
    const { reader, connection } = openReader(folder.path);
    const insert = opened.writer.prepare('INSERT INTO meta VALUES (?, ?)');
    const seen = reader.prepare("SELECT count(*) AS n FROM meta WHERE key LIKE 'k%'");
    const counts = await Promise.all(
      Array.from({ length: 20 }, async (_, index) => {
        await commit.transact(() => insert.run(`k${index}`, ''));
        return (seen.get() as { n: number }).n;
      }),
    );
    // A group is ended by the time it takes: on a busy machine these may be more than one.
    expect(counts.every((count, index) => count > index)).toBe(true);
    expect(new Set(counts).size).toBeLessThan(20);
    connection.close();
    opened.close();
  });

  test('work that throws is undone alone; its neighbours are stored', async () => {
    const opened = openDatabase(folder.path);
    const commit = createGroupCommit(opened.writer);
    const insert = opened.writer.prepare('INSERT INTO meta VALUES (?, ?)');
    const results = await Promise.allSettled([
      commit.transact(() => insert.run('k1', '')),
      commit.transact(() => {
        insert.run('k2', '');
        throw new Error('no');
      }),
      commit.transact(() => insert.run('k1', 'twice')),
      commit.transact(() => insert.run('k3', '')),
    ]);
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'rejected', 'fulfilled']);
    expect(opened.writer.prepare("SELECT key FROM meta WHERE key LIKE 'k%' ORDER BY key").all()).toEqual([
      { key: 'k1' },
      { key: 'k3' },
    ]);
    opened.close();
  });

  test('waits for another connection that holds the database, and leaves the thread free meanwhile', async () => {
    const opened = openDatabase(folder.path);
    const commit = createGroupCommit(opened.writer);
    const insert = opened.writer.prepare('INSERT INTO meta VALUES (?, ?)');
    const other = new BetterSqlite3(databaseFile(folder.path), { timeout: 0 });
    other.exec('BEGIN IMMEDIATE');
    let turns = 0;
    const counting = setInterval(() => {
      turns += 1;
    }, 1);
    setTimeout(() => other.exec('ROLLBACK'), 600);
    await commit.transact(() => insert.run('k1', ''));
    clearInterval(counting);
    expect(turns).toBeGreaterThan(5);
    expect(opened.writer.prepare("SELECT count(*) AS n FROM meta WHERE key = 'k1'").get()).toEqual({ n: 1 });
    other.close();
    opened.close();
  });

  test('gives work up that another connection keeps from being stored for long', async () => {
    const opened = openDatabase(folder.path);
    const commit = createGroupCommit(opened.writer);
    const other = new BetterSqlite3(databaseFile(folder.path), { timeout: 0 });
    other.exec('BEGIN IMMEDIATE');
    await expect(commit.transact(() => 1)).rejects.toMatchObject({ code: 'store_unavailable' });
    other.exec('ROLLBACK');
    await expect(commit.transact(() => 1)).resolves.toBe(1);
    other.close();
    opened.close();
  });
});
