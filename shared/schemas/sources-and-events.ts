/** Sources, what they were refused, and events. */
import { z } from 'zod';
import { deliveryRow } from './deliveries.ts';
import { at, count, endpointId, entity, eventId, eventSummary, eventType, sentence, sourceId } from './values.ts';

/** What a source of any kind says of itself. */
export const sourceHealth = z.object({
  /** When something came from it last, a test included. */
  lastSeenAt: at.nullable(),
  /** The last thing that went wrong with it; it may be over. */
  lastTrouble: z.object({ at, says: sentence }).nullable(),
  /** When one that is looked at is looked at next; null for one that comes by itself. */
  nextLookAt: at.nullable(),
});
export type SourceHealth = z.output<typeof sourceHealth>;

export const source = z.object({
  id: sourceId,
  name: z.string(),
  /** Of `shared/source-kinds/`; another version's may be one that this one does not know. */
  kind: z.string(),
  /** What was chosen for it, without its secrets. */
  config: z.record(z.string(), z.unknown()),
  health: sourceHealth,
  propertyId: z.string().nullable(),
  createdAt: at,
  revokedAt: at.nullable(),
  lastEventAt: at.nullable(),
  /** When it last sent a test (`X-RoostSync-Test`), which is stored nowhere. */
  lastTestAt: at.nullable(),
  /** How many of its events about a booking had no id to be kept in order by. */
  unordered: count,
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
  /** A number, for a person to type. */
  id: z.number().int(),
  /** When it came last, where the same came several times. */
  at,
  sourceId: sourceId.nullable(),
  status: z.number().int(),
  member: z.string().nullable(),
  says: sentence,
  times: count,
  /** When its events were taken in after all. */
  takenAt: at.nullable(),
  hasBody: z.boolean(),
});

/** All that is kept of a refused request, without its secrets and with card numbers masked. */
export const wholeRefusal = refusal.extend({
  sizeBytes: count,
  request: z
    .object({
      method: z.string(),
      path: z.string(),
      /** The machine that it came from. */
      address: z.string(),
      headers: z.record(z.string(), z.string()),
      lines: z.boolean(),
    })
    .nullable(),
  /** The first 65,536 characters; null where there was none. */
  body: z.string().nullable(),
});

export type WholeRefusal = z.output<typeof wholeRefusal>;

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
  deliveries: z.object({
    total: count,
    delivered: count,
    waiting: count,
    needsAttention: count,
    /** The test bench took it instead of its receiver. */
    toBench: count,
    /** Sending events from before was held up or stopped before its turn came. */
    heldBack: count,
  }),
});
export type EventRow = z.output<typeof eventRow>;

export const event = eventRow.extend({
  body: z.string(),
  /** The PMS's own id of the event; null where it gave none. */
  pmsId: z.string().nullable(),
  hints: z.array(sentence),
  /** Endpoints that want its type and whose rules kept it away: it is no delivery there, and can be sent by hand. */
  keptAway: z.array(z.object({ endpointId, name: z.string() })),
  deliveryRows: z.array(deliveryRow),
});
