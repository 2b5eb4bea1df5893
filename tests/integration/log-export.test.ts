import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { systemClock } from '../../electron/engine/system-clock.ts';
import type { ParsedInput } from '../../shared/api.ts';
import type { Job } from '../../shared/schemas.ts';
import { delivery as deliverySchema } from '../../shared/schemas.ts';
import { sentence } from '../../shared/sentences/sentence.ts';
import { type TemporaryFolder, temporaryFolder } from '../support/folder.ts';
import { manager, type OpenLog, openLog } from '../support/log-engine.ts';
import { openContext, type TestContext } from '../support/log-folder.ts';
import { seed } from '../support/seed.ts';

let folder: TemporaryFolder;
let context: TestContext;
let log: OpenLog;

beforeEach(async () => {
  folder = await temporaryFolder();
  seed(folder.path, { deliveries: 3_000 });
  context = openContext(folder.path);
  log = openLog({ ...context, clock: { ...context.clock, monotonicMs: systemClock.monotonicMs } }, {}, false);
});

afterEach(async () => {
  await log.stop();
  context.close();
  await folder.remove();
});

const whole = (input: Partial<ParsedInput<'export.start'>>) => ({
  what: 'deliveries' as const,
  filter: {},
  eventFilter: {},
  format: 'csv' as const,
  bom: true,
  confirmed: false,
  ...input,
});
const start = (input: Partial<ParsedInput<'export.start'>>) =>
  log.handlers['export.start']({ file: null, ...whole(input) }, manager);

const jobNow = (id: string): Job => log.jobs.view(id);

/** Waits until the job is in one of these states. */
async function until(id: string, ...states: Job['state'][]): Promise<Job> {
  while (!states.includes(jobNow(id).state)) await new Promise((resolve) => setTimeout(resolve, 2));
  return jobNow(id);
}

describe('an export', () => {
  test('writes every delivery that the filter shows, one row each, and says how large the file is', async () => {
    const file = join(folder.path, 'out.csv');
    const { id } = await start({ filter: {}, format: 'csv', file });
    const job = await until(id, 'done', 'failed');
    expect(job).toMatchObject({ state: 'done', done: 3_000, total: 3_000, file });
    const text = readFileSync(file, 'utf8');
    expect(Buffer.byteLength(text)).toBe(job.sizeBytes);
    expect(text.trimEnd().split('\r\n')).toHaveLength(3_001);
    expect(readdirSync(folder.path).filter((name) => name.endsWith('.part'))).toEqual([]);
  });

  test('as JSON Lines holds whole deliveries with their attempts, as the log shows them', async () => {
    const file = join(folder.path, 'out.jsonl');
    const filter = { states: ['needs_attention' as const] };
    const { id } = await start({ filter, format: 'jsonl', file });
    await until(id, 'done', 'failed');
    const lines = readFileSync(file, 'utf8').trimEnd().split('\n');
    const { total } = await log.handlers['deliveries.count']({ filter }, manager);
    expect(lines).toHaveLength(total);
    for (const line of lines) {
      const delivery = deliverySchema.parse(JSON.parse(line));
      expect(delivery.state).toBe('needs_attention');
      expect(delivery.attemptsMade.length).toBeGreaterThan(0);
    }
  });

  test('without a file goes into the data folder, under a name that Windows allows', async () => {
    const { id } = await start({ filter: {}, format: 'csv', file: null });
    await until(id, 'done');
    const [name = ''] = readdirSync(join(folder.path, 'exports'));
    expect(name).toMatch(/^deliveries 2024-03-15 18\.30\.00\.csv$/);
  });

  test('can be held up and gone on with', async () => {
    const file = join(folder.path, 'out.jsonl');
    const { id } = await start({ filter: {}, format: 'jsonl', file });
    expect((await log.handlers['jobs.pause']({ id }, manager)).state).toBe('paused');
    const { done } = jobNow(id);
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(jobNow(id).done).toBe(done);
    expect(existsSync(file)).toBe(false);
    await log.handlers['jobs.resume']({ id }, manager);
    expect(await until(id, 'done', 'failed')).toMatchObject({ state: 'done', done: 3_000 });
  });

  test('that is cancelled leaves no file, and is over', async () => {
    const file = join(folder.path, 'out.jsonl');
    const { id } = await start({ filter: {}, format: 'jsonl', file });
    await log.handlers['jobs.pause']({ id }, manager);
    expect((await log.handlers['jobs.cancel']({ id }, manager)).state).toBe('cancelled');
    expect(readdirSync(folder.path).filter((name) => name.startsWith('out.'))).toEqual([]);
    await expect(log.handlers['jobs.resume']({ id }, manager)).rejects.toMatchObject({ code: 'not_possible' });
  });

  test('that is under way when the engine stops says so, and leaves no file', async () => {
    const file = join(folder.path, 'out.jsonl');
    const { id } = await start({ filter: {}, format: 'jsonl', file });
    await log.stop();
    expect(jobNow(id)).toMatchObject({ state: 'failed', problem: { key: 'problem.export_cut_off' } });
    expect(readdirSync(folder.path).filter((name) => name.startsWith('out.'))).toEqual([]);
  });

  test('to a file that cannot be written is refused at once', async () => {
    const file = join(folder.path, 'taken.csv');
    mkdirSync(`${file}.part`);
    await expect(start({ filter: {}, format: 'csv', file })).rejects.toMatchObject({
      code: 'not_possible',
    });
    await expect(start({ filter: {}, format: 'csv', file: 'relative.csv' })).rejects.toMatchObject({
      code: 'bad_input',
      member: 'file',
    });
  });

  test('that a stop cut off is said to have failed at the next start', async () => {
    const { id } = await start({ filter: {}, format: 'csv', file: null });
    await until(id, 'done');
    context.writer.exec(`UPDATE jobs SET state = 'running', ended_at = NULL`);
    await log.jobs.failOpen('export', sentence('problem.export_cut_off'));
    expect(jobNow(id)).toMatchObject({ state: 'failed', problem: { key: 'problem.export_cut_off' } });
  });

  test('is streamed for the command line as the same bytes', async () => {
    const file = join(folder.path, 'out.csv');
    const input = { filter: { states: ['waiting' as const] }, format: 'csv' as const };
    const { id } = await start({ ...input, file });
    await until(id, 'done');
    const chunks: Uint8Array[] = [];
    for await (const bytes of log.exportStream(whole(input), manager)) chunks.push(bytes);
    expect(Buffer.concat(chunks).toString('utf8')).toBe(readFileSync(file, 'utf8'));
  });

  test('is recorded: who exported what, to where', async () => {
    await start({ filter: {}, format: 'csv', file: null });
    const { rows } = await log.handlers['audit.list']({ filter: {}, limit: 5 }, manager);
    expect(rows[0]).toMatchObject({
      account: 'manager',
      surface: 'window',
      act: 'export.start',
      detail: { format: 'csv' },
    });
    for await (const _ of log.exportStream(whole({ format: 'jsonl' }), { account: 'it', surface: 'command_line' }));
    const { rows: after } = await log.handlers['audit.list']({ filter: {}, limit: 1 }, manager);
    expect(after).toMatchObject([{ account: 'it', act: 'export.start', detail: { format: 'jsonl', file: null } }]);
  });
});
