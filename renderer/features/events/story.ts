/** A story by the property's days, each with its events in the order in which they happened. */
import type { UtcMs } from '../../../shared/domain.ts';
import { dayOf } from '../../lib/days.ts';

export interface Day<Event> {
  /** `2026-11-23`, in the property's time zone. */
  readonly day: string;
  readonly events: readonly Event[];
}

/** @param events oldest first, as the engine tells them: their order is theirs, not their times'. */
export function byDay<Event extends { readonly at: UtcMs }>(events: readonly Event[], timeZone: string): Day<Event>[] {
  const days: { day: string; events: Event[] }[] = [];
  for (const event of events) {
    const day = dayOf(event.at, timeZone);
    const last = days.at(-1);
    if (last?.day === day) last.events.push(event);
    else days.push({ day, events: [event] });
  }
  return days;
}
