/** Which deliveries and events are asked for, and the pages in which they are answered. */
import { z } from 'zod';
import { surfaces } from '../domain.ts';
import { at, deliveryId, deliveryState, endpointId, eventType, jobId, sourceId } from './values.ts';

/** First digit of the last answer's status; `none` where no answer has come. */
export const statusClasses = ['2xx', '3xx', '4xx', '5xx', 'none'] as const;

/** Which deliveries: members are joined by "and", the values of one member by "or". */
export const deliveryFilter = z.strictObject({
  from: at.optional(),
  to: at.optional(),
  endpointIds: z.array(endpointId).max(100).optional(),
  eventTypes: z.array(eventType).optional(),
  /** `cancelled` is what was cancelled as such: neither what the bench took nor what was held back, unless that is asked for; nor is what is too old `needs_attention`. */
  states: z.array(deliveryState).optional(),
  /** Only what the test bench took (`true`), or only the others. */
  toBench: z.boolean().optional(),
  /** Only what was held back when sending events from before was stopped (`true`), or only the others. */
  heldBack: z.boolean().optional(),
  /** Only what was held since it is too old (`true`), or only the others. */
  tooOld: z.boolean().optional(),
  statusClasses: z.array(z.enum(statusClasses)).optional(),
  status: z.number().int().min(100).max(599).optional(),
  /** An entity's id, exactly: a booking, order, item or payment. */
  entity: z.string().max(200).optional(),
  /** Just these, picked by hand. */
  ids: z.array(deliveryId).max(1000).optional(),
  /** What a resend of many could not deliver. */
  failedIn: jobId.optional(),
  /** Free text: event id, the PMS's own or an entity's, a room, or part of a guest's name. */
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

/** Which acts of people: members are joined by "and", the values of one member by "or". */
export const auditFilter = z.strictObject({
  from: at.optional(),
  to: at.optional(),
  /** Acts are named by their calls; `endpoints.*` is all of those. */
  acts: z.array(z.string().max(100)).max(200).optional(),
  surfaces: z.array(z.enum(surfaces)).optional(),
  /** A part of the account's name. */
  account: z.string().trim().max(200).optional(),
  /** A part of the id, of an endpoint's or source's name, or of what the act says of itself. */
  about: z.string().trim().max(200).optional(),
});
export type AuditFilter = z.output<typeof auditFilter>;

const cursor = z.string().max(200);
/** Newest first. `cursor` is a page's `next`; `limit` rows at the most. */
export const pageRequest = { cursor: cursor.optional(), limit: z.number().int().min(1).max(500).default(100) };
/**
 * A page that is asked again may be held to where it ended: rows after `downTo`, its `next` of then, are left out,
 * and `next` is `downTo` once all before it was given.
 */
export const stretchRequest = { ...pageRequest, downTo: cursor.optional() };
/**
 * `next` is null after the last row. `complete` is false where the time for one answer (50 ms) ended the
 * search before the page was full: ask on with `next`.
 */
export const pageOf = <Row extends z.ZodType>(row: Row) =>
  z.object({ rows: z.array(row), next: cursor.nullable(), newest: cursor.nullable(), complete: z.boolean() });
