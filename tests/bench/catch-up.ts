/**
 * After an outage, and after a start: how soon what waited is out, and what that costs the delivering thread, which has
 * to take events meanwhile.
 */
import BetterSqlite3 from 'better-sqlite3';
import { databaseFile } from '../../electron/engine/store/connection.ts';
import { startEngineProcess } from '../support/engine-process.ts';
import { environment, raisedLimits, startEngineUnderTest } from './engine-under-test.ts';
import { startPlainReceiver } from './plain-receiver.ts';
import { postAll } from './posting.ts';
import { cpuSeconds, residentMb } from './process-usage.ts';
import type { Measured } from './report.ts';
import { barePostsElsewhere, batches } from './throughput.ts';
import { delay, watched, watching } from './watched.ts';

const endpoints = 5;

/** @param waiting deliveries that wait in all, the same number for each of five endpoints */
export async function measureCatchUp(waiting: number, nodeOptions: readonly string[]): Promise<Measured[]> {
  const events = Math.ceil(waiting / endpoints);
  await using receiver = await startPlainReceiver();
  const urls = Array.from({ length: endpoints }, (_, n) => receiver.url(n + 1));
  await using engine = await startEngineUnderTest({
    urls,
    paused: true,
    ...watching,
    nodeOptions: [...watching.nodeOptions, ...nodeOptions],
  });
  const { target, control, endpointIds, process: running } = engine;
  await postAll(target.port, batches(target, events, 100, 'waiting'), 4);
  await watched(engine);
  const cpuBefore = cpuSeconds(running.pid);
  const began = performance.now();
  for (const id of endpointIds) await control.call('endpoints.resume', { id });
  await receiver.counted(events * endpoints);
  const seconds = (performance.now() - began) / 1000;
  const loop = await watched(engine);
  const cpuAfter = cpuSeconds(running.pid);
  const cpu = cpuBefore === null || cpuAfter === null ? null : ((cpuAfter - cpuBefore) / (events * endpoints)) * 1000;
  const memoryMb = residentMb(running.pid);
  // What is measured bare goes to the same receiver.
  const { mostConnections } = receiver;
  const bare = await barePostsElsewhere(urls, events);
  const part = `catching up: ${(events * endpoints).toLocaleString('en')} wait for ${endpoints} endpoints`;
  return [
    { part, what: 'go out, deliveries', value: (events * endpoints) / seconds, unit: '1/s', bare },
    { part, what: 'CPU for 1,000 deliveries', value: cpu, unit: 's' },
    { part, what: 'most CPU time in a turn', value: loop.longestCpu, unit: 'ms', goal: { atMost: 20 } },
    { part, what: 'the same where nothing was collected', value: loop.longestOwnCpu, unit: 'ms', goal: { atMost: 20 } },
    { part, what: 'longest garbage collection', value: loop.longestCollection, unit: 'ms' },
    { part, what: 'longest turn without its commit', value: loop.longest, unit: 'ms' },
    { part, what: 'turns over 20 ms by the clock', value: loop.over20, unit: '' },
    {
      part,
      what: 'most at once to one endpoint',
      value: mostConnections,
      unit: '',
      goal: { atMost: raisedLimits.inFlight },
    },
    { part, what: 'memory when all are out', value: memoryMb, unit: 'MB' },
  ];
}

/** @param waiting deliveries that wait in the database when the engine starts */
export async function measureStart(waiting: number): Promise<Measured[]> {
  await using receiver = await startPlainReceiver();
  await using empty = await startEngineUnderTest({ urls: [receiver.url(1)] });
  await using engine = await startEngineUnderTest({ urls: [receiver.url(1)], paused: true });
  const { target, dataFolder, process: first } = engine;
  await postAll(target.port, batches(target, waiting, 100, 'waiting'), 4);
  await first.stop();
  const database = new BetterSqlite3(databaseFile(dataFolder));
  database.exec("UPDATE endpoints SET switch = 'on', paused_until = NULL, paused_by = NULL");
  database.close();
  const began = performance.now();
  await using again = await startEngineProcess({ dataFolder, port: target.port, env: environment });
  const readyMs = performance.now() - began;
  await receiver.counted(1);
  const firstOutMs = performance.now() - began;
  await delay(2_000);
  const memoryMb = residentMb(again.pid);
  const part = `start: ${waiting.toLocaleString('en')} wait`;
  return [
    { part, what: 'until it takes events', value: readyMs, unit: 'ms', bare: empty.process.startedInMs },
    { part, what: 'until the first of them is out', value: firstOutMs, unit: 'ms' },
    { part, what: 'memory while they go out', value: memoryMb, unit: 'MB' },
  ];
}
