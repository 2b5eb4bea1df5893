import { renameSync, rmSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { databaseFile } from '../../electron/engine/store/connection.ts';
import { startTestEngine } from '../support/engine.ts';

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
    harm(file);
    const refused = await post('bk_2');
    expect(refused.status).toBe(503);
    expect(refused.headers['retry-after']).toBeDefined();
    if (how !== 'replaced') return;
    renameSync(`${file}.old`, file);
    await engine.until(
      () => post('bk_3'),
      ({ status }) => status === 202,
    );
    const { rows } = await engine.call('events.list', { filter: {}, limit: 10 });
    expect(rows.map(({ entity }) => entity?.id)).toEqual(['bk_3', 'bk_1']);
  },
);
