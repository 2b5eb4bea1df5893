/** Sources, what they were refused, and events. */
import { z } from 'zod';
import { delimiterNames, fileFormats, textCharsets } from '../source-kinds/file-form.ts';
import { sourceShaping } from '../source-shaping.ts';
import { deliveryRow } from './deliveries.ts';
import {
  at,
  count,
  endpointId,
  entity,
  eventId,
  eventSummary,
  eventType,
  goneFacts,
  sentence,
  sourceId,
} from './values.ts';

/** Files of a source's folder: how many, the newest by name, and since when there are any. */
export const namedFiles = z.object({ count, names: z.array(z.string()), since: at });
export type NamedFiles = z.output<typeof namedFiles>;

/** What a text, or a file, was found or chosen to be. */
const seenForm = z.object({
  format: z.enum(fileFormats),
  /** Of CSV alone. */
  delimiter: z.enum(delimiterNames).nullable(),
  /** To what repeats in it; empty where that is the whole. */
  path: z.array(z.string()),
});

/** What a source that reads files knows of them. */
export const sourceFiles = z.object({
  /** The file that was read last, and what it was found to be; null before there is one. */
  last: seenForm.extend({ name: z.string(), at, charset: z.enum(textCharsets) }).nullable(),
  /** Could not be read, and lie in `rejected` until a person has mended or removed them; null where none does. */
  rejected: namedFiles.nullable(),
  /** Whether a drive or a share was mounted at the folder when those were seen: without it the folder is empty. */
  mounted: z.boolean(),
  /**
   * Cannot be opened or moved now, and are tried again: why, and what kind of thing is to be done; null where none is.
   * What keeps the store from being written is told elsewhere.
   */
  stuck: namedFiles.extend({ why: z.enum(['full', 'rights', 'other']), says: sentence }).nullable(),
});
export type SourceFiles = z.output<typeof sourceFiles>;

/** What a source of any kind says of itself. */
export const sourceHealth = z.object({
  /** When something came from it last, a test included. */
  lastSeenAt: at.nullable(),
  /** The last thing that went wrong with it; it may be over. */
  lastTrouble: z.object({ at, says: sentence }).nullable(),
  /** Since when its folder or database cannot be reached, and why; null while it can, or where there is none. */
  away: z.object({ since: at, says: sentence }).nullable(),
  /** When one that is looked at is looked at next; null for one that comes by itself. */
  nextLookAt: at.nullable(),
  /** Of one that reads files; null for others. */
  files: sourceFiles.nullable(),
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
  /** What makes events of its messages, as a person chose it; null members: the preset's own. */
  shaping: sourceShaping,
  /** It is being set up: what comes is kept, and taken once it is switched on. */
  draft: z.boolean(),
  /** How many of its messages are kept, because no event could be made of them, or it is a draft. */
  kept: count,
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
  lastRefusal: z.object({ at, file: z.string().nullable(), member: z.string().nullable(), says: sentence }).nullable(),
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
  /** What was refused, as it is called where it lies now; null where it was posted. */
  file: z.string().nullable(),
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

/** What is wrong with a message of a source, or why it was ignored. */
export const messageTrouble = z.object({
  says: sentence,
  /** Of our envelope, such as `data` or `[1].timestamp`. */
  member: z.string().nullable(),
  /** Where in the shape, counted from 1. */
  line: count.nullable(),
  column: count.nullable(),
});

export const messageStates = ['taken', 'ignored', 'kept', 'dropped'] as const;

export const sourceMessage = z.object({
  /** A number, for a person to type. */
  id: z.number().int(),
  sourceId,
  at,
  state: z.enum(messageStates),
  /** Where it stood: "bookings.csv row 14"; empty where it came alone. */
  origin: z.string(),
  /** As it came, masked; the beginning of it in a list. */
  raw: z.string(),
  isCut: z.boolean(),
  trouble: messageTrouble.nullable(),
  events: z.array(eventId),
  /** When a person settled it, of one that was kept. */
  settledAt: at.nullable(),
});
export type SourceMessageView = z.output<typeof sourceMessage>;

/** What becomes of a message by a shape. */
export const messagePreview = sourceMessage.extend({
  /** Null where nothing is tried: its text was too large to be kept. */
  outcome: z.enum(['events', 'ignored', 'kept']).nullable(),
  /** As receivers would get them, each as JSON. */
  made: z.array(
    z.object({
      event: eventType,
      id: z.string().nullable(),
      body: z.string(),
      /** What is lost on it: no order can be kept, an amount is in no sum. */
      hints: z.array(sentence),
    }),
  ),
  why: messageTrouble.nullable(),
});
export type MessagePreview = z.output<typeof messagePreview>;

/** A row that was read, and what it becomes; `outcome` is null where there is no source yet that would tell. */
const readRow = messagePreview.pick({ origin: true, raw: true, outcome: true, made: true, why: true });

/** Whether a folder or a database can be read. */
export const sourceTrial = z.object({
  ok: z.boolean(),
  says: z.array(sentence),
  columns: z.array(z.string()),
  rows: z.array(readRow),
});
export type SourceTrial = z.output<typeof sourceTrial>;

/** That the same rows were taken in already, and what became of them. */
export const handedInBefore = z.object({ name: z.string(), at, taken: count, kept: count });
export type HandedInBefore = z.output<typeof handedInBefore>;

/** What was handed in by hand, and what became of it, or would where it was only looked at. */
export const pastedMessages = z.object({
  found: count,
  form: seenForm,
  /** The first of them. */
  rows: z.array(readRow),
  isTaken: z.boolean(),
  /** The same rows came before. */
  before: handedInBefore.nullable(),
  taken: count,
  duplicates: count,
  ignored: count,
  kept: count,
});
export type PastedMessages = z.output<typeof pastedMessages>;

/** What became of kept messages, or would. */
export const takenMessages = z.object({
  taken: count,
  duplicates: count,
  ignored: count,
  kept: count,
  events: count,
  /** The first of those that stay. */
  troubles: z.array(messageTrouble.extend({ reference: z.number().int(), origin: z.string() })),
});
export type TakenMessages = z.output<typeof takenMessages>;

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
  ...goneFacts.shape,
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
  keptAway: z.array(z.object({ endpointId, name: z.string(), byHand: z.boolean() })),
  deliveryRows: z.array(deliveryRow),
});
