/**
 * Asking the engine from a component: one hook to read, one to act. What is read is asked again when the
 * engine says that its topic changed, and nothing else is ever told to the window.
 */
import {
  type Query,
  type QueryClient,
  type QueryKey,
  type UseMutationOptions,
  type UseQueryOptions,
  useMutation,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query';
import { createContext, use, useEffect } from 'react';
import {
  type CallError,
  type CallInput,
  type CallName,
  type CallOutput,
  calls,
  type changeTopics,
  type PushName,
  type PushPayload,
  type RelayClient,
} from '../../shared/api.ts';

import { sayNow } from './sentences.ts';

export type Topic = (typeof changeTopics)[number];

/** A call that was answered with an error of the closed set; its message is in the reader's language. */
export class CallFailure extends Error {
  readonly error: CallError;
  constructor(error: CallError) {
    super(sayNow(error.says));
    this.name = 'CallFailure';
    this.error = error;
  }
}

const ClientContext = createContext<RelayClient | null>(null);
export const ClientProvider = ClientContext.Provider;

/** The client that the window was started with. */
export function useClient(): RelayClient {
  const client = use(ClientContext);
  if (!client) throw new Error('no client above this component');
  return client;
}

/** One call, as a promise of its value; throws `CallFailure`. */
export async function ask<Name extends CallName>(
  client: RelayClient,
  name: Name,
  input: CallInput<Name>,
): Promise<CallOutput<Name>> {
  const result = await client.call(name, input);
  if (result.ok) return result.value;
  throw new CallFailure(result.error);
}

/** The key under which an answer is kept; for `setQueryData` and `fetchQuery`. */
export const queryKey = <Name extends CallName>(name: Name, input: CallInput<Name>) => [name, input] as const;

type ReadOptions<Name extends CallName> = Omit<UseQueryOptions<CallOutput<Name>, CallFailure>, 'queryKey' | 'queryFn'>;

/** Reads; the answer stays current by the engine's `changed` pushes. */
export function useRelayQuery<Name extends CallName>(
  name: Name,
  input: CallInput<Name>,
  options: ReadOptions<Name> = {},
) {
  const client = useClient();
  return useQuery<CallOutput<Name>, CallFailure>({
    ...options,
    queryKey: queryKey(name, input),
    queryFn: () => ask(client, name, input),
  });
}

type ActOptions<Name extends CallName> = Omit<
  UseMutationOptions<CallOutput<Name>, CallFailure, CallInput<Name>>,
  'mutationFn'
>;

/** Acts; what its area shows is asked again at once, without waiting for the push. */
export function useRelayMutation<Name extends CallName>(name: Name, options: ActOptions<Name> = {}) {
  const client = useClient();
  const queries = useQueryClient();
  return useMutation<CallOutput<Name>, CallFailure, CallInput<Name>>({
    ...options,
    mutationFn: (input) => ask(client, name, input),
    onSuccess: async (...answer) => {
      void invalidate(queries, topicsOf(name));
      // The surface's own preferences have no topic: a browser's surface pushes nothing.
      if (name === 'preferences.change') keepPushed(queries, queryKey('preferences.get', {}), answer[0]);
      await options.onSuccess?.(...answer);
    },
  });
}

/** Listens to one kind of push for as long as the component is there. */
export function usePush<Name extends PushName>(name: Name, listener: (payload: PushPayload<Name>) => void): void {
  const client = useClient();
  useEffect(
    () =>
      client.onPush((push) => {
        if (push.name === name) listener(push.payload as PushPayload<Name>);
      }),
    [client, name, listener],
  );
}

/** Which topics make the answer of a call out of date. */
export function topicsOf(name: CallName): readonly Topic[] {
  const area = name.split('.')[0];
  switch (area) {
    case 'situation':
    case 'deliveries':
    case 'sources':
    case 'audit':
    case 'bench':
    case 'schedules':
      return [area];
    // What waits for an endpoint, and how it did, changes with its deliveries.
    case 'endpoints':
    case 'events':
      return [area, 'deliveries'];
    case 'held':
      return ['deliveries', 'situation', 'endpoints'];
    // A backup's end is told with the situation.
    case 'backup':
      return ['situation'];
    case 'relay':
      return ['situation', 'deliveries'];
    // Each step of it is told with who did what.
    case 'forget':
      return ['audit'];
    // By which rules and clocks rows leave.
    case 'export':
    case 'privacy':
    case 'settings':
    case 'lock':
    case 'sessions':
    case 'doctor':
      return ['settings'];
    default:
      return [];
  }
}

/** Asks again for everything shown that one of the topics touches. */
export const invalidate = (queries: QueryClient, topics: readonly Topic[]): Promise<void> =>
  askAgain(
    queries,
    ({ queryKey: [name] }) =>
      typeof name === 'string' && name in calls && topicsOf(name as CallName).some((topic) => topics.includes(topic)),
  );

/**
 * Asks again for what is shown, and has what is not asked for when it is shown again. An answer that is on its way may
 * be from before the change: where the library takes it as it comes (a first one, one that no page waits for, one that
 * may be finished) it is asked for again once it is there.
 * @param mayFinish answers on their way are awaited, so that a slow one comes to be seen between many changes
 */
export async function askAgain(
  queries: QueryClient,
  isTouched: (query: Query) => boolean,
  { mayFinish = false } = {},
): Promise<void> {
  const how = { cancelRefetch: !mayFinish };
  const onItsWay = queries
    .getQueryCache()
    .findAll({ predicate: isTouched, fetchStatus: 'fetching' })
    .filter((query) => mayFinish || query.state.data === undefined || !query.isActive());
  const onceThere = onItsWay.map(async (query) => {
    await query.promise?.catch(() => undefined);
    await queries.invalidateQueries({ predicate: (one) => one === query }, how);
  });
  await Promise.all([queries.invalidateQueries({ predicate: isTouched }, how), ...onceThere]);
}

/** Keeps what a push says in the place of an answer, also of one that is on its way and may be from before it. */
export function keepPushed(queries: QueryClient, key: QueryKey, value: unknown): void {
  queries.setQueryData(key, value);
  const kept = queries.getQueryCache().find({ queryKey: key });
  void askAgain(queries, (query) => query === kept && query.state.fetchStatus === 'fetching');
}

/** Ties the pushes to the kept answers. Returns the function that ends it. */
export function keepCurrent(client: RelayClient, queries: QueryClient): () => void {
  return client.onPush((push) => {
    switch (push.name) {
      case 'changed':
        void invalidate(queries, push.payload.topics);
        break;
      case 'job':
        keepPushed(queries, queryKey('jobs.get', { id: push.payload.id }), push.payload);
        void askAgain(queries, ({ queryKey: [name] }) => name === 'jobs.list');
        break;
      case 'engine':
        queries.setQueryData(['engine'], push.payload);
        break;
      case 'preferences':
        keepPushed(queries, queryKey('preferences.get', {}), push.payload);
        break;
      case 'surface':
        keepPushed(queries, queryKey('surface.info', {}), push.payload);
        break;
      default:
        break;
    }
  });
}
