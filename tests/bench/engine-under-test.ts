/**
 * The product's own headless engine as a process of its own, with the two things that only a benchmark has:
 * plain HTTP on loopback, and endpoints faster than any setting allows.
 */
import { join } from 'node:path';
import BetterSqlite3 from 'better-sqlite3';
import { databaseFile } from '../../electron/engine/store/connection.ts';
import { type EndpointKindName, usualKind } from '../../shared/endpoint-kinds/index.ts';
import { eventTypes } from '../../shared/events.ts';
import { type Control, connectControl } from '../support/control.ts';
import { type EngineProcess, startEngineProcess } from '../support/engine-process.ts';
import { type TemporaryFolder, temporaryFolder } from '../support/folder.ts';
import type { Target } from './posting.ts';

export interface EngineUnderTest extends AsyncDisposable {
  readonly process: EngineProcess;
  readonly control: Control;
  readonly dataFolder: string;
  readonly target: Target;
  readonly endpointIds: readonly string[];
}

/** Passed to Node, for a CPU profile of the engine: `--cpu-prof`. */
export interface EngineUnderTestOptions {
  readonly urls: readonly string[];
  /** Of every endpoint; webhooks unless given. */
  readonly kind?: EndpointKindName;
  /** With the limits that an endpoint has unless a person gives others. */
  readonly asSetUp?: boolean;
  /** Deliveries wait from the start. */
  readonly paused?: boolean;
  readonly nodeOptions?: readonly string[];
  /** Where in the data folder `loop-watch.ts` writes, if that is loaded. */
  readonly watchFile?: string;
  /** Fills the database before the engine starts for the first time. */
  readonly fill?: (dataFolder: string) => void;
}

/** Plain HTTP on loopback: for benchmarks alone. */
export const environment = { ROOST_RELAY_PLAIN_LOOPBACK: '1' };

/** Starts an engine on a new data folder, with one source and an endpoint for each address. */
export async function startEngineUnderTest(options: EngineUnderTestOptions): Promise<EngineUnderTest> {
  const folder = await temporaryFolder();
  const dataFolder = folder.path;
  options.fill?.(dataFolder);
  const first = await startEngineProcess({ dataFolder, env: environment });
  const { port } = first;
  const control = await connectControl(dataFolder);
  await control.call('settings.change', {
    change: { propertyId: 'prop_bench', internetCheck: { use: 'off', own: [] } },
  });
  const source = await control.call('sources.add', { name: 'PMS' });
  const endpointIds: string[] = [];
  for (const url of options.urls) {
    const { endpoint } = await control.call('endpoints.add', {
      confirmed: true,
      endpoint: { url, events: [...eventTypes], kind: options.kind ?? usualKind },
    });
    await control.call('endpoints.enable', { id: endpoint.id, override: true });
    if (options.paused === true) await control.call('endpoints.pause', { id: endpoint.id });
    endpointIds.push(endpoint.id);
  }
  await first.stop();
  if (options.asSetUp !== true) raiseLimits(dataFolder);
  const engine = await startEngineProcess({
    dataFolder,
    port,
    env: {
      ...environment,
      ...(options.watchFile === undefined ? {} : { RELAY_LOOP_WATCH: join(dataFolder, options.watchFile) }),
    },
    ...(options.nodeOptions === undefined ? {} : { nodeOptions: options.nodeOptions }),
  });
  return {
    process: engine,
    control: await connectControl(dataFolder),
    dataFolder,
    target: { port, path: '/v1/events', headers: { authorization: `Bearer ${source.token}` } },
    endpointIds,
    [Symbol.asyncDispose]: () => end(engine, folder),
  };
}

async function end(engine: EngineProcess, folder: TemporaryFolder): Promise<void> {
  await engine.stop();
  await folder.remove();
}

/** Beyond what any setting takes, and beyond what one endpoint reaches. */
export const raisedLimits = { inFlight: 100, perSecond: 20_000 } as const;

function raiseLimits(dataFolder: string): void {
  const database = new BetterSqlite3(databaseFile(dataFolder));
  database.exec(
    `UPDATE endpoints SET options = json_set(options, '$.limits', json('${JSON.stringify(raisedLimits)}'))`,
  );
  database.close();
}
