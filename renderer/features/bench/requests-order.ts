import type { PushPayload } from '../../../shared/api.ts';

type BenchRequest = PushPayload<'benchRequest'>;

/** So many requests are shown; the engine keeps no more either. */
export const shownRequests = 100;

/** Requests with one that has just arrived or has been answered, newest first. */
export function withRequest(requests: readonly BenchRequest[], arrived: BenchRequest): BenchRequest[] {
  return newestFirst([arrived, ...requests.filter(({ n }) => n !== arrived.n)]);
}

/** Newest first, and no more than can be looked at. */
export const newestFirst = (requests: readonly BenchRequest[]): BenchRequest[] =>
  [...requests].sort((a, b) => b.n - a.n).slice(0, shownRequests);
