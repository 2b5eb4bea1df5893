/** A database that is known to be damaged: nothing is acknowledged into it until it is found whole. */
import { closeSync, openSync, readFileSync, statSync, writeFileSync, writeSync } from 'node:fs';
import BetterSqlite3 from 'better-sqlite3';
import { expect, test } from 'vitest';
import { databaseFile } from '../../electron/engine/store/connection.ts';
import { createMetaTable, metaKey } from '../../electron/engine/store/meta.ts';
import { conditionsOf } from '../../shared/conditions/index.ts';
import { headlineOf } from '../../shared/headline.ts';
import { startTestEngine, type TestEngine } from '../support/engine.ts';
import { temporaryFolder } from '../support/folder.ts';

const pageBytes = 4096;

/** From its log into the database, as the engine's own checkpoints do it. */
function carryOver(file: string): void {
  const other = new BetterSqlite3(file);
  other.pragma('wal_checkpoint(TRUNCATE)');
  other.close();
}

function overwriteEverySecondPage(file: string): void {
  const pages = statSync(file).size / pageBytes;
  const handle = openSync(file, 'r+');
  for (let page = 1; page < pages; page += 2)
    writeSync(handle, Buffer.alloc(pageBytes, 0xa5), 0, pageBytes, page * pageBytes);
  closeSync(handle);
}

const stateOf = async (engine: TestEngine) => (await engine.call('situation.get', {})).database.state;

test('what comes while it is known to be damaged is refused, and taken again once it is whole', async () => {
  await using engine = await startTestEngine();
  const file = databaseFile(engine.dataFolder);
  const post = (id: string) => engine.post('booking.created', { booking_id: id, note: 'x'.repeat(2_000) });
  const acknowledged: string[] = [];
  for (let n = 0; n < 300; n += 1) {
    const { status } = await post(`bk_${n}`);
    if (status === 202) acknowledged.push(`bk_${n}`);
  }
  expect(acknowledged).toHaveLength(300);
  expect(await stateOf(engine)).toBe('ok');
  carryOver(file);
  const whole = readFileSync(file);
  overwriteEverySecondPage(file);
  await engine.until(
    () => stateOf(engine),
    (state) => state === 'damaged',
  );

  for (const id of ['bk_after', 'bk_after_2']) {
    const { status, headers, body } = await post(id);
    expect([status, headers['retry-after'], body]).toMatchObject([
      503,
      '10',
      {
        error: {
          message: "Roost Relay's database is damaged. Nothing was stored; send it again once a backup is restored.",
        },
      },
    ]);
  }
  const emitted = engine.call('events.emit', { event: 'booking.created', dataText: '{"booking_id":"bk_by_hand"}' });
  await expect(emitted).rejects.toThrow('The database on this PC is damaged');
  const health = await fetch(`${engine.engine.intakeAddress}/v1/health`);
  expect(await health.json()).toMatchObject({ takes_events: false });
  const doctor = await engine.call('doctor.run', {});
  expect(doctor.find(({ name }) => name.key === 'doctor.intake')).toMatchObject({
    state: 'problem',
    says: [{ key: 'doctor.intake.refuses' }],
  });

  // What all is wrong is in the log by then.
  await engine.until(
    () => engine.log.lines.join('\n'),
    (lines) => /error (?:the database is damaged|the database could not be checked)/.test(lines),
  );
  writeFileSync(file, whole);
  await engine.clock.advance(61_000);
  await engine.until(
    () => stateOf(engine),
    (state) => state === 'ok',
  );
  expect((await post('bk_whole')).status).toBe(202);
  const { rows } = await engine.call('events.list', { filter: {}, limit: 2 });
  expect(rows.map(({ entity }) => entity?.id)).toEqual(['bk_whole', acknowledged.at(-1)]);
});

/** An index at another one's place: everything starts, and only a check finds it. */
function crossTwoIndexes(file: string): () => void {
  const edit = (sql: string) => {
    const database = new BetterSqlite3(file).unsafeMode(true);
    database.pragma('writable_schema = ON');
    database.exec(sql);
    database.close();
  };
  const place = (of: string) => `(SELECT rootpage FROM sqlite_schema WHERE name = '${of}')`;
  const database = new BetterSqlite3(file, { readonly: true });
  const was = database.prepare("SELECT rootpage FROM sqlite_schema WHERE name = 'deliveries_by_id'").pluck().get();
  database.close();
  edit(`UPDATE sqlite_schema SET rootpage = ${place('events_by_id')} WHERE name = 'deliveries_by_id'`);
  return () => edit(`UPDATE sqlite_schema SET rootpage = ${was} WHERE name = 'deliveries_by_id'`);
}

test('damage that was found once is known from the first moment of the next start, until a check finds none', async () => {
  const folder = await temporaryFolder();
  const file = databaseFile(folder.path);
  const known = () => {
    const database = new BetterSqlite3(file);
    const row = createMetaTable(database).get(metaKey.damaged);
    database.close();
    return row;
  };
  const session = async (work: (engine: TestEngine) => Promise<unknown>) => {
    await using engine = await startTestEngine({ dataFolder: folder.path });
    await work(engine);
  };
  const post = async (engine: TestEngine) => (await engine.post('booking.created', { booking_id: 'bk_1' })).status;
  try {
    await session(async (engine) => expect(await post(engine)).toBe(202));
    const mend = crossTwoIndexes(file);
    const database = new BetterSqlite3(file);
    createMetaTable(database).put(metaKey.open, '1');
    database.close();
    await session(async (engine) => {
      await engine.until(
        () => stateOf(engine),
        (state) => state === 'damaged',
      );
      expect(await post(engine)).toBe(503);
    });
    // Stopped as it should be: no check would be due.
    expect(known()).toBe('1');
    await session(async (engine) => expect([await post(engine), await stateOf(engine)]).toEqual([503, 'damaged']));
    mend();
    await session(async (engine) => {
      await engine.until(
        () => stateOf(engine),
        (state) => state === 'ok',
      );
      expect(await post(engine)).toBe(202);
    });
    expect(known()).toBeUndefined();
  } finally {
    await folder.remove();
  }
});

test.each(['damaged', 'gone', 'emptied'] as const)(
  'with a database that is %s nobody is told that all is delivered',
  async (state) => {
    await using engine = await startTestEngine();
    const situation = await engine.call('situation.get', {});
    const at = situation.lastEventAt ?? (Date.now() as never);
    const today = {
      ...situation.today,
      taken: 5,
      delivered: 5,
      waiting: 0,
      needsAttention: 0,
      bench: 0,
      skipped: 0,
      toNobody: 0,
    };
    const says = (database: typeof situation.database) => {
      const now = { ...situation, endpoints: [], today, lastEventAt: at, lastDeliveredAt: at, database };
      const conditions = conditionsOf(now, { engine: 'running', engineProblem: null, keepAwake: null });
      const { tone, says: told } = headlineOf(
        now,
        conditions.filter(({ kind }) => kind === `database_${state}`),
      );
      return [tone, ...told.map(({ key }) => key)];
    };
    const told = says({ ...situation.database, state });
    expect(told[0]).toBe('bad');
    expect(told.filter((key) => key.startsWith('headline.all'))).toEqual([]);
  },
);
