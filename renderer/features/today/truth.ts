/** The one sentence that opens Today: what is true now, in words, chosen from the snapshot alone. */
import type { UtcMs } from '../../../shared/domain.ts';
import type { Endpoint, Situation } from '../../../shared/schemas.ts';

/** A part of the sentence; the page puts its words in. */
export type Truth =
  | { readonly say: 'new' | 'noEndpoint' | 'ready' | 'engine' | 'restDelivered' | 'everything' | 'nothingToDo' }
  | { readonly say: 'paused'; readonly count: number; readonly until: UtcMs }
  | { readonly say: 'offline'; readonly count: number; readonly since: UtcMs | null }
  | { readonly say: 'held' | 'sending' | 'attention'; readonly count: number }
  | { readonly say: 'waitingFor' | 'pausedEndpoint'; readonly count: number; readonly name: string }
  | { readonly say: 'waitingForMany' | 'pausedMany'; readonly count: number; readonly endpoints: number }
  | { readonly say: 'all'; readonly count: number; readonly by: UtcMs };

export interface TruthFacts {
  readonly engineRuns: boolean;
  /** Whether some present condition is a person's turn here. */
  readonly somebodysTurn: boolean;
}

/**
 * The parts of the sentence, in order.
 * @param situation the snapshot
 */
export function truthOf(situation: Situation, { engineRuns, somebodysTurn }: TruthFacts): readonly Truth[] {
  const { endpoints, sources, waiting, needsAttention, pausedUntil, connectivity } = situation;
  if (!engineRuns) return [{ say: 'engine' }];
  if (endpoints.length === 0 && sources.length === 0) return [{ say: 'new' }];
  if (!endpoints.some((endpoint) => endpoint.switch === 'on' || endpoint.waiting > 0)) return [{ say: 'noEndpoint' }];
  if (pausedUntil !== null) return [{ say: 'paused', count: waiting, until: pausedUntil }];
  if (connectivity.state === 'offline') return [{ say: 'offline', count: waiting, since: connectivity.since }];
  if (connectivity.state !== 'online' && waiting > 0) return [{ say: 'held', count: waiting }];
  const open = [...whatWaits(situation), ...whatNeedsAttention(needsAttention), ...whatPaused(endpoints)];
  if (open.length > 0) {
    return situation.deliveredToday > 0 && open.every(({ say }) => say !== 'sending')
      ? [...open, { say: 'restDelivered' }]
      : open;
  }
  return [...allDelivered(situation), ...(somebodysTurn ? [] : [{ say: 'nothingToDo' } as const])];
}

/** Something keeps what waits for this endpoint from going out: its own trouble, its wish, or a delivery's trouble. */
export const isHeldUp = ({ switch: on, state, waiting, retrying, heldUntil, unreadable }: Endpoint): boolean =>
  on === 'on' && waiting > 0 && (state !== 'active' || retrying > 0 || heldUntil !== null || unreadable.length > 0);

function whatWaits({ endpoints, waiting }: Situation): readonly Truth[] {
  if (waiting === 0) return [];
  const held = endpoints.filter((endpoint) => endpoint.switch === 'on' && endpoint.waiting > 0);
  // What is only under way is no trouble: an endpoint without any waits for nothing.
  if (!held.some(isHeldUp)) return [{ say: 'sending', count: waiting }];
  const [first] = held;
  return held.length === 1 && first
    ? [{ say: 'waitingFor', count: first.waiting, name: first.name }]
    : [{ say: 'waitingForMany', count: waiting, endpoints: held.length }];
}

function whatNeedsAttention(count: number): readonly Truth[] {
  return count === 0 ? [] : [{ say: 'attention', count }];
}

function whatPaused(endpoints: readonly Endpoint[]): readonly Truth[] {
  const paused = endpoints.filter((endpoint) => endpoint.switch === 'paused' && endpoint.waiting > 0);
  const [first] = paused;
  if (!first) return [];
  const count = paused.reduce((sum, { waiting }) => sum + waiting, 0);
  return paused.length === 1
    ? [{ say: 'pausedEndpoint', count, name: first.name }]
    : [{ say: 'pausedMany', count, endpoints: paused.length }];
}

function allDelivered(situation: Situation): readonly Truth[] {
  const { eventsToday, deliveredToday, lastDeliveredAt, lastEventAt } = situation;
  if (lastEventAt === null) return [{ say: 'ready' }];
  // An event that no endpoint subscribes to was not delivered, so "all of them" would be too much.
  return eventsToday > 0 && deliveredToday >= eventsToday && lastDeliveredAt !== null
    ? [{ say: 'all', count: eventsToday, by: lastDeliveredAt }]
    : [{ say: 'everything' }];
}
