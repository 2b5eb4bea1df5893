/** What is kept of a source that is revoked stays in sight: counted, named on Today, and taken in or let go. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
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

const rejecting = async (engine: TestEngine, folder: string) => {
  const { id } = await engine.call('sources.add', { name: 'Files', kind: 'folder', config: { folder } });
  writeFileSync(join(folder, 'bad.ndjson'), `${order(6)}\nno JSON`);
  const filesOf = async () => {
    await engine.clock.advance(5_000);
    return (await engine.call('sources.list', {})).find((one) => one.id === id)?.health.files?.rejected?.count;
  };
  await engine.until(filesOf, (count) => count === 1);
  return id;
};
const toldIn = async (engine: TestEngine) => {
  await engine.clock.advance(60_000);
  return status(engine);
};

test.each([false, true])(
  'while its folder is away nobody knows, and they go on being told (engine anew: %s)',
  async (anew) => {
    await using place = await temporaryFolder();
    await using data = await temporaryFolder();
    const folder = join(place.path, 'share');
    mkdirSync(folder);
    await using first = await startTestEngine({ dataFolder: data.path, sourceThread });
    const id = await rejecting(first, folder);
    await rename(folder, join(place.path, 'unplugged'));
    await first.call('sources.revoke', { id });
    if (anew) await first.stop();
    await using second = anew ? await startTestEngine({ dataFolder: data.path, sourceThread }) : null;
    const engine = second ?? first;
    await engine.until(
      () => toldIn(engine),
      (said) => /1 file of Files could not be read.*Files is revoked and its folder is away/s.test(said),
    );
    const checks = await engine.call('doctor.run', {});
    const [check] = checks.filter(({ nextStep }) => nextStep?.key === 'conditions.files_rejected.step.revoked_away');
    expect(check?.says.map(({ key }) => key)).toContain('source.folder_away');
    // Back again, it is looked at, and what was removed meanwhile is of the past.
    await rename(join(place.path, 'unplugged'), folder);
    await engine.until(
      () => toldIn(engine),
      (said) => /Files is revoked and takes none/.test(said),
    );
    await rm(join(folder, 'rejected'), { recursive: true });
    await engine.until(
      () => toldIn(engine),
      (said) => !said.includes('Files'),
    );
  },
);

test('files whose folder is gone for good are told until a person says that they are seen to', async () => {
  await using place = await temporaryFolder();
  await using data = await temporaryFolder();
  const folder = join(place.path, 'share');
  mkdirSync(folder);
  const relay = (...args: string[]) => relayInProcess(data.path, ['source', ...args]);
  {
    await using engine = await startTestEngine({ dataFolder: data.path, sourceThread });
    const id = await rejecting(engine, folder);
    expect((await relay('drop', id, '--files', '--yes')).err).toContain('is in use and looks at its folder itself');
    await rm(folder, { recursive: true });
    await engine.call('sources.revoke', { id });
    expect((await relay('drop', id, '--files')).out).toMatch(
      /^1 unread file of it.\nNothing was dropped yet. .*--yes\n$/,
    );
    expect(await toldIn(engine)).toContain('1 file of Files');
    expect((await relay('drop', id, '--files', '--yes')).out).toBe('1 unread file told of no more.\n');
    expect(await toldIn(engine)).not.toContain('Files');
    expect((await engine.call('audit.list', {})).rows[0]).toMatchObject({ act: 'sources.dropFiles', target: id });
  }
  await using engine = await startTestEngine({ dataFolder: data.path, sourceThread });
  expect(await toldIn(engine)).not.toContain('Files');
});

/** Mounting asks for rights that not every machine gives. */
const canMount = (() => {
  try {
    execFileSync('unshare', ['-m', 'mount', '-t', 'tmpfs', 'none', '/mnt'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
})();

test.skipIf(!canMount)('an empty mount point whose drive is away is no folder without files', async () => {
  await using place = await temporaryFolder();
  await using engine = await startTestEngine({ sourceThread });
  const folder = join(place.path, 'drive');
  mkdirSync(folder);
  execFileSync('mount', ['-t', 'tmpfs', 'none', folder]);
  let isThere = true;
  try {
    const id = await rejecting(engine, folder);
    await engine.call('sources.revoke', { id });
    await toldIn(engine);
    execFileSync('umount', ['-l', folder]);
    isThere = false;
    await engine.until(
      () => toldIn(engine),
      (said) => /Files is revoked and its folder is away/.test(said),
    );
  } finally {
    if (isThere) execFileSync('umount', ['-l', folder]);
  }
});
