/** The test bench. */
import { z } from 'zod';
import { headerList } from './deliveries.ts';
import { at, endpointId } from './values.ts';

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
