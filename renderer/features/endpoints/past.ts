import type { CallInput } from '../../../shared/api.ts';
import type { EventType } from '../../../shared/events.ts';

/** Which events from before are asked for, as the page has it. */
export type PastFilter = NonNullable<CallInput<'endpoints.countPast'>['filter']> & { readonly eventTypes: EventType[] };
