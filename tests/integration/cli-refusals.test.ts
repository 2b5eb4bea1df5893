/** A request that an unshaped webhook sent once, from the terminal: seen, mended and delivered after all. */
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { relayInProcess } from '../support/command-line.ts';
import { type EngineProcess, startEngineProcess } from '../support/engine-process.ts';
import { type TemporaryFolder, temporaryFolder } from '../support/folder.ts';
import { until } from '../support/until.ts';

let folder: TemporaryFolder;
let engine: EngineProcess;
beforeAll(async () => {
  folder = await temporaryFolder();
  engine = await startEngineProcess({ dataFolder: folder.path });
});
afterAll(async () => {
  await engine?.stop();
  await folder?.remove();
});

const relay = (...args: string[]) => relayInProcess(folder.path, args);
const json = async <Value>(...args: string[]): Promise<Value> =>
  JSON.parse((await relay(...args, '--json')).out) as Value;

test('Odoo’s own webhook is refused, shown, mended and taken in', async () => {
  const source = await json<{ id: string; secretUrl: string }>('source', 'add', '--name', 'Odoo', '--property', 'p');
  const body = '{"_action":"Webhook(#7)","_id":12,"_model":"pos.order","name":"\u202eOrder 12"}';
  expect((await fetch(source.secretUrl, { method: 'POST', body })).status).toBe(400);

  const [listed] = await json<{ id: number }[]>('source', 'refusals', 'Odoo');
  const number = String(listed?.id);
  expect((await relay('source', 'refusals')).out).toMatch(
    new RegExp(`${number} .* Odoo +_action: there is no such member`),
  );
  const shown = await relay('refusal', 'show', number);
  expect(shown.out).toMatch(/^Source +Odoo$/m);
  expect(shown.out).toContain('"_model":"pos.order"');
  expect(shown.out).toContain(`refusal retry ${number} --body @mended.json`);
  expect(shown.out).not.toContain('\u202e');

  const again = await relay('refusal', 'retry', number);
  expect([again.code, again.err]).toMatchObject([2, expect.stringContaining('_action')]);
  const mended = join(folder.path, 'mended.json');
  await writeFile(mended, '{"event":"order.created","data":{"order_id":12}}\n');
  expect((await relay('refusal', 'retry', number, '--body', `@${mended}`)).out).toMatch(/^Taken in: 1 event\. evt_/);
  expect((await relay('events')).out).toContain('order.created');
  expect((await relay('activity')).out).toContain('refusals.retry');
  expect((await relay('refusal', 'retry', number)).err).toContain('taken in already');
  expect((await relay('refusal', 'show', 'x')).code).toBe(2);
});

test('files that cannot be read are named, each, in every answer about them', async () => {
  await using dropped = await temporaryFolder();
  const names = ['a', 'b', 'c', 'd', 'e', 'f'].map((name) => `${name}.csv`);
  for (const name of names) await writeFile(join(dropped.path, name), 'event;order_id\nx\n');
  await relay('source', 'add', 'Export', '--kind', 'folder', '--set', `folder=${dropped.path}`);
  const shown = () => relay('source', 'show', 'Export').then(({ out }) => out);
  const found = await until(shown, (out) => /^Rejected files +6: /m.test(out), 30_000);
  const named = /^Rejected files +6: (.*) and 1 more$/m.exec(found)?.[1]?.split(', ') ?? [];
  expect(named).toHaveLength(5);
  expect(names).toEqual(expect.arrayContaining(named));
  expect(found).toMatch(/^Last refusal .*[a-f]\.csv: Row 2 has 1 cells/m);
  const { out } = await relay('source', 'refusals', 'Export');
  for (const name of names) expect(out).toMatch(new RegExp(`400 +Export +${name} +Row 2 has 1 cells`));
  expect(found).toMatch(/^Last file .*[a-f]\.csv is CSV in UTF-8; what stands between its cells: semicolon\.$/m);
  const [newest] = await json<{ id: number; file: string }[]>('source', 'refusals', 'Export');
  const one = await relay('refusal', 'show', String(newest?.id));
  expect(one.out).toMatch(new RegExp(`^File +${newest?.file}$`, 'm'));
  expect(one.out).toContain('lies in "rejected" in the source\'s folder');
  for (const command of ['doctor', 'status']) {
    expect((await relay(command)).out, command).toContain('6 files of Export could not be read');
  }
  expect((await relay('doctor')).out).toContain('and 1 more');
  await rm(join(dropped.path, 'rejected'), { recursive: true });
  await until(shown, (text) => !text.includes('Rejected files'), 30_000);
});

test('a name of this PC is listed in the settings', async () => {
  expect(
    (await relay('settings', 'set', '--internet-check', 'http://a.example/ok', 'http://b.example/ All is well')).out,
  ).toContain('own addresses: http://a.example/ok (204), http://b.example/ (a known text)');
  expect((await relay('settings', 'set', '--internet-check', 'off')).out).toContain(
    "off: only the endpoints' own hosts tell",
  );
  expect((await relay('settings', 'show')).out).toContain("off: only the endpoints' own hosts tell");
  expect((await relay('settings', 'set', '--hosts', 'pms-server, Relay.hotel.local')).out).toContain(
    'pms-server, relay.hotel.local',
  );
  const wrong = await relay('settings', 'set', '--hosts', 'http://pms');
  expect([wrong.code, wrong.err]).toMatchObject([2, expect.stringContaining('--hosts: "http://pms" is no name')]);
});
