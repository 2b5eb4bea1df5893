import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { AnswerCalls } from '../../electron/engine/log/reader-calls.ts';
import type { Present } from '../../electron/engine/reader/present.ts';
import { createReaderThread, type ReaderThread } from '../../electron/engine/reader/reader-thread-client.ts';
import { createReading } from '../../electron/engine/reading.ts';
import { systemClock } from '../../electron/engine/system-clock.ts';
import { type TemporaryFolder, temporaryFolder } from '../support/folder.ts';
import { openContext, type TestContext } from '../support/log-folder.ts';
import { createTestMishaps } from '../support/ports.ts';
import { seed } from '../support/seed.ts';

const file = new URL('../../electron/engine/reader-thread.ts', import.meta.url);
/** Dies over every call: what a defect in native code does to a thread. */
const dying = new URL('../support/dying-thread.mjs', import.meta.url);
const present: Present = { wallMs: Date.now(), engineMs: Date.now(), pausedUntil: null, facts: [] };

let folder: TemporaryFolder;
let context: TestContext;

beforeAll(async () => {
  folder = await temporaryFolder();
  seed(folder.path, { deliveries: 2_000, attempts: false });
  context = openContext(folder.path);
});

afterAll(async () => {
  context.close();
  await folder.remove();
});

function startThread(of: URL = file, role: 'answers' | 'stream' = 'answers'): ReaderThread<AnswerCalls> {
  const mishaps = createTestMishaps();
  return createReaderThread<AnswerCalls>({
    ...{ file: of, dataFolder: folder.path, role, clock: systemClock, mishaps, present: () => present },
  });
}

describe('a reader thread', () => {
  test('answers calls that came together, each with its own answer', async () => {
    const thread = startThread();
    const [list, count, audit] = await Promise.all([
      thread.call('deliveries.list', { filter: {}, limit: 3 }),
      thread.call('deliveries.count', { filter: {} }),
      thread.call('audit.list', { filter: {}, limit: 10 }),
    ]);
    expect(list.rows).toHaveLength(3);
    expect(count.total).toBe(2_000);
    expect(audit.rows).toEqual([]);
    await thread.stop();
  });

  test('hands over errors of the closed set as they are', async () => {
    const thread = startThread();
    const id = 'dlv_00000000000000000000000000' as AnswerCalls['deliveries.get']['input']['id'];
    await expect(thread.call('deliveries.get', { id })).rejects.toMatchObject({ code: 'not_found' });
    await thread.stop();
  });

  test('leaves in the log why one failed that nobody foresaw, as the sentence of it promises', async () => {
    const place = { look: () => 'ok' as const };
    const reading = createReading(context, { file, place, pausedUntil: () => null, facts: () => [] });
    await expect(reading.call('no.such.call' as never, null as never)).rejects.toMatchObject({ code: 'internal' });
    const stack = expect.stringMatching(
      /"stack":"Error: a reader thread knows no call no\.such\.call\\n +at .*reader-service/,
    );
    expect(context.logger.lines).toContainEqual(stack);
    await reading.stop();
  });

  test('streams an export chunk by chunk, as it is asked for, and ends it where nobody goes on', async () => {
    const thread = startThread(file, 'stream');
    const asked = {
      what: 'deliveries',
      filter: {},
      eventFilter: {},
      bom: true,
      timeZone: 'UTC',
      full: false,
      rules: [],
      propertyName: '',
    };
    let rows = 0;
    for await (const chunk of thread.stream('export', { ...asked, format: 'jsonl' })) {
      rows += chunk.rows;
    }
    expect(rows).toBe(2_000);
    for await (const chunk of thread.stream('export', { ...asked, format: 'csv' })) {
      expect(Buffer.from(chunk.bytes).toString('utf8')).toContain('time_utc');
      break;
    }
    await thread.stop();
  });

  test('one that dies is replaced; a call that kills it twice is answered with an error', async () => {
    const thread = startThread(dying);
    await expect(thread.call('deliveries.count', { filter: {} })).rejects.toMatchObject({ code: 'internal' });
    await thread.stop();
  });

  test('once stopped it answers that the engine stops', async () => {
    const thread = startThread();
    await thread.stop();
    await expect(thread.call('audit.list', { filter: {}, limit: 1 })).rejects.toMatchObject({
      code: 'engine_not_running',
    });
  });
});
