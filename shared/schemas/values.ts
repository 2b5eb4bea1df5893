/** The small shapes that all others are made of: ids, times, states, sentences. */
import { z } from 'zod';
import {
  type AttemptId,
  type DeliveryId,
  deliveryStates,
  type EndpointId,
  type EventId,
  endpointStates,
  idPrefixes,
  outcomeClasses,
  type SourceId,
  surfaces,
  type UtcMs,
} from '../domain.ts';
import { allEventTypes } from '../events.ts';

const ulid = '[0-9A-HJKMNP-TV-Z]{26}';
const idOf = <Id extends string>(prefix: string) =>
  z
    .string()
    .regex(new RegExp(`^${prefix}${ulid}$`), `an id that begins with ${prefix}`)
    .transform((text) => text as Id);

/** Who did something, and where. */
export const actor = z.object({ account: z.string(), surface: z.enum(surfaces) });

export const eventId = idOf<EventId>(idPrefixes.event);
export const endpointId = idOf<EndpointId>(idPrefixes.endpoint);
export const deliveryId = idOf<DeliveryId>(idPrefixes.delivery);
export const attemptId = idOf<AttemptId>(idPrefixes.attempt);
export const sourceId = idOf<SourceId>(idPrefixes.source);
export const jobId = idOf<string>(idPrefixes.job);
export const sessionId = idOf<string>(idPrefixes.session);
export const scheduleId = idOf<string>(idPrefixes.schedule);

/** UTC milliseconds. */
export const at = z
  .number()
  .int()
  .transform((value) => value as UtcMs);

export const goneFacts = z.object({
  /** Its data went while its facts stayed: at a guest's wish, or since it was old. Nothing of it can be sent. */
  gone: z.enum(['forgotten', 'old']).nullable(),
  /** When it was forgotten, and who did so; null where that is not known. */
  goneAt: at.nullable(),
  goneBy: actor.nullable(),
});
export type GoneFacts = z.output<typeof goneFacts>;
/** How many. */
export const count = z.number().int().nonnegative();

export const eventType = z.enum(allEventTypes);
export const endpointState = z.enum(endpointStates);
export const deliveryState = z.enum(deliveryStates);
export const outcomeClass = z.enum(outcomeClasses);

export const sentence = z.object({
  key: z.string(),
  params: z.record(z.string(), z.union([z.string(), z.number()])),
});

/** What a row says of an event before any id: taken from `data` at intake, formatted by the reader's locale. */
export const eventSummary = z.object({
  guest: z.string().optional(),
  room: z.string().optional(),
  item: z.string().optional(),
  outlet: z.string().optional(),
  amount: z.number().optional(),
  /** The amount's own digits, where a number does not hold them. */
  amountDigits: z.string().optional(),
  currency: z.string().optional(),
  quantity: z.number().optional(),
  nights: z.number().optional(),
});
export type EventSummary = z.output<typeof eventSummary>;

export const entity = z.object({ member: z.string(), id: z.string() });
