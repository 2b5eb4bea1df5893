/** Fetching a file in a browser, at the real door: what holds guests' data as it is asks for the PIN as its making does. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Bridge, startBridge } from '../../electron/bridge/bridge.ts';
import { openPreferencesFile } from '../../electron/bridge/preferences-file.ts';
import { browserSurface } from '../../electron/bridge/surface-calls.ts';
import { systemClock } from '../../electron/engine/system-clock.ts';
import type { Actor } from '../../shared/domain.ts';
import type { Job } from '../../shared/schemas.ts';
import { startTestEngine, type TestEngine } from '../support/engine.ts';
import { freePort } from '../support/engine-process.ts';
import { type TemporaryFolder, temporaryFolder } from '../support/folder.ts';
import { openPage, type TestPage } from '../support/page.ts';

const pin = '730415';
const commandLine: Actor = { account: 'it', surface: 'command_line' };
let folder: TemporaryFolder;
let relay: TestEngine;
let bridge: Bridge;
let page: TestPage;
const jobs: Record<'full' | 'redacted' | 'backup', string> = { full: '', redacted: '', backup: '' };

beforeAll(async () => {
  folder = await temporaryFolder();
  relay = await startTestEngine({ dataFolder: folder.path });
  const windowFolder = join(folder.path, 'window');
  mkdirSync(windowFolder);
  writeFileSync(join(windowFolder, 'index.html'), '<!doctype html>');
  bridge = await startBridge({
    ...{ engine: relay.engine, clock: systemClock, port: await freePort(), windowFolder, dataFolder: folder.path },
    surface: browserSurface('1.2.3', openPreferencesFile(folder.path), 'relay'),
    openCommand: 'relay open',
  });
  const request = { what: 'deliveries', format: 'csv', file: null } as const;
  const full = { full: { reason: 'for the auditor' }, confirmed: true };
  jobs.redacted = await done('export.start', request);
  jobs.full = await done('export.start', { ...request, ...full });
  jobs.backup = await done('backup.start', { file: null });
  await relay.engine.call('lock.setPin', { pin }, commandLine);
  page = await openPage(bridge.openAddress());
});
afterAll(async () => {
  await bridge?.stop();
  await relay?.stop();
  await folder?.remove();
});

async function done(name: 'export.start' | 'backup.start', input: object): Promise<string> {
  const begun = await relay.engine.callUnparsed(name, input, commandLine);
  if (!begun.ok) throw new Error(begun.error.message);
  const { id } = begun.value as Job;
  for (;;) {
    const now = await relay.engine.call('jobs.get', { id }, commandLine);
    if (now.ok && now.value.state === 'done') return id;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

const asked = async (id: string) => {
  const response = await fetch(`${bridge.address}/exports/${id}`, {
    method: 'POST',
    headers: await page.headers(`/exports/${id}`),
  });
  return (await response.json()) as { readonly address?: string; readonly error?: { readonly code: string } };
};
const fetched = async (address: string): Promise<number> => {
  const response = await fetch(`${bridge.address}/${address}`, { headers: { cookie: page.cookie } });
  await response.arrayBuffer();
  return response.status;
};
const posted = async (name: string, input: object) => {
  const body = JSON.stringify(input);
  const headers = { 'content-type': 'application/json', ...(await page.headers(`/api/${name}`, body)) };
  return (await (await fetch(`${bridge.address}/api/${name}`, { method: 'POST', headers, body })).json()) as object;
};

test('a full export and a backup ask for it, and a ticket fetches nothing but what it was given for', async () => {
  expect((await asked(jobs.full)).error?.code).toBe('pin_needed');
  expect((await asked(jobs.backup)).error?.code).toBe('pin_needed');
  const { address = '' } = await asked(jobs.redacted);
  expect(await fetched(address.replace(jobs.redacted, jobs.full))).toBe(403);
  expect(await fetched(address.replace(jobs.redacted, jobs.backup))).toBe(403);
  expect(await fetched(address)).toBe(200);

  expect(await posted('lock.enter', { pin })).toMatchObject({ ok: true });
  for (const id of [jobs.full, jobs.backup]) expect(await fetched((await asked(id)).address ?? '')).toBe(200);
  const audit = await relay.engine.call('audit.list', { filter: {}, limit: 10 }, commandLine);
  expect(audit.ok && audit.value.rows.filter(({ act }) => act === 'jobs.download')).toMatchObject([
    { surface: 'window', target: jobs.backup, detail: { kind: 'backup', full: true } },
    { surface: 'window', target: jobs.full, detail: { kind: 'export', full: true } },
    { surface: 'window', target: jobs.redacted, detail: { kind: 'export', full: false } },
  ]);

  expect(await posted('lock.screen', {})).toMatchObject({ ok: true });
  expect((await asked(jobs.redacted)).error?.code).toBe('locked');
});
