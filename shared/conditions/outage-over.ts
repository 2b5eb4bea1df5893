/** What is said when an outage is over: how many events waited, and what became of them. */
import type { Sentence, UtcMs } from '../domain.ts';
import type { Outage, Situation } from '../schemas.ts';
import { say, saySome } from './wording.ts';

/** So long what waited may take to go out before it is told how much has; in milliseconds. */
const tellWithinMs = 120_000;

/**
 * Counts what really went. What has only begun to go out is not told yet; nor is that something is over which nobody has
 * seen the end of, after a restart in the middle of it.
 * @param part whose words
 * @param since when it began, as it was told
 */
export function outageOver(
  part: 'connectivity' | 'local_network',
  kind: Outage['kind'],
  since: UtcMs | null,
  { outages, now }: Pick<Situation, 'outages' | 'now'>,
): Sentence | 'later' {
  const outage = outages.find((one) => one.kind === kind && (one.until ?? Number.POSITIVE_INFINITY) >= (since ?? 0));
  if (!outage) return say(part, 'over');
  const { until, events, left, asking, skipped } = outage;
  if (until === null) return 'later';
  if (events === 0) return say(part, 'over');
  if (left > 0 && left === asking) return saySome(part, 'over_asking', events, { left });
  if (left > 0) return now - until < tellWithinMs ? 'later' : saySome(part, 'over_left', events, { left });
  return skipped > 0 ? saySome(part, 'over_skipped', events, { skipped }) : saySome(part, 'over_all', events);
}
