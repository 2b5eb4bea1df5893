/** What is kept of a source that is revoked stays in sight: counted, named on Today, and taken in or let go. */
import { readdirSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { relayInProcess } from '../support/command-line.ts';
import { startTestEngine, type TestEngine } from '../support/engine.ts';
import { temporaryFolder } from '../support/folder.ts';

const sourceThread = new URL('../../electron/engine/source-thread.ts', import.meta.url);

const order = (no: number) => `{"event":"order.created","data":{"order_id":"${no}"}}`;
const broken = (no: number) => `{"event":"nonsense","data":{"order_id":"${no}"}}`;

async function withKept(engine: TestEngine, draft: boolean) {
  const { id } = await engine.call('sources.add', { name: 'Till', draft });
  await engine.call('sources.paste', { id, text: `${broken(1)}\n${broken(2)}` });
  return id;
}

const status = async (engine: TestEngine) => (await relayInProcess(engine.dataFolder, ['status'])).out;

test.each([false, true])('it is said, mended and taken in, dropped (a draft: %s)', async (draft) => {
  await using engine = await startTestEngine();
  const id = await withKept(engine, draft);
  const revoked = await relayInProcess(engine.dataFolder, ['source', 'revoke', id]);
  expect(revoked.out).toMatch(/2 messages of it are kept, and stay .*source messages src_\w+ --kept\n/s);
  const all = await engine.call('sources.messages', { keptOnly: true, limit: 10 });
  expect(all.map(({ sourceId }) => sourceId)).toEqual([id, id]);
  const { sources } = await engine.call('situation.get', {});
  expect(sources).toMatchObject([{}, { id, kept: 2, revokedAt: expect.any(Number) }]);
  expect(await status(engine)).toMatch(/2 messages of Till are kept.*Till is revoked; what is kept of it stays/s);
  await engine.call('messages.retry', { id: all[0]?.id as never, body: order(1) });
  expect(await engine.call('sources.takeKept', { id })).toMatchObject({ taken: 0, kept: 1 });
  await engine.call('messages.drop', { sourceId: id });
  expect((await engine.call('events.list', {})).rows).toHaveLength(1);
  // Then it is a revoked source like any other.
  expect((await engine.call('situation.get', {})).sources.map((one) => one.id)).not.toContain(id);
  expect(await status(engine)).not.toContain('Till');
});

test('what was dropped says by whom and when, and once it is gone no shape makes anything of it', async () => {
  await using engine = await startTestEngine();
  const id = await withKept(engine, false);
  await engine.call('messages.drop', { sourceId: id });
  const [dropped] = await engine.call('sources.messages', { id, limit: 1 });
  const goneOn = dropped?.settledAt;
  expect(dropped).toMatchObject({
    state: 'dropped',
    trouble: { says: { key: 'source_message.dropped_by', params: { goneOn, who: 'tester' } } },
  });
  const [preview] = await engine.call('sources.preview', { id, limit: 1 });
  expect(preview).toMatchObject({ made: [], why: dropped?.trouble });
  const { out } = await relayInProcess(engine.dataFolder, ['source', 'message', String(dropped?.id)]);
  expect(out.replace(/\s+/g, ' ')).toMatch(/It was let go on \S.* by tester: nothing became of it\./);
});

test('one that is kept is said as one; what is switched on or set anew is refused, a shape is not', async () => {
  await using engine = await startTestEngine();
  const { id } = await engine.call('sources.add', { name: 'Till', draft: true });
  await engine.call('sources.paste', { id, text: broken(1) });
  const relay = (...args: string[]) => relayInProcess(engine.dataFolder, ['source', ...args]);
  const revoked = await relay('revoke', id);
  expect(revoked.out).toContain('What it posts is refused from now on.');
  expect(revoked.out).toContain('1 message of it is kept, and stays until it is taken in or dropped: ');
  for (const change of [['--on'], ['--draft'], ['--set', 'signature=none']]) {
    const refused = await relay('change', id, ...change);
    expect([refused.code, refused.err]).toEqual([2, expect.stringContaining('The source Till was revoked.')]);
  }
  expect(await relay('change', id, '--preset', 'odoo')).toMatchObject({ code: 0 });
});

test('by its kind it is said what no more comes, and what is set without what is not', async () => {
  await using engine = await startTestEngine({ sourceThread });
  await using folder = await temporaryFolder();
  const { id } = await engine.call('sources.add', { name: 'Files', kind: 'folder', config: { folder: folder.path } });
  const relay = (...args: string[]) => relayInProcess(engine.dataFolder, ['source', ...args]);
  expect((await relay('show', id)).out).toMatch(/^Set +folder: (?!.*: ?(?:;|$))/m);
  const { out } = await relay('revoke', id);
  expect(out).toContain('Its folder is looked at no more');
  expect(out).not.toContain('posts');
});

test('files that could not be read are told of for as long as they lie there, also after a restart', async () => {
  await using folder = await temporaryFolder();
  await using data = await temporaryFolder();
  const rejected = join(folder.path, 'rejected');
  const words = async (engine: TestEngine) => {
    await engine.clock.advance(60_000);
    return status(engine);
  };
  {
    await using engine = await startTestEngine({ dataFolder: data.path, sourceThread });
    const { id } = await engine.call('sources.add', { name: 'Files', kind: 'folder', config: { folder: folder.path } });
    writeFileSync(join(folder.path, 'bad.ndjson'), `${order(6)}\nno JSON`);
    await engine.until(
      async () => {
        await engine.clock.advance(5_000);
        return (await engine.call('sources.list', {})).find((one) => one.id === id)?.health.files?.rejected?.count;
      },
      (count) => count === 1,
    );
    await engine.call('sources.revoke', { id });
    expect(await words(engine)).toMatch(/1 file of Files could not be read.*Files is revoked/s);
    const checks = await engine.call('doctor.run', {});
    expect(checks.map(({ nextStep }) => nextStep?.key)).toContain('conditions.files_rejected.step.revoked');
  }
  await using engine = await startTestEngine({ dataFolder: data.path, sourceThread });
  expect(await words(engine)).toContain('1 file of Files could not be read');
  // What is put there is none of its business any more.
  writeFileSync(join(folder.path, 'more.ndjson'), order(1));
  await rm(rejected, { recursive: true });
  await engine.until(
    () => words(engine),
    (said) => !said.includes('Files'),
  );
  expect(readdirSync(folder.path)).toEqual(['more.ndjson']);
});
