/**
 * The shapes that travel between the engine and whoever operates it (window, tray, command line), as zod
 * schemas. shared/api.ts puts them together into calls and pushes.
 */
import { z } from 'zod';
import {
  type AttemptId,
  attemptKinds,
  type DeliveryId,
  deliveryStates,
  type EndpointId,
  type EventId,
  endpointHealths,
  endpointStates,
  endpointSwitches,
  idPrefixes,
  outcomeClasses,
  type SourceId,
  surfaces,
  type UtcMs,
} from './domain.ts';
import { eventTypes } from './events.ts';

const ulid = '[0-9A-HJKMNP-TV-Z]{26}';
const idOf = <Id extends string>(prefix: string) =>
  z
    .string()
    .regex(new RegExp(`^${prefix}${ulid}$`), `an id that begins with ${prefix}`)
    .transform((text) => text as Id);

export const eventId = idOf<EventId>(idPrefixes.event);
export const endpointId = idOf<EndpointId>(idPrefixes.endpoint);
export const deliveryId = idOf<DeliveryId>(idPrefixes.delivery);
export const attemptId = idOf<AttemptId>(idPrefixes.attempt);
export const sourceId = idOf<SourceId>(idPrefixes.source);
export const jobId = idOf<string>(idPrefixes.job);

/** UTC milliseconds. */
export const at = z
  .number()
  .int()
  .transform((value) => value as UtcMs);
const count = z.number().int().nonnegative();

export const eventType = z.enum(eventTypes);
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
  currency: z.string().optional(),
  quantity: z.number().optional(),
  nights: z.number().optional(),
});
export type EventSummary = z.output<typeof eventSummary>;

export const entity = z.object({ member: z.string(), id: z.string() });

// — Filters and pages ————————————————————————————————————————————————————————————————————————————————

/** First digit of the last answer's status; `none` where no answer has come. */
export const statusClasses = ['2xx', '3xx', '4xx', '5xx', 'none'] as const;

/** Which deliveries: members are joined by "and", the values of one member by "or". */
export const deliveryFilter = z.strictObject({
  from: at.optional(),
  to: at.optional(),
  endpointIds: z.array(endpointId).max(100).optional(),
  eventTypes: z.array(eventType).optional(),
  states: z.array(deliveryState).optional(),
  statusClasses: z.array(z.enum(statusClasses)).optional(),
  status: z.number().int().min(100).max(599).optional(),
  /** An entity's id, exactly: a booking, order, item or payment. */
  entity: z.string().max(200).optional(),
  /** Free text: event id, entity id, or part of a guest's name. */
  text: z.string().max(200).optional(),
});
export type DeliveryFilter = z.output<typeof deliveryFilter>;

export const eventFilter = z.strictObject({
  from: at.optional(),
  to: at.optional(),
  sourceIds: z.array(sourceId).max(100).optional(),
  eventTypes: z.array(eventType).optional(),
  entity: z.string().max(200).optional(),
  text: z.string().max(200).optional(),
});
export type EventFilter = z.output<typeof eventFilter>;

const cursor = z.string().max(200);
/** Newest first. `cursor` is a page's `next`; `limit` rows at the most. */
export const pageRequest = { cursor: cursor.optional(), limit: z.number().int().min(1).max(500).default(100) };
/**
 * `next` is null after the last row. `complete` is false where the time for one answer (50 ms) ended the
 * search before the page was full: ask on with `next`.
 */
export const pageOf = <Row extends z.ZodType>(row: Row) =>
  z.object({ rows: z.array(row), next: cursor.nullable(), newest: cursor.nullable(), complete: z.boolean() });

// — Deliveries and attempts ——————————————————————————————————————————————————————————————————————————

/** Why a waiting delivery waits, or why a cancelled one was cancelled. */
export const waitReasons = [
  'due',
  'retry',
  'throttled',
  'order',
  'endpoint_failing',
  'endpoint_paused',
  'all_paused',
  'offline',
  'endpoint_removed',
  'by_hand',
] as const;

export const deliveryRow = z.object({
  id: deliveryId,
  at,
  eventId,
  event: eventType,
  summary: eventSummary,
  entity: entity.nullable(),
  endpointId,
  endpointName: z.string(),
  state: deliveryState,
  reason: z.enum(waitReasons).nullable(),
  nextAttemptAt: at.nullable(),
  lastAttemptAt: at.nullable(),
  /** Of the last answer; null where none has come. */
  status: z.number().int().nullable(),
  outcome: outcomeClass.nullable(),
  durationMs: z.number().nullable(),
  /** HTTP requests made so far, and how many failures of them count in the schedule. */
  attempts: count,
  failures: count,
});
export type DeliveryRow = z.output<typeof deliveryRow>;

export const headerList = z.array(z.tuple([z.string(), z.string()]));

export const timings = z.object({
  dnsMs: z.number().nullable(),
  connectMs: z.number().nullable(),
  tlsMs: z.number().nullable(),
  firstByteMs: z.number().nullable(),
  totalMs: z.number(),
});
export type Timings = z.output<typeof timings>;

export const attempt = z.object({
  id: attemptId,
  kind: z.enum(attemptKinds),
  /** `X-RoostSync-Attempt`. */
  ordinal: z.number().int(),
  counts: z.boolean(),
  startedAt: at,
  endedAt: at.nullable(),
  outcome: outcomeClass.nullable(),
  sentence: sentence.nullable(),
  /** For the IT helper: the error's own code and words, certificate names and the like. */
  detail: z.string().nullable(),
  status: z.number().int().nullable(),
  requestHeaders: headerList,
  responseHeaders: headerList.nullable(),
  /** First 64 KiB of the decoded answer; bytes that are no UTF-8 are replaced. */
  responseBody: z.string().nullable(),
  responseTruncated: z.boolean(),
  timings: timings.nullable(),
});
export type Attempt = z.output<typeof attempt>;

export const delivery = deliveryRow.extend({
  /** The exact text that is signed and sent. */
  body: z.string(),
  /** Masked as the endpoint's lists show it. */
  address: z.string(),
  attemptsMade: z.array(attempt),
  sentence: sentence.nullable(),
  hints: z.array(z.string()),
});
export type Delivery = z.output<typeof delivery>;

// — Endpoints ————————————————————————————————————————————————————————————————————————————————————————

export const customHeader = z.strictObject({
  name: z.string().min(1).max(100),
  value: z.string().max(4096),
});

export const endpointLimits = z.strictObject({
  inFlight: z.number().int().min(1).max(100),
  perSecond: z.number().min(0.1).max(1000),
});

/** What an operator gives of an endpoint. Absent members of an update stay as they are. */
export const endpointDraft = z.strictObject({
  url: z.string().min(1).max(2000),
  events: z.array(eventType).min(1),
  description: z.string().trim().max(200).default(''),
  headers: z.array(customHeader).max(20).default([]),
  /** Absent: one is generated. */
  secret: z.string().max(200).optional(),
  /** PEM of the one CA or certificate that this endpoint, and no other, is trusted by. */
  caPem: z.string().max(100_000).nullable().default(null),
  limits: endpointLimits.default({ inFlight: 5, perSecond: 10 }),
  ordered: z.boolean().default(true),
});
export type EndpointDraft = z.output<typeof endpointDraft>;

export const endpointChange = z.strictObject({
  url: z.string().min(1).max(2000).optional(),
  events: z.array(eventType).min(1).optional(),
  description: z.string().trim().max(200).optional(),
  /** All of them; `value: null` keeps the value that is stored under that name. */
  headers: z
    .array(z.strictObject({ name: z.string().min(1).max(100), value: z.string().max(4096).nullable() }))
    .max(20)
    .optional(),
  caPem: z.string().max(100_000).nullable().optional(),
  limits: endpointLimits.optional(),
  ordered: z.boolean().optional(),
});
export type EndpointChange = z.output<typeof endpointChange>;

export const lastAnswer = z.object({
  at,
  status: z.number().int().nullable(),
  outcome: outcomeClass,
  durationMs: z.number().nullable(),
  sentence,
});

export const endpoint = z.object({
  id: endpointId,
  /** The description, or the host where there is none: what lists, toasts and sentences call it. */
  name: z.string(),
  description: z.string(),
  host: z.string(),
  /** The address with its path masked: it can hold a secret. */
  address: z.string(),
  /** Loopback, a private range or `.local`: never held back because the internet is down. */
  local: z.boolean(),
  events: z.array(eventType),
  state: endpointState,
  switch: z.enum(endpointSwitches),
  health: z.enum(endpointHealths),
  /** Since when it has been failing, and the trial that is due next. */
  failingSince: at.nullable(),
  nextTrialAt: at.nullable(),
  pausedUntil: at.nullable(),
  pausedBy: z.string().nullable(),
  headers: z.array(z.object({ name: z.string(), masked: z.string() })),
  secretTail: z.string(),
  /** False where the secret cannot be decrypted: it has to be entered again. */
  secretReadable: z.boolean(),
  rotation: z.object({ startedAt: at, endsAt: at, nextTail: z.string(), testedAt: at.nullable() }).nullable(),
  ca: z.object({ subject: z.string(), fingerprint: z.string(), expiresAt: at }).nullable(),
  limits: endpointLimits,
  ordered: z.boolean(),
  /** Last test send that succeeded for the address as it is now. */
  testedAt: at.nullable(),
  waiting: count,
  needsAttention: count,
  oldestWaitingAt: at.nullable(),
  nextAttemptAt: at.nullable(),
  lastAnswer: lastAnswer.nullable(),
  /** Of the attempts of the last 24 hours, from 0 to 1; null where there were none. */
  successRate: z.number().nullable(),
  createdAt: at,
  removedAt: at.nullable(),
});
export type Endpoint = z.output<typeof endpoint>;

export const endpointStatistics = z.object({
  /** Of delivered attempts of the last 24 hours, in milliseconds; null where there were none. */
  p50Ms: z.number().nullable(),
  p95Ms: z.number().nullable(),
  delivered: count,
  failed: count,
  hours: z.array(z.object({ at, delivered: count, failed: count })),
});

// — Sources and events ———————————————————————————————————————————————————————————————————————————————

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
  lastRefusal: z.object({ at, member: z.string().nullable(), message: z.string() }).nullable(),
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
  message: z.string(),
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
  hints: z.array(z.string()),
  deliveryRows: z.array(deliveryRow),
});

// — The situation: one snapshot for first paint, tray and conditions ———————————————————————————————————

export const connectivityStates = ['online', 'offline', 'captive_portal', 'tls_interception', 'proxy'] as const;

export const situation = z.object({
  now: at,
  version: z.string(),
  propertyId: z.string().nullable(),
  timeZone: z.string(),
  currency: z.string(),
  /** Deliveries waiting or under way for endpoints that are not paused, and all that wait. */
  waiting: count,
  oldestWaitingAt: at.nullable(),
  needsAttention: count,
  eventsToday: count,
  deliveredToday: count,
  lastEventAt: at.nullable(),
  lastDeliveredAt: at.nullable(),
  pausedUntil: at.nullable(),
  connectivity: z.object({ state: z.enum(connectivityStates), since: at.nullable() }),
  clock: z.object({ skewMs: z.number(), wrong: z.boolean(), since: at.nullable() }),
  disk: z.object({ state: z.enum(['ok', 'low', 'full', 'read_only']), freeBytes: count }),
  /** `plain`: the data key's wrapping is not really encrypted; `locked`: secrets cannot be read now. */
  vault: z.object({ state: z.enum(['ok', 'plain', 'locked']), unreadable: count }),
  database: z.object({ state: z.enum(['ok', 'checking', 'damaged']), lastBackupAt: at.nullable() }),
  endpoints: z.array(endpoint),
  sources: z.array(source),
  /** Endpoints that came back within the last day: since when, until when and how many waited. */
  recoveries: z.array(z.object({ endpointId, name: z.string(), since: at, until: at, waited: count })),
  /** Deliveries of the last 24 hours, by hour. */
  hours: z.array(z.object({ at, delivered: count, failed: count })),
  intake: z.object({
    address: z.string(),
    lan: z.object({ address: z.string(), fingerprint: z.string().nullable() }).nullable(),
  }),
});
export type Situation = z.output<typeof situation>;

// — Jobs, tests, settings ——————————————————————————————————————————————————————————————————————————————

export const job = z.object({
  id: jobId,
  kind: z.enum(['resend', 'export', 'backup', 'restore']),
  state: z.enum(['running', 'paused', 'done', 'cancelled', 'failed']),
  total: count.nullable(),
  done: count,
  /** Of a resend: how many were delivered, and how many failed. */
  delivered: count,
  failed: count,
  startedAt: at,
  endedAt: at.nullable(),
  file: z.string().nullable(),
  sizeBytes: count.nullable(),
  problem: z.string().nullable(),
});
export type Job = z.output<typeof job>;

export const exportFormats = ['csv', 'jsonl'] as const;

/** What a test send brought: the attempt as the log keeps it, and the exact body. */
export const testResult = z.object({ ok: z.boolean(), attempt, body: z.string(), eventId });
export type TestResult = z.output<typeof testResult>;

/** What the engine obeys (kept in SQLite). The desktop's own preferences are `preferences`. */
export const settings = z.strictObject({
  propertyId: z.string().min(1).max(100).nullable(),
  propertyName: z.string().max(200),
  timeZone: z.string().min(1).max(100),
  currency: z.string().length(3),
  /** Delivered events older than this are removed at night; what waits never is. */
  retentionDays: z.number().int().min(1).max(3650),
  /** `system`, `none`, or an address such as `http://proxy.hotel.local:3128`. */
  proxy: z.string().max(500),
  intakePort: z.number().int().min(1).max(65535),
  /** The opt-in listener for a PMS on another machine of the property. */
  lan: z.strictObject({
    enabled: z.boolean(),
    host: z.string().max(100),
    port: z.number().int().min(1).max(65535),
    allow: z.array(z.string().max(100)).max(50),
    tls: z.boolean(),
  }),
});
export type Settings = z.output<typeof settings>;

/** The desktop's own (electron-store); in a browser, kept by the headless bridge. */
export const preferences = z.strictObject({
  language: z.enum(['system', 'en', 'fil']),
  theme: z.enum(['system', 'light', 'dark']),
  dense: z.boolean(),
  startAtLogin: z.boolean(),
  toasts: z.boolean(),
  quietHours: z.strictObject({ enabled: z.boolean(), from: z.string().max(5), to: z.string().max(5) }),
  updateFeed: z.string().max(500),
});
export type Preferences = z.output<typeof preferences>;

export const surfaceInfo = z.object({
  surface: z.enum(['desktop', 'browser']),
  platform: z.string(),
  version: z.string(),
  /** False where the system has switched the app's autostart off, or none is to be had. */
  loginItemWorks: z.boolean().nullable(),
  tray: z.boolean().nullable(),
});

export const auditEntry = z.object({
  at,
  account: z.string(),
  surface: z.enum(surfaces),
  act: z.string(),
  target: z.string().nullable(),
  detail: z.record(z.string(), z.unknown()),
});

// — Test bench ———————————————————————————————————————————————————————————————————————————————————————

/** How the built-in receiver answers. `slowly`: after 10 s; `not_at_all`: it takes the request and is silent. */
export const benchBehaviours = ['ok', 'error_500', 'throttle_429', 'slowly', 'not_at_all', 'gone_410'] as const;
export type BenchBehaviour = (typeof benchBehaviours)[number];

export const benchRequest = z.object({
  n: z.number().int(),
  at,
  endpointId: endpointId.nullable(),
  event: z.string().nullable(),
  eventId: z.string().nullable(),
  attempt: z.number().int().nullable(),
  headers: headerList,
  body: z.string(),
  /** `unknown`: no endpoint of that address, so there is no secret to verify with. */
  signature: z.enum(['valid', 'invalid', 'missing', 'unknown']),
  answered: z.number().int().nullable(),
});
export type BenchRequest = z.output<typeof benchRequest>;

export const bench = z.object({
  running: z.boolean(),
  address: z.string().nullable(),
  behaviour: z.enum(benchBehaviours),
  endpointIds: z.array(endpointId),
  requests: z.array(benchRequest),
});

export const doctorCheck = z.object({
  name: z.string(),
  state: z.enum(['ok', 'warning', 'problem']),
  message: z.string(),
  nextStep: z.string().nullable(),
});
