/** Who did what: found by when, what, who and about what, page by page, and saved as a file. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { CallOutput } from '../../shared/api.ts';
import { relayInProcess } from '../support/command-line.ts';
import { type EngineProcess, startEngineProcess } from '../support/engine-process.ts';
import { type TemporaryFolder, temporaryFolder } from '../support/folder.ts';

let folder: TemporaryFolder;
let engine: EngineProcess;
let endpoint: { readonly id: string };
const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';

async function relay(...args: readonly string[]): Promise<string> {
  const { code, out, err } = await relayInProcess(folder.path, args);
  expect([code, err], args.join(' ')).toEqual([0, '']);
  return out;
}
const audit = async (...args: readonly string[]): Promise<CallOutput<'audit.list'>> =>
  JSON.parse(await relay('audit', ...args, '--json'));
const acts = async (...args: readonly string[]): Promise<string[]> => (await audit(...args)).rows.map(({ act }) => act);

beforeAll(async () => {
  folder = await temporaryFolder();
  engine = await startEngineProcess({ dataFolder: folder.path });
  await relay('source', 'add', '--name', '=Front desk', '--property', 'prop_1');
  const added = await relay(
    ...['endpoint', 'add', '--url', 'https://books.example.test/hook', '--description', 'Bookkeeping'],
    ...['--secret', secret, '--json'],
  );
  endpoint = JSON.parse(added);
  await relay('endpoint', 'enable', endpoint.id, '--override');
  await relay('endpoint', 'pause', endpoint.id);
  await relay('endpoint', 'show', endpoint.id, '--reveal');
  await relay('pause', '--for', '5m');
});

afterAll(async () => {
  await engine.stop();
  await folder.remove();
});

test('an act is found by its name, its endpoint, its account, its surface and its time', async () => {
  expect(await acts('--act', 'relay.*')).toEqual(['relay.pause']);
  expect(await acts('--act', 'endpoints.pause,endpoints.enable')).toEqual(['endpoints.pause', 'endpoints.enable']);
  const about = [
    'endpoints.revealSecret',
    'endpoints.revealAddress',
    'endpoints.pause',
    'endpoints.enable',
    'endpoints.add',
  ];
  expect(await acts('--about', 'bookkeep')).toEqual(about);
  expect(await acts('--about', endpoint.id)).toEqual(about);
  expect(await acts('--about', 'front DESK')).toEqual(['sources.add']);
  expect(await acts('--where', 'window')).toEqual([]);
  expect(await acts('--where', 'command-line', '--act', 'sources.*')).toEqual(['sources.add']);
  const [{ account } = { account: '' }] = (await audit()).rows;
  expect(await acts('--who', account.slice(0, 3), '--act', 'relay.pause')).toEqual(['relay.pause']);
  expect(await acts('--who', `${account}x`)).toEqual([]);
  expect(await acts('--from', '1h')).toHaveLength(7);
  expect(await acts('--to', '1h')).toEqual([]);
});

test('the pages of what was looked for follow each other', async () => {
  const first = await audit('--about', 'bookkeeping', '--limit', '3');
  expect(first.rows).toHaveLength(3);
  const second = await audit('--about', 'bookkeeping', '--limit', '3', '--cursor', first.next ?? '');
  expect([second.rows.map(({ act }) => act), second.next]).toEqual([['endpoints.enable', 'endpoints.add'], null]);
});

test('a place that there is not is refused by the name of the option', async () => {
  const { code, err } = await relayInProcess(folder.path, ['audit', '--where', 'kitchen']);
  expect([code, err]).toEqual([2, expect.stringContaining('--where: expected one of window')]);
});

test('as a file it has what was found, no formula and no secret; a file that is there stays', async () => {
  const file = join(folder.path, '..', `acts-${Date.now()}.csv`);
  expect(await relay('audit', '--about', 'front desk', '--file', file)).toBe(`Written to ${file}: 1 act.\n`);
  const text = await readFile(file, 'utf8');
  expect(text).toMatch(/^\uFEFFtime_utc,time_local,account,surface,act,target,detail\r\n/);
  expect(text.split('\r\n')).toHaveLength(3);
  const again = await relayInProcess(folder.path, ['audit', '--file', file]);
  expect(again.code).not.toBe(0);
  expect(await readFile(file, 'utf8')).toBe(text);
  await relay('audit', '--file', file, '--force');
  const all = await readFile(file, 'utf8');
  expect(all).toContain('endpoints.revealSecret');
  expect(all).not.toContain(secret);
  expect(await acts('--act', 'audit.save')).toEqual(['audit.save', 'audit.save']);
});
