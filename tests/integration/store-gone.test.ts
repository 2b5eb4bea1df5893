import { renameSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import BetterSqlite3 from 'better-sqlite3';
import { expect, test } from 'vitest';
import { databaseFile } from '../../electron/engine/store/connection.ts';
import { conditionsOf } from '../../shared/conditions/index.ts';
import type { Sentence } from '../../shared/domain.ts';
import { headlineOf } from '../../shared/headline.ts';
import { renderSentence } from '../../shared/sentences/index.ts';
import { startTestEngine } from '../support/engine.ts';

const inEnglish = (said: Sentence) => renderSentence(said, 'en', { timeZone: 'Asia/Manila', now: Date.now() });

test.each([
  ['deleted', '', (file: string) => rmSync(file)],
  [
    'replaced',
    '',
    (file: string) => {
      renameSync(file, `${file}.old`);
      writeFileSync(file, '');
    },
  ],
  ['without its log', '-wal', (file: string) => rmSync(file)],
])(
  'a database that is %s while it is open takes nothing more, and takes again once it is back',
  async (how, tail, harm) => {
    await using engine = await startTestEngine();
    const file = databaseFile(engine.dataFolder) + tail;
    const post = (id: string) => engine.post('booking.created', { booking_id: id });
    expect((await post('bk_1')).status).toBe(202);
    expect((await engine.call('situation.get', {})).database.state).toBe('ok');
    harm(file);
    const refused = await post('bk_2');
    expect(refused.status).toBe(503);
    expect(refused.headers['retry-after']).toBeDefined();
    // And every surface says so, with what to do.
    const situation = await engine.call('situation.get', {});
    const conditions = conditionsOf(situation, {
      engine: 'running',
      engineProblem: null,
      loginItemWorks: true,
      keepAwake: null,
    });
    expect(conditions[0]).toMatchObject({ kind: 'database_gone', tone: 'bad', turn: 'it_helper' });
    expect(headlineOf(situation, conditions).says.map(inEnglish).join(' ')).toMatch(
      /not in its place any more Put relay\.db and relay\.db-wal back .* restart Roost Relay/,
    );
    const doctor = await engine.call('doctor.run', {});
    expect(doctor.find(({ name }) => name.key === 'doctor.database')).toMatchObject({
      state: 'problem',
      nextStep: { key: 'doctor.database.gone_step' },
    });
    if (how !== 'replaced') return;
    renameSync(`${file}.old`, file);
    await engine.until(
      () => post('bk_3'),
      ({ status }) => status === 202,
    );
    const { rows } = await engine.call('events.list', { filter: {}, limit: 10 });
    expect(rows.map(({ entity }) => entity?.id)).toEqual(['bk_3', 'bk_1']);
    expect((await engine.call('situation.get', {})).database.state).toBe('ok');
  },
);

test.each([
  ['the database emptied', '', 0],
  ['the database cut off', '', 8_192],
  ['its log emptied', '-wal', 0],
])(
  '%s while it is open: nothing is acknowledged from then on, and every surface says what to do',
  async (_what, tail, bytes) => {
    await using engine = await startTestEngine();
    const post = (id: string) => engine.post('booking.created', { booking_id: id });
    for (let n = 0; n < 3; n += 1) expect((await post(`bk_${n}`)).status).toBe(202);
    expect((await engine.call('situation.get', {})).database.state).toBe('ok');
    const file = databaseFile(engine.dataFolder) + tail;
    if (tail === '') {
      // From its log into the database, as the engine's own checkpoints do it.
      const other = new BetterSqlite3(file);
      other.pragma('wal_checkpoint(PASSIVE)');
      other.close();
      expect((await post('bk_between')).status).toBe(202);
    }
    truncateSync(file, bytes);
    const refused = await post('bk_after');
    expect([refused.status, JSON.stringify(refused.body)]).toEqual([
      503,
      expect.stringContaining('was emptied or cut off'),
    ]);
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
    expect((await post('bk_after')).status).toBe(503);
    const situation = await engine.call('situation.get', {});
    expect(situation.database.state).toBe('emptied');
    const conditions = conditionsOf(situation, {
      engine: 'running',
      engineProblem: null,
      loginItemWorks: true,
      keepAwake: null,
    });
    expect(conditions[0]).toMatchObject({ kind: 'database_emptied', tone: 'bad', turn: 'it_helper' });
    const doctor = await engine.call('doctor.run', {});
    const step = doctor.find(({ name }) => name.key === 'doctor.database')?.nextStep;
    expect(step && inEnglish(step)).toMatch(/restore --last$/);
    const health = await fetch(`${engine.engine.intakeAddress}/v1/health`);
    expect(await health.json()).toMatchObject({ takes_events: false });
  },
);

test('a database that gets smaller by its own checkpoint is taken for no damage', async () => {
  await using engine = await startTestEngine();
  const post = (id: string) => engine.post('booking.created', { booking_id: id, note: 'x'.repeat(200_000) });
  for (let n = 0; n < 5; n += 1) expect((await post(`bk_${n}`)).status).toBe(202);
  const other = new BetterSqlite3(databaseFile(engine.dataFolder));
  other.pragma('foreign_keys = OFF');
  other.pragma('wal_checkpoint(TRUNCATE)');
  const before = statSync(databaseFile(engine.dataFolder)).size;
  expect((await post('bk_between')).status).toBe(202);
  other.exec('DELETE FROM events');
  other.pragma('incremental_vacuum');
  other.pragma('wal_checkpoint(TRUNCATE)');
  other.close();
  expect(statSync(databaseFile(engine.dataFolder)).size).toBeLessThan(before);
  expect((await post('bk_after')).status).toBe(202);
});
