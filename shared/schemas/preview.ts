/** What an endpoint would send of an event, before it is set up so. */
import { z } from 'zod';
import { endpointKindNames } from '../endpoint-kinds/index.ts';
import { givenRules } from '../endpoint-kinds/rules.ts';
import { kindConfig } from './endpoints.ts';
import { at, count, endpointId, eventId, eventType, sentence } from './values.ts';

export const previewRequest = {
  /** An endpoint that there is: what is absent below is as it has it. */
  id: endpointId.optional(),
  /** Tells kind and limit where neither an endpoint nor a kind is given. */
  url: z.string().max(2000).optional(),
  kind: z.enum(endpointKindNames).optional(),
  /** Of the kind; secrets that are absent are passed over. */
  config: kindConfig.optional(),
  rules: givenRules.nullable().optional(),
  /** Types that it would get: the rules are tried on these. */
  events: z.array(eventType).optional(),
  /** A stored event. Without it and `event` the newest that there is, and a sample where there is none. */
  eventId: eventId.optional(),
  /** The sample of this type. */
  event: eventType.optional(),
  /** The last stored event of this type, among the last 5,000 of any; its sample where there is none. */
  lastOf: eventType.optional(),
};

export const preview = z.object({
  /** The event that it is made of; `id` and `at` are null for a sample. */
  of: z.object({ event: eventType, id: eventId.nullable(), at: at.nullable() }),
  kind: z.enum(endpointKindNames),
  /** Null where none can be made: see `problem`. */
  body: z.string().nullable(),
  /** Of a mail; null of anything else, and where none can be made. */
  subject: z.string().nullable(),
  contentType: z.string().nullable(),
  sizeBytes: count.nullable(),
  /** The largest that its receiver takes; null where it names no limit. */
  limitBytes: count.nullable(),
  /** Names of all headers that go with it, but those that the connection adds. */
  headers: z.array(z.string()),
  /** Where the template is wrong, or does not fit the event, and which member of the config it is. */
  problem: z.object({ member: z.string(), line: count, column: count, says: sentence }).nullable(),
  /** Why its service would certainly refuse what is made; null where nothing is known against it. */
  refused: sentence.nullable(),
  /** Of the last 1,000 events those of its types, and how many pass the rules; null where there are no rules. */
  passing: z.object({ looked: count, passed: count }).nullable(),
});
export type Preview = z.output<typeof preview>;

/** A member that events have, by the path of a rule: `data.guest.name`. */
export const eventMember = z.object({
  path: z.string(),
  /** Its value in the newest event that has it, cut where it is long. */
  example: z.string(),
});
