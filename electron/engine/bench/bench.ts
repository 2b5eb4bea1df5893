/**
 * The test bench: a receiver inside the app that an endpoint can be pointed at with one click. It shows
 * requests as they arrive, says whether their signature is right, and answers as it is told.
 *
 * It is a tool for the hour in which somebody tests. When that is over, when it stops, and when the engine starts, every
 * endpoint gets its own address back, so that no event of the property ends at the bench by oversight (decision 49).
 */
import { RelayError } from '../../../shared/api.ts';
import type { Actor, EndpointId } from '../../../shared/domain.ts';
import type { BenchBehaviour, BenchRequest, Endpoint } from '../../../shared/schemas.ts';
import { sentence } from '../../../shared/sentences/sentence.ts';
import type { EngineHandlers } from '../context.ts';
import type { Mishaps } from '../mishaps.ts';
import type { Clock } from '../ports.ts';
import { type BenchReceiver, startBenchReceiver } from './receiver.ts';

/** What the bench needs of the endpoints. */
export interface BenchEndpoints {
  /** @throws RelayError `not_found` */
  get(id: EndpointId): Endpoint | Promise<Endpoint>;
  /** Those that have the bench's address instead of their own. */
  pointed(): readonly EndpointId[];
  /** Gives the endpoint this address and CA for a time; its own are remembered unless they are already. */
  point(
    id: EndpointId,
    to: { readonly url: string; readonly caPem: string; readonly forMs: number },
    actor: Actor,
  ): Promise<void>;
  /** Gives the endpoint its own address and CA back; does nothing for one that has them. */
  release(id: EndpointId, actor: Actor): Promise<void>;
  /** What the bench took is not sent on. */
  leave(id: EndpointId, actor: Actor): Promise<void>;
  /** The secrets that a request may be signed with; none where the endpoint is unknown or they cannot be read. */
  secretsOf(id: EndpointId): readonly string[];
}

export interface BenchOptions {
  readonly clock: Clock;
  readonly mishaps: Mishaps;
  readonly endpoints: BenchEndpoints;
  /** How many deliveries this endpoint's receiver took within the last day. */
  readonly takenLately: (id: EndpointId) => number | Promise<number>;
  /** Called for a request as it arrives, and again (with the same `n`) once it is answered. */
  readonly arrived: (request: BenchRequest) => void;
  /** Running, behaviour, or the endpoints that point here have changed. */
  readonly changed: () => void;
}

type BenchCall =
  | 'bench.get'
  | 'bench.start'
  | 'bench.stop'
  | 'bench.behave'
  | 'bench.clear'
  | 'bench.point'
  | 'bench.release'
  | 'bench.leave';

export interface Bench {
  readonly handlers: Pick<EngineHandlers, BenchCall>;
  /** Once, when the engine starts: endpoints that a crash left pointing here get their own address back. */
  recover(actor: Actor): Promise<void>;
  /** How many of the requests that it shows are such. */
  count(isSuch: (request: BenchRequest) => boolean): number;
  /** Shows those no more. @returns how many they were */
  forget(isSuch: (request: BenchRequest) => boolean): number;
  /** Stops listening when the engine stops; endpoints get their own address back at its next start at the latest. */
  close(): Promise<void>;
}

/** The latest requests that are kept, and the bytes that their bodies may take together. */
const keptRequests = 200;
const keptBodyBytes = 8 * 1024 * 1024;

/** Builds the bench; it listens from `bench.start` on. */
export function createBench({ clock, mishaps, endpoints, takenLately, arrived, changed }: BenchOptions): Bench {
  let receiver: BenchReceiver | null = null;
  let starting: Promise<BenchReceiver> | null = null;
  let behaviour: BenchBehaviour = 'ok';
  let requests: BenchRequest[] = [];

  const keep = (request: BenchRequest): void => {
    const present = requests.findIndex(({ n }) => n === request.n);
    if (present >= 0) requests[present] = request;
    else requests.push(request);
    let bytes = requests.reduce((sum, { body }) => sum + body.length, 0);
    while (requests.length > keptRequests || (bytes > keptBodyBytes && requests.length > 1)) {
      bytes -= requests.shift()?.body.length ?? 0;
    }
    arrived(request);
  };

  const state = () => ({
    running: receiver !== null,
    address: receiver?.address ?? null,
    behaviour,
    endpointIds: [...endpoints.pointed()],
    requests: [...requests],
  });

  const start = (): Promise<BenchReceiver> => {
    if (receiver !== null) return Promise.resolve(receiver);
    starting ??= startBenchReceiver({
      clock,
      mishaps,
      behaviour: () => behaviour,
      secretsOf: endpoints.secretsOf,
      arrived: keep,
    })
      .then((started) => {
        receiver = started;
        return started;
      })
      .finally(() => {
        starting = null;
      });
    return starting;
  };

  /** One whose address cannot be decrypted now does not keep the others. */
  const releaseAll = async (actor: Actor): Promise<void> => {
    await Promise.allSettled(endpoints.pointed().map((id) => endpoints.release(id, actor)));
  };

  /** Events are waiting or flowing: a person is to know that they will not arrive. */
  const refuseWhileInUse = async ({ id, name, waiting, switch: switchedTo }: Endpoint): Promise<void> => {
    const taken = switchedTo === 'draft' ? 0 : await takenLately(id);
    if (waiting === 0 && taken === 0) return;
    throw new RelayError('not_confirmed', sentence('problem.bench_in_use', { name, waiting, taken }));
  };

  const close = async (): Promise<void> => {
    // Before it listens no more: what is on its way must not find nobody.
    if (receiver !== null) await releaseAll({ account: '', surface: 'engine' });
    const running = receiver ?? (await starting);
    receiver = null;
    await running?.stop();
  };

  return {
    recover: releaseAll,
    count: (isSuch) => requests.filter(isSuch).length,
    forget(isSuch) {
      const before = requests.length;
      requests = requests.filter((request) => !isSuch(request));
      if (requests.length < before) changed();
      return before - requests.length;
    },
    close,
    handlers: {
      'bench.get': state,
      'bench.start': async () => {
        await start();
        changed();
        return state();
      },
      'bench.stop': async (_, actor) => {
        await releaseAll(actor);
        await close();
        changed();
        return state();
      },
      'bench.behave': (input) => {
        behaviour = input.behaviour;
        changed();
        return state();
      },
      'bench.clear': () => {
        requests = [];
        changed();
        return state();
      },
      'bench.point': async ({ id, forMs, confirmed }, actor) => {
        const endpoint = await endpoints.get(id);
        if (endpoint.removedAt !== null) {
          throw new RelayError('conflict', sentence('problem.endpoint_removed', { name: endpoint.name }));
        }
        if (!confirmed && endpoint.toBench === null) await refuseWhileInUse(endpoint);
        const { address, caPem } = await start();
        await endpoints.point(id, { url: `${address}/${id}`, caPem, forMs }, actor);
        changed();
        return endpoints.get(id);
      },
      'bench.release': async ({ id }, actor) => {
        await endpoints.release(id, actor);
        changed();
        return endpoints.get(id);
      },
      'bench.leave': async ({ id }, actor) => {
        await endpoints.leave(id, actor);
        return endpoints.get(id);
      },
    },
  };
}
