/** Monday's page: what a week was, by the ledger. */
import { z } from 'zod';
import { outage } from './evidence.ts';
import { at, count, eventType } from './values.ts';

/** An exact decimal, as text. */
const decimal = z.string().regex(/^-?\d+(?:\.\d+)?$/);

export const weekReport = z.object({
  /** From the property's Monday to its Sunday; `to` is the first moment after it. */
  from: at,
  to: at,
  propertyName: z.string(),
  timeZone: z.string(),
  events: z.array(z.object({ event: eventType, count })),
  /** Different bookings that checked in, and out; the events of those without a booking's id one by one. */
  checkedIn: count,
  checkedOut: count,
  /** Sums of events of one type in one currency; an event without an amount is in none. */
  money: z.array(z.object({ event: eventType, currency: z.string(), events: count, amount: decimal })),
  /** Events with an amount that no number could be made of, as `1.234,50` or `abc`: they are in no sum. */
  unreadAmounts: count,
  /** Where those came from, the most first. */
  unread: z.array(
    z.object({
      /** What the source is called; null where it was handed in by the property's own. */
      source: z.string().nullable(),
      /** `total` */
      member: z.string(),
      /** One of them, where it looks like a number and is nobody's words. */
      example: z.string().nullable(),
      events: count,
    }),
  ),
  /** Deliveries of the week's events, by what became of each. Those of the test bench and skipped ones are not delivered. */
  deliveries: z.object({
    delivered: count,
    /** Of those: delivered by their first attempt. */
    firstTry: count,
    waiting: count,
    needsAttention: count,
    toBench: count,
    /** Skipped, cancelled or held back. */
    cancelled: count,
  }),
  /** Events that no endpoint wanted. */
  unwanted: count,
  /** The endpoint whose successful answers took longest, by the middle one; null where nothing was delivered. */
  slowest: z.object({ name: z.string(), p50Ms: z.number(), delivered: count }).nullable(),
  /** Outages that lay in the week, the latest first. */
  outages: z.array(outage),
});
export type WeekReport = z.output<typeof weekReport>;
