/**
 * How much an export and a checkpoint of a large log hold up the delivering thread: its event-loop delay while both
 * run beside steady writing. A measurement, not a test.
 *
 * `node tests/bench/export-delay.ts [deliveries]`
 */
import { rmSync, statSync } from 'node:fs';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { databaseFile } from '../../electron/engine/store/connection.ts';
import { systemClock } from '../../electron/engine/system-clock.ts';
import { temporaryFolder } from '../support/folder.ts';
import { manager, openLog } from '../support/log-engine.ts';
import { openContext } from '../support/log-folder.ts';
import { seed } from '../support/seed.ts';

const deliveries = Number(process.argv[2] ?? 200_000);
const writesPerTurn = 20;
const seconds = (ms: number): string => `${(ms / 1000).toFixed(1)} s`;

await using folder = await temporaryFolder();
seed(folder.path, { deliveries });
const context = openContext(folder.path);
const log = openLog({ ...context, clock: { ...context.clock, ...systemClock } }, {}, false);
log.start();

const insert =
  context.writer.prepare(`INSERT INTO events (id, type, property_id, occurred_at, received_at, data, summary)
  VALUES (?, 'order.created', 'hotel-1', '', 0, ?, '{}')`);
const data = JSON.stringify({ note: 'x'.repeat(400) });
let written = 0;
let longestWal = 0;
let longestCommitMs = 0;
let writing = true;

/** One commit after the other, as a busy intake makes them. */
async function write(): Promise<void> {
  while (writing) {
    const before = performance.now();
    await context.commit.transact(() => {
      for (let index = 0; index < writesPerTurn; index += 1) insert.run(`evt_bench_${written++}`, data);
    });
    longestCommitMs = Math.max(longestCommitMs, performance.now() - before);
    if (written % 2_000 === 0) longestWal = Math.max(longestWal, statSync(`${databaseFile(folder.path)}-wal`).size);
  }
}

async function measure(name: string, work: () => Promise<void>): Promise<void> {
  const delay = monitorEventLoopDelay({ resolution: 1 });
  const before = { written, at: performance.now() };
  longestCommitMs = 0;
  delay.enable();
  await work();
  delay.disable();
  const tookMs = performance.now() - before.at;
  const p = (share: number) => (delay.percentile(share) / 1e6).toFixed(1);
  console.log(
    `${name}: ${seconds(tookMs)}; event-loop delay p50 ${p(50)} p99 ${p(99)} max ${(delay.max / 1e6).toFixed(1)} ms; ` +
      `${Math.round((written - before.written) / (tookMs / 1000))} events/s written, longest commit ${longestCommitMs.toFixed(1)} ms; ` +
      `rss ${Math.round(process.memoryUsage().rss / 1e6)} MB`,
  );
}

const writer = write();
await measure('writing alone', () => new Promise((resolve) => setTimeout(resolve, 4_000)));
for (const format of ['csv', 'jsonl'] as const) {
  await measure(`writing and exporting ${deliveries} deliveries as ${format}`, async () => {
    const { id } = await log.handlers['export.start']({ filter: {}, format, file: null }, manager);
    while (log.jobs.view(id).state === 'running') await new Promise((resolve) => setTimeout(resolve, 20));
    const { done, state, sizeBytes, file } = log.jobs.view(id);
    console.log(`  ${state}, ${done} rows, ${((sizeBytes ?? 0) / 1e6).toFixed(0)} MB`);
    if (file) rmSync(file);
  });
}
writing = false;
await writer;
console.log(`longest write-ahead log: ${(longestWal / 1e6).toFixed(0)} MB after ${written} events`);
await log.stop();
context.close();
