/** Events from before, sent to an endpoint that has not had them. */
import { z } from 'zod';
import { at, count, eventId, eventType } from './values.ts';

/** Which of the events that are still kept; all that the endpoint wants and has not had unless said otherwise. */
export const pastFilter = z.strictObject({
  from: at.optional(),
  to: at.optional(),
  /** Of those that the endpoint wants. */
  eventTypes: z.array(eventType).optional(),
  /** These alone, whatever their types. */
  eventIds: z.array(eventId).min(1).max(500).optional(),
  /** Only what the test bench took. */
  bench: z.boolean().default(false),
  /** Also what it has had already, what it refused, and what a person skipped. */
  again: z.boolean().default(false),
  /** Also where something newer of the same booking, order, item or payment is there already. */
  overtaken: z.boolean().default(false),
});
export type PastFilter = z.output<typeof pastFilter>;

export const pastCount = z.object({
  total: count,
  byType: z.array(z.object({ event: eventType, count })),
  oldestAt: at.nullable(),
  newestAt: at.nullable(),
  /** What is left out, each for the first reason that fits. */
  left: z.object({
    /** The endpoint has had it. */
    delivered: count,
    /** It waits already. */
    waiting: count,
    needsAttention: count,
    /** Cancelled by a person. */
    skipped: count,
    /** Something newer of the same booking, order, item or payment is there already. */
    overtaken: count,
    /** A person keeps it from this endpoint; it is sent where it is picked. */
    keptFrom: count,
    /** The endpoint's rules keep it away. */
    rules: count,
    /** Its data went: it was forgotten, or is too old. */
    gone: count,
  }),
});
export type PastCount = z.output<typeof pastCount>;
