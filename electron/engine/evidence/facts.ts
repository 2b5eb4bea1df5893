/** The facts about this PC and the way to the internet, as the contract shows them. */
import type { UtcMs } from '../../../shared/domain.ts';
import type { Fact, Situation } from '../../../shared/schemas.ts';

export interface Known {
  readonly connectivity: Situation['connectivity'];
  readonly clock: Situation['clock'];
  readonly disk: Situation['disk'];
  readonly diskSince: UtcMs;
}

const internet = { kind: 'internet' } as const;
const pc = { kind: 'pc' } as const;

export function presentFacts({ connectivity, clock, disk, diskSince }: Known): Fact[] {
  const facts: Fact[] = [];
  const { state, since } = connectivity;
  if (since !== null && state === 'offline') facts.push({ kind: 'no_answer', scope: internet, since });
  if (since !== null && state === 'captive_portal') {
    facts.push({ kind: 'sign_in_page', scope: internet, since, hosts: [] });
  }
  if (clock.wrong && clock.since !== null) {
    facts.push({ kind: 'clock_wrong', scope: pc, since: clock.since, skewMs: clock.skewMs, hosts: [] });
  }
  if (disk.state !== 'ok') {
    facts.push({ kind: 'disk', scope: pc, since: diskSince, state: disk.state, freeBytes: disk.freeBytes });
  }
  return facts;
}
