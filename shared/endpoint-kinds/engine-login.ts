/** What engines that hand events on have in common: a token of their own, and a pace that is theirs to find. */
import { z } from 'zod';
import { type EndpointKind, likeWebhook } from './kind.ts';

/** For `Authorization: Bearer`; absent where a header of the endpoint's says it. */
const token = z
  .string()
  .trim()
  .min(1)
  .max(4000)
  .regex(/^[\x21-\x7e]+$/, 'expected a token without spaces')
  .optional();

/** @param kind its name, how its address is told, and its words */
export const engineKind = (kind: Pick<EndpointKind, 'name' | 'words'> & Partial<EndpointKind>): EndpointKind =>
  likeWebhook({
    receivers: [],
    config: z.strictObject({ token }),
    secrets: ['token'],
    sendsEvents: false,
    unverified: 'endpoint_kind.engine.unverified',
    usual: { limits: { inFlight: 10, perSecond: 50 } },
    ...kind,
    words: { ...kind.words, asks: { token: 'endpoint_kind.engine.token', ...kind.words.asks } },
  });
