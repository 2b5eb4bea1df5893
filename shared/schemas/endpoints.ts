/** Endpoints: what an operator gives, and what is shown of them. */
import { z } from 'zod';
import { endpointHealths, endpointSwitches } from '../domain.ts';
import { endpointKindNames } from '../endpoint-kinds/index.ts';
import { optionsChange, shownOptions } from '../endpoint-kinds/options.ts';
import { endpointAttention, endpointTrouble } from './evidence.ts';
import { at, count, deliveryId, endpointId, endpointState, eventType, outcomeClass, sentence } from './values.ts';

export const customHeader = z.strictObject({
  name: z.string().min(1).max(100),
  value: z.string().max(4096),
});

/** What is chosen for an endpoint's kind alone, secrets among it: as its kind's `config` says (`shared/endpoint-kinds/`). */
export const kindConfig = z.record(z.string().max(100), z.unknown());

/** What an operator gives of an endpoint. Absent members of an update stay as they are. */
export const endpointDraft = z.strictObject({
  url: z.string().min(1).max(2000),
  /** Absent: what the address's host tells (`kindOf`), the webhook where it tells none. */
  kind: z.enum(endpointKindNames).optional(),
  config: kindConfig.optional(),
  events: z.array(eventType).min(1),
  description: z.string().trim().max(200).default(''),
  headers: z.array(customHeader).max(20).default([]),
  /** Absent: one is generated. */
  secret: z.string().max(200).optional(),
  /** Those absent are as its kind has them (`usualOptionsOf`). */
  ...optionsChange.shape,
});
export type EndpointDraft = z.output<typeof endpointDraft>;

export const endpointChange = z.strictObject({
  url: z.string().min(1).max(2000).optional(),
  /** What was chosen for the former kind alone is gone with it. */
  kind: z.enum(endpointKindNames).optional(),
  /** Absent members stay as they are, secret ones too; null puts one back to its default. */
  config: kindConfig.optional(),
  events: z.array(eventType).min(1).optional(),
  description: z.string().trim().max(200).optional(),
  /** All of them; `value: null` keeps the value that is stored under that name. */
  headers: z
    .array(z.strictObject({ name: z.string().min(1).max(100), value: z.string().max(4096).nullable() }))
    .max(20)
    .optional(),
  ...optionsChange.shape,
});
export type EndpointChange = z.output<typeof endpointChange>;

/** What of an endpoint is kept encrypted. */
export const sealedParts = ['address', 'secret', 'headers', 'config'] as const;
export type SealedPart = (typeof sealedParts)[number];

/** What was sealed under a key that is lost, entered again: at least what the endpoint calls `unreadable`. */
export const enteredAgain = z.strictObject({
  url: z.string().min(1).max(2000).optional(),
  secret: z.string().max(200).optional(),
  headers: z.array(customHeader).max(20).optional(),
  /** The secrets of its kind, among whatever else of its config is to be changed. */
  config: kindConfig.optional(),
});

export const lastAnswer = z.object({
  at,
  status: z.number().int().nullable(),
  outcome: outcomeClass,
  durationMs: z.number().nullable(),
  sentence,
});

export const endpoint = z.object({
  id: endpointId,
  kind: z.enum(endpointKindNames),
  /** What is chosen for its kind alone, without what is secret of it. */
  config: kindConfig,
  /** Of its config what is secret, masked. */
  kindSecrets: z.array(z.object({ name: z.string(), masked: z.string() })),
  /** The kind that its address's host tells, where it is another one whose receiver takes other bodies; else null. */
  suggestedKind: z.enum(endpointKindNames).nullable(),
  /** The description, or the host where there is none: what lists, toasts and sentences call it. */
  name: z.string(),
  description: z.string(),
  host: z.string(),
  /** The address with its path masked: it can hold a secret. */
  address: z.string(),
  /** Loopback, a private range or `.local`: never held back because the internet is down. */
  local: z.boolean(),
  /**
   * It is a program on this very PC, over plain HTTP: `allowed`, or `off` while the settings do not allow it and it is
   * stopped; null where it is reached encrypted.
   */
  plain: z.enum(['allowed', 'off']).nullable(),
  events: z.array(eventType),
  state: endpointState,
  switch: z.enum(endpointSwitches),
  health: z.enum(endpointHealths),
  /** Since when it has been in the trouble that made it failing (its first failure), and the trial that is due next. */
  failingSince: at.nullable(),
  nextTrialAt: at.nullable(),
  pausedUntil: at.nullable(),
  pausedBy: z.string().nullable(),
  headers: z.array(z.object({ name: z.string(), masked: z.string() })),
  secretTail: z.string(),
  /** What of it cannot be decrypted and has to be entered again; nothing is sent while there is any. */
  unreadable: z.array(z.enum(sealedParts)),
  rotation: z.object({ startedAt: at, endsAt: at, nextTail: z.string(), testedAt: at.nullable() }).nullable(),
  ca: z.object({ subject: z.string(), fingerprint: z.string(), expiresAt: at }).nullable(),
  ...shownOptions.shape,
  /** What of its kind and options another version stored in another shape: it is at its default. */
  atDefault: z.array(z.string()),
  /** Last test send that succeeded for the address as it is now. */
  testedAt: at.nullable(),
  /** It points at the test bench, since when and until when; null where it sends to its own address. */
  toBench: z.object({ since: at, until: at }).nullable(),
  /** Its time at the test bench was cut short by the app's end: when, and until when it was to last; null otherwise. */
  benchCutOff: z.object({ at, until: at }).nullable(),
  /** Deliveries that the test bench took and its receiver never got. */
  swallowed: count,
  waiting: count,
  /** Of those that wait: how many did not get through before and are tried again. */
  retrying: count,
  /** What was last said of the one of those whose turn is next, in our sentence and in the receiver's words. */
  retried: z.object({ sentence: sentence.nullable(), said: z.string().nullable() }).nullable(),
  /** Without those that are only too old. */
  needsAttention: count,
  /** What is older than it wants and waits for a person's word, and when the oldest of it came; null where there is none. */
  tooOld: z.object({ count, oldestAt: at }).nullable(),
  oldestWaitingAt: at.nullable(),
  nextAttemptAt: at.nullable(),
  /** The receiver asked to be left alone until then; null where it did not, or that is over. */
  heldUntil: at.nullable(),
  lastAnswer: lastAnswer.nullable(),
  /** What is wrong with it now; null where its last request got through, or none was made. */
  trouble: endpointTrouble.nullable(),
  /** Null where none of its deliveries needs a person. */
  attention: endpointAttention.nullable(),
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

/** An endpoint after a try by hand: what came of it in `says`, or why there was none. */
export const triedEndpoint = endpoint.extend({
  tried: z.object({ deliveryId, outcome: outcomeClass }).nullable(),
  says: sentence,
});
