/** Wherever something leaves it is said which members the property's own rules keep in it; and where a file went. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { relayInProcess } from '../support/command-line.ts';
import { posted } from '../support/deliveries.ts';
import { startTestEngine } from '../support/engine.ts';
import { temporaryFolder } from '../support/folder.ts';

test('rules that keep guests are named by export, preview, schedule and audit, and hold in no support bundle', async () => {
  await using engine = await startTestEngine();
  await posted(engine, 'booking.created', { booking_id: 'bk_1', guest: { name: 'Zora Quillfeather' } });
  const relay = async (...args: readonly string[]) => {
    const { code, out, err } = await relayInProcess(engine.dataFolder, args);
    expect(code, args.join(' ')).toBe(0);
    return { out, err };
  };
  await using folder = await temporaryFolder();
  const file = join(folder.path, 'events.jsonl');
  const events = ['export', '--what', 'events', '--format', 'jsonl'];
  const everything = ['--full', '--reason', 'for the lawyer', '--yes'];
  const kept = 'Kept by your rules: guest.*. Guests who are named there are in it.\n';
  expect((await relay(...events, '--preview')).out).not.toContain('Kept by your rules');

  await relay('privacy', 'set', 'guest.*', 'keep');
  expect((await relay(...events, '--preview')).out).toContain(kept);
  const streamed = await relay(...events);
  expect(streamed.err).toBe(kept);
  expect(streamed.out).toContain('Zora Quillfeather');
  expect((await relay(...events, '--file', file)).out).toContain(kept);
  expect((await relay(...events, ...everything, '--file', file, '--force')).out).not.toContain('Kept by');
  expect((await relay('export-schedule', 'add')).out).toContain(kept);
  expect((await relay('export-schedule', 'list')).out).toContain(kept);

  const { rows } = await engine.call('audit.list', { filter: { acts: ['export.start'] }, limit: 10 });
  expect(rows.map(({ detail }) => detail)).toMatchObject([
    { file, full: true },
    { file, kept: ['guest.*'] },
    { file: null, kept: ['guest.*'] },
  ]);
  expect(rows[0]?.detail).not.toHaveProperty('kept');

  const bundle = (await relay('support-bundle', '--preview')).out;
  expect(bundle).toMatch(/keeps in its own\s+exports by rules of its own .*is taken out here as well/);
  expect(bundle).not.toContain('Quillfeather');
  expect(readFileSync(file, 'utf8')).toContain('Zora Quillfeather');
});
