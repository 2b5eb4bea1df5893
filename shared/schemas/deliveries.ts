/** Deliveries and their attempts. */
import { z } from 'zod';
import { attemptKinds } from '../domain.ts';
import {
  actor,
  at,
  attemptId,
  count,
  deliveryId,
  deliveryState,
  endpointId,
  entity,
  eventId,
  eventSummary,
  eventType,
  goneFacts,
  outcomeClass,
  sentence,
} from './values.ts';

/** Why a waiting delivery waits, why a cancelled one was cancelled, or why one that was not refused needs a person. */
export const waitReasons = [
  'due',
  'digest',
  'retry',
  'throttled',
  'order',
  'endpoint_failing',
  'endpoint_paused',
  'all_paused',
  'offline',
  'silence',
  'local_network',
  'sign_in_page',
  'interception',
  'proxy',
  'clock',
  'endpoint_removed',
  'by_hand',
  'bench',
  'past_stopped',
  'too_old',
  'shape',
  'forgotten',
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
  /** The test bench took it: its receiver did not. It is `cancelled`, for the reason `bench`. */
  toBench: z.boolean(),
  nextAttemptAt: at.nullable(),
  /** A person asked for it again and it has not gone out: why it waits, `due` where nothing holds it. */
  resendWaits: z.enum(waitReasons).nullable(),
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
  /** A person asked for it, whatever its kind: a retry ahead of its time, a trial, a resend, a test send. */
  byHand: z.boolean(),
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
  /** It went to the test bench. */
  toBench: z.boolean(),
  /** The body that went out, of a kind that makes one for each attempt; null where it is the delivery's, or was too long. */
  sentBody: z.string().nullable(),
  /** Of such a kind: names the template that made it. */
  shape: z.string().nullable(),
});
export type Attempt = z.output<typeof attempt>;

export const delivery = deliveryRow.extend({
  /**
   * The exact text that is signed and sent; of a kind that makes one for each attempt, what went out last, and before
   * that the event as it is.
   */
  body: z.string(),
  /** The PMS's own id of the event; null where it gave none. */
  pmsId: z.string().nullable(),
  /** Masked as the endpoint's lists show it. */
  address: z.string(),
  ...goneFacts.shape,
  attemptsMade: z.array(attempt),
  /** Who said that it is not to be sent, and when; null where nobody did, or that was not kept then. */
  skipped: z.object({ by: actor, at }).nullable(),
  sentence: sentence.nullable(),
  hints: z.array(sentence),
});
export type Delivery = z.output<typeof delivery>;
