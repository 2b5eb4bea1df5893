/** How an outage is told, in the same words on Today, in `status`, the doctor and the list of outages. */
import type { Sentence, UtcMs } from './domain.ts';
import type { Outage } from './schemas.ts';
import { sentence } from './sentences/sentence.ts';

/** One that lasted less is told by how long it was: "17:49 to 17:49" tells nothing. */
const shortMs = 120_000;

/** What was out, from when to when, and what became of the events that waited; of one that lasts, what waits now. */
export function outageSaid(outage: Outage): readonly Sentence[] {
  const { kind, name, hosts, since, until, events } = outage;
  if (until !== null) return [whatSaid(outage, until), ...waitedSaid(outage)];
  const what = sentence(`outage.${kind}.lasts`, { sinceAt: since, name: name ?? '', hosts: hosts.join(', ') });
  return [what, events === 0 ? sentence('outage.none') : sentence('outage.waits', { count: events })];
}

/** Outages that ended since the property's day began, as a day's story tells them. */
export const overToday = ({
  outages,
  today,
}: {
  readonly outages: readonly Outage[];
  readonly today: { readonly since: UtcMs };
}): readonly Outage[] => outages.filter(({ until }) => until !== null && until >= today.since);

function whatSaid({ kind, name, hosts, since }: Outage, untilAt: UtcMs): Sentence {
  const lastedMs = untilAt - since;
  if (kind === 'clock' && lastedMs < 0) return sentence('outage.clock.set', { untilAt });
  const params = {
    sinceAt: since,
    untilAt,
    lastedMs: Math.max(1_000, lastedMs),
    name: name ?? '',
    hosts: hosts.join(', '),
  };
  return lastedMs < shortMs ? sentence(`outage.${kind}.short`, params) : sentence(`outage.${kind}`, params);
}

function waitedSaid({ kind, events, skipped, left, asking, outBy }: Outage): Sentence[] {
  if (events === 0) return [sentence('outage.none')];
  if (left > 0) {
    const need = asking > 0 ? [sentence('outage.asking', { count: asking })] : [];
    return [leftSaid(kind, left, events), ...need];
  }
  if (outBy === null) return skipped > 0 ? [sentence('outage.skipped', { count: events })] : [];
  if (skipped > 0 && events === 1) return [sentence('outage.skipped_for_some', { byAt: outBy })];
  if (skipped > 0) return [sentence('outage.some_skipped', { count: skipped, events, byAt: outBy })];
  return [sentence('outage.out', { count: events, byAt: outBy })];
}

/** Of an outage for many an event that is left may have reached some of them. */
function leftSaid(kind: Outage['kind'], left: number, events: number): Sentence {
  const isReceiver = kind === 'receiver';
  if (left >= events) return sentence(isReceiver ? 'outage.left_all' : 'outage.nowhere_yet', { count: left });
  return sentence(isReceiver ? 'outage.left' : 'outage.not_everywhere', { count: left, events });
}
