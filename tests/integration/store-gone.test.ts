import { renameSync, rmSync, writeFileSync } from 'node:fs';
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
    const conditions = conditionsOf(situation, { engine: 'running', engineProblem: null, loginItemWorks: true });
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
