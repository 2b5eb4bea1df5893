/** The lab: an internet of its own, and properties whose real engine, command line and window's words are looked at. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { CallInput, CallOutput, EngineCallName } from '../../shared/api.ts';
import { conditionsOf } from '../../shared/conditions/index.ts';
import type { EndpointId } from '../../shared/domain.ts';
import { headlineOf, headlineText } from '../../shared/headline.ts';
import type { Situation } from '../../shared/schemas.ts';
import { renderSentence } from '../../shared/sentences/index.ts';
import type { Ran } from '../support/command-line.ts';
import { temporaryFolder } from '../support/folder.ts';
import { commandIn, makeInternet, type PropertyNamespace } from './network.ts';
import { startOverThere } from './over-there.ts';
import {
  type Arrived,
  internetCheck,
  officeProxy,
  ordinary,
  type ReceiverName,
  receivers,
  type World,
} from './worlds.ts';

export interface Lab extends AsyncDisposable {
  /** In PEM: who looks into connections. */
  readonly inspectorPem: string;
  property(options?: PropertyOptions): Promise<Property>;
}

export interface PropertyOptions {
  /** Where its endpoints lead; all three unless given. */
  readonly endpoints?: readonly ReceiverName[];
  /** What it finds at its first start. */
  readonly world?: Partial<World>;
  /** By how much its clock is ahead from its start on, in milliseconds. */
  readonly clockAheadMs?: number;
  /** By how much it is moved when it is (`moveClock`). */
  readonly clockMovesMs?: number;
  readonly settings?: CallInput<'settings.change'>['change'];
  readonly env?: Record<string, string>;
  /** With a store of the system's of its own: `store.pem`, which holds the receivers' authority. */
  readonly ownStore?: boolean;
  /** A lock on the property's own network is an endpoint too. */
  readonly lock?: true;
  /** An IPv6 way is announced, and leads nowhere. */
  readonly ipv6?: 'nowhere';
}

/** What is said at one moment, at each place where it is. */
export interface Said {
  readonly situation: Situation;
  readonly headline: string;
  readonly cards: string;
  readonly status: string;
  readonly statusJson: Situation;
  readonly doctor: string;
}

export interface Property {
  readonly network: PropertyNamespace;
  call<Name extends EngineCallName>(name: Name, input: CallInput<Name>): Promise<CallOutput<Name>>;
  relay(...args: string[]): Promise<Ran>;
  post(): Promise<void>;
  /** Posted so far. */
  readonly posted: number;
  finds(world: Partial<World>): Promise<void>;
  /** Writes a file beside the data, and says where it is. */
  file(name: string, text: string): Promise<string>;
  readonly inspectorPem: string;
  moveClock(is: 'moved' | 'right'): Promise<void>;
  says(): Promise<Said>;
  /** Resolves once every event has arrived at every endpoint. */
  allArrived(withinMs?: number): Promise<void>;
  /** Of one receiver: in the order in which they were taken, each event once. */
  arrivedAt(name: ReceiverName | 'lock'): readonly string[];
  /** Attempts that used something up, each with what it came to. */
  counted(): Promise<readonly string[]>;
  output(): Promise<string>;
}

const here = import.meta.dirname;
const movedClock = join(here, '..', 'faults', 'moved-clock.mjs');

export async function openLab(): Promise<Lab> {
  const internet = makeInternet();
  const open: AsyncDisposable[] = [];
  const arrived: Arrived[] = [];
  const outThere = startOverThere(commandIn(internet.name, process.execPath, join(here, 'internet.ts')), (news) => {
    arrived.push(news as Arrived);
  });
  const { caPem, inspectorPem } = await outThere.ask<{ caPem: string; inspectorPem: string }>({});
  const tell = (network: PropertyNamespace, world: World) => {
    network.internet(world.reach);
    network.officeProxy(world.proxy === 'gone' ? 'gone' : 'there');
    return outThere.ask({ from: network.addresses, world });
  };

  async function property(options: PropertyOptions = {}): Promise<Property> {
    const { endpoints = ['tower', 'harbour', 'mango'] } = options;
    const network = internet.property();
    const folder = await temporaryFolder();
    const files = await temporaryFolder();
    if (options.ownStore) await writeFile(join(files.path, 'store.pem'), caPem);
    const pc = startOverThere(commandIn(network.name, process.execPath, join(here, 'property.ts'), folder.path));
    open.push(pc, folder, files);
    let world: World = { ...ordinary, ...options.world };
    await tell(network, world);
    if (options.lock) network.addLock();
    if (options.ipv6 === 'nowhere') network.announceIPv6();
    const isMoved = options.clockAheadMs !== undefined || options.clockMovesMs !== undefined;
    await pc.ask({
      start: {
        env: {
          ...clockEnv(options),
          ...(options.ownStore ? { SSL_CERT_FILE: join(files.path, 'store.pem'), SSL_CERT_DIR: files.path } : {}),
          ...options.env,
        },
        nodeOptions: isMoved ? [`--import=${movedClock}`] : [],
      },
    });
    const call: Property['call'] = (name, input) => pc.ask({ call: name, input });
    await call('settings.change', { change: { propertyId: 'prop_lab', internetCheck, ...options.settings } });
    const { token } = await call('sources.add', { name: 'PMS' });
    const ids: EndpointId[] = [];
    const all = [
      ...endpoints.map((name) => [name, receivers[name].host]),
      ...(options.lock ? [['lock', network.lock]] : []),
    ];
    for (const [name = '', host = ''] of all) {
      const { endpoint } = await call('endpoints.add', {
        confirmed: true,
        endpoint: {
          url: `https://${host}/hooks`,
          description: name,
          caPem,
          events: ['booking.created'],
          // One after the other, so that what arrives shows the order in which it went out.
          limits: { inFlight: 1, perSecond: 50 },
        },
      });
      await call('endpoints.enable', { id: endpoint.id, override: true });
      ids.push(endpoint.id);
    }
    let posted = 0;
    const mine = (name: ReceiverName | 'lock') => {
      const host = name === 'lock' ? network.lock : receivers[name].host;
      const taken = arrived.filter((one) => network.addresses.includes(one.from) && one.host === host);
      return [...new Set(taken.filter(({ status }) => status < 300).map(({ bookingId }) => bookingId))];
    };
    const rows = async () => (await call('deliveries.list', { filter: { endpointIds: ids }, limit: 200 })).rows;
    return {
      network,
      call,
      relay: (...args) => pc.ask({ relay: args }),
      async post() {
        posted += 1;
        const body = { event: 'booking.created', data: { booking_id: `bk_${posted}` } };
        const status = await pc.ask<number>({ post: body, token });
        if (status !== 202) throw new Error(`the engine answered ${status}`);
      },
      get posted() {
        return posted;
      },
      async finds(change) {
        world = { ...world, ...change };
        await tell(network, world);
      },
      async file(name, text) {
        const path = join(files.path, name);
        await writeFile(path, text);
        return path;
      },
      inspectorPem,
      moveClock: (is) => pc.ask({ signal: is === 'moved' ? 'SIGUSR2' : 'SIGCONT' }),
      async says() {
        const situation = await call('situation.get', {});
        const conditions = conditionsOf(situation, {
          engine: 'running',
          engineProblem: null,
          loginItemWorks: true,
          keepAwake: null,
        });
        const inWords = (said: Parameters<typeof renderSentence>[0]) =>
          renderSentence(said, 'en', { timeZone: situation.timeZone, now: situation.now });
        const [status, json, doctor] = await Promise.all([
          pc.ask<Ran>({ relay: ['status'] }),
          pc.ask<Ran>({ relay: ['status', '--json'] }),
          pc.ask<Ran>({ relay: ['doctor'] }),
        ]);
        return {
          situation,
          headline: headlineText(headlineOf(situation, conditions), inWords),
          cards: conditions
            .map(({ title, meaning, step }) => [title, meaning, step].flatMap((one) => (one ? [inWords(one)] : [])))
            .join('\n'),
          status: status.out,
          statusJson: JSON.parse(json.out) as Situation,
          doctor: doctor.out + doctor.err,
        };
      },
      async allArrived(withinMs = 60_000) {
        const isThere = async () => {
          const missing = endpoints.filter((name) => mine(name).length < posted);
          return missing.length === 0 && (await rows()).every(({ state }) => state === 'delivered');
        };
        const endsAt = performance.now() + withinMs;
        while (!(await isThere())) {
          if (performance.now() > endsAt) {
            const waiting = (await rows()).filter(({ state }) => state !== 'delivered');
            throw new Error(`not all has arrived: ${JSON.stringify(waiting)}\n${await pc.ask<string>({})}`);
          }
          await new Promise((resolve) => setTimeout(resolve, 200));
        }
      },
      arrivedAt: mine,
      async counted() {
        const all = await Promise.all((await rows()).map(({ id }) => call('deliveries.get', { id })));
        return all.flatMap(({ attemptsMade }) => attemptsMade.filter(({ counts }) => counts).map(shortly));
      },
      output: () => pc.ask({}),
    };
  }

  return {
    inspectorPem,
    property,
    async [Symbol.asyncDispose]() {
      await Promise.all(open.map((one) => one[Symbol.asyncDispose]()));
      await outThere[Symbol.asyncDispose]();
      internet[Symbol.dispose]();
    },
  };
}

type Made = CallOutput<'deliveries.get'>['attemptsMade'][number];

const shortly = ({ startedAt, endedAt, sentence, detail }: Made): string =>
  `${new Date(startedAt).toISOString()} to ${endedAt}: ${sentence && renderSentence(sentence, 'en', { timeZone: 'UTC' })} ${detail}`;

const clockEnv = ({ clockAheadMs, clockMovesMs }: PropertyOptions): Record<string, string> => ({
  ...(clockAheadMs === undefined ? {} : { CLOCK_AHEAD_MS: String(clockAheadMs) }),
  ...(clockMovesMs === undefined ? {} : { CLOCK_MOVES_MS: String(clockMovesMs) }),
});

export const proxyAddress = `http://${officeProxy.address}:${officeProxy.port}`;
