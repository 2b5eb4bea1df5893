/**
 * `npm run chaos -- --rounds N`: `kill -9` of the engine at random moments under load. Ends with
 * `acknowledged N, delivered N, lost 0, duplicated N, integrity ok`, or with exit code 1.
 */
import { parseArgs } from 'node:util';
import BetterSqlite3 from 'better-sqlite3';
import { eventTypes } from '../../shared/events.ts';
import { connectControl } from '../support/control.ts';
import { spawnEngine, startEngineProcess } from '../support/engine-process.ts';
import { temporaryFolder } from '../support/folder.ts';
import { seededRandom } from '../support/random.ts';
import { type ReceivedRequest, startReceiver } from '../support/receiver.ts';
import { createLedger } from './ledger.ts';
import { arrivalOf, createLoad } from './load.ts';

/** After a restart everything that was acknowledged before has to be out so soon, from the start of the process. */
const allOutWithinMs = 5_000;
const clients = 8;

async function chaos(rounds: number, seed: number): Promise<number> {
  const random = seededRandom(seed);
  const ledger = createLedger();
  const problems: string[] = [];
  await using folder = await temporaryFolder();
  await using receiver = await startReceiver();
  let secret = '';
  let arrivedAt = 0;
  let seen = 0;
  const takeArrivals = (requests: readonly ReceivedRequest[]) => {
    for (; seen < requests.length; seen++) {
      const request = requests[seen];
      if (request !== undefined) ledger.arrived(arrivalOf(request, secret));
    }
    arrivedAt = performance.now();
  };
  // Now and then an answer takes its time, so that kills meet attempts in flight.
  receiver.answerWith((_, n) => {
    takeArrivals(receiver.requests);
    return n % 10 === 0 ? { status: 200, delayMs: Math.floor(random() * 60) } : { status: 200 };
  });

  console.log(`${rounds} rounds, seed ${seed}`);
  const load = createLoad(clients, ledger.acknowledged, (what) => problems.push(`answer ${what}`));
  let engine = await startEngineProcess({ dataFolder: folder.path });
  const { port } = engine;
  const access = await prepare(folder.path, receiver.url, receiver.caPem, (given) => {
    secret = given;
  });

  const drained: number[] = [];
  for (let round = 1; round <= rounds; round++) {
    load.run({ port, token: access });
    const aliveMs = Math.floor(random() ** 2 * 1_500);
    await delay(aliveMs);
    await engine.kill();
    const waiting = ledger.outstanding();
    await load.pause();
    // Every third restart is killed too, while it starts or recovers.
    if (round % 3 === 0) {
      const failed = await killWhileStarting(folder.path, port, Math.floor(random() * 600));
      if (failed !== null) problems.push(failed);
    }
    const restartedAt = performance.now();
    engine = await startEngineProcess({ dataFolder: folder.path, port });
    // What was acknowledged has to come without anything new pushing it.
    await outWithin(() => ledger.outstanding() === 0, 4 * allOutWithinMs);
    const outAfterMs = Math.max(engine.startedInMs, arrivedAt - restartedAt);
    if (ledger.outstanding() > 0) problems.push(`round ${round}: ${ledger.outstanding()} events did not come`);
    if (outAfterMs > allOutWithinMs) {
      problems.push(`round ${round}: all was out only ${Math.round(outAfterMs)} ms after the restart`);
    }
    drained.push(outAfterMs);
    console.log(
      `round ${round}: killed after ${aliveMs} ms with ${waiting} events waiting; ` +
        `up again after ${Math.round(engine.startedInMs)} ms, all out after ${Math.round(outAfterMs)} ms`,
    );
  }

  const exitCode = await engine.stop();
  if (exitCode !== 0) problems.push(`the engine ended with ${exitCode} on SIGTERM:\n${engine.output()}`);
  takeArrivals(receiver.requests);
  const integrity = checkDatabase(`${folder.path}/relay.db`);
  const verdict = ledger.verdict();
  const slowest = Math.max(0, ...drained);
  for (const problem of [...problems, ...verdict.faults].slice(0, 20)) console.log(`problem: ${problem}`);
  console.log(
    `after a restart everything was out within ${Math.round(slowest)} ms (median ${Math.round(median(drained))} ms)`,
  );
  console.log(
    `acknowledged ${verdict.acknowledged}, delivered ${verdict.delivered}, lost ${verdict.lost}, ` +
      `duplicated ${verdict.duplicated}, integrity ${integrity}`,
  );
  const well = verdict.lost === 0 && verdict.faults.length === 0 && problems.length === 0 && integrity === 'ok';
  return well && verdict.acknowledged > 0 ? 0 : 1;
}

/** Adds a source and an enabled endpoint; gives the source's token. */
async function prepare(
  dataFolder: string,
  url: string,
  caPem: string,
  secretIs: (secret: string) => void,
): Promise<string> {
  const control = await connectControl(dataFolder);
  await control.call('settings.change', {
    change: { propertyId: 'prop_chaos', internetCheck: { use: 'off', own: [] } },
  });
  const source = await control.call('sources.add', { name: 'PMS' });
  const added = await control.call('endpoints.add', {
    confirmed: true,
    endpoint: { url, caPem, events: [...eventTypes], limits: { inFlight: 20, perSecond: 1000 } },
  });
  secretIs(added.secret);
  await control.call('endpoints.enable', { id: added.endpoint.id, override: true });
  return source.token;
}

async function killWhileStarting(dataFolder: string, port: number, afterMs: number): Promise<string | null> {
  const starting = await spawnEngine({ dataFolder, port });
  await delay(afterMs);
  if (starting.child.exitCode !== null) return `a restart ended by itself:\n${starting.output()}`;
  starting.child.kill('SIGKILL');
  await starting.exited;
  return null;
}

function checkDatabase(file: string): string {
  const database = new BetterSqlite3(file, { readonly: true });
  try {
    const found = database.pragma('integrity_check', { simple: true });
    const foreign = database.pragma('foreign_key_check') as unknown[];
    return foreign.length === 0 ? String(found) : `${foreign.length} rows without what they refer to`;
  } finally {
    database.close();
  }
}

const delay = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

async function outWithin(when: () => boolean, withinMs: number): Promise<void> {
  const end = performance.now() + withinMs;
  while (!when() && performance.now() < end) await delay(10);
}

const median = (values: readonly number[]): number =>
  [...values].sort((one, other) => one - other)[Math.floor(values.length / 2)] ?? 0;

if (import.meta.main) {
  const { values } = parseArgs({
    options: { rounds: { type: 'string', default: '10' }, seed: { type: 'string', default: String(Date.now() % 1e6) } },
  });
  process.exitCode = await chaos(Number(values.rounds), Number(values.seed));
}
