/** Sources, what they were refused, and events. */
import { z } from 'zod';
import { deliveryRow } from './deliveries.ts';
import { at, count, entity, eventId, eventSummary, eventType, sentence, sourceId } from './values.ts';

export const source = z.object({
  id: sourceId,
  name: z.string(),
  propertyId: z.string().nullable(),
  createdAt: at,
  revokedAt: at.nullable(),
  lastEventAt: at.nullable(),
  eventsToday: count,
  /** Events that usually have come by this time of day, where enough days are known. */
  usualByNow: z.number().nullable(),
  /** Since when it is quieter than usual; null where it is not. */
  quietSince: at.nullable(),
  lastRefusal: z.object({ at, member: z.string().nullable(), says: sentence }).nullable(),
});
export type Source = z.output<typeof source>;

/** Shown once: only hashes are kept. */
export const sourceAccess = z.object({
  id: sourceId,
  name: z.string(),
  token: z.string(),
  /** `http://127.0.0.1:4780/v1/events`, for `Authorization: Bearer <token>`. */
  url: z.string(),
  /** The secret path, for a PMS that cannot set headers. */
  secretUrl: z.string(),
});

export const refusal = z.object({
  at,
  sourceId: sourceId.nullable(),
  status: z.number().int(),
  member: z.string().nullable(),
  says: sentence,
});

export const eventRow = z.object({
  id: eventId,
  at,
  event: eventType,
  timestamp: z.string(),
  propertyId: z.string(),
  summary: eventSummary,
  entity: entity.nullable(),
  sourceId: sourceId.nullable(),
  sourceName: z.string().nullable(),
  masked: count,
  deliveries: z.object({ total: count, delivered: count, waiting: count, needsAttention: count }),
});
export type EventRow = z.output<typeof eventRow>;

export const event = eventRow.extend({
  body: z.string(),
  hints: z.array(sentence),
  deliveryRows: z.array(deliveryRow),
});
