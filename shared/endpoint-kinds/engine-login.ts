/** What engines that hand events on have in common: a token of their own, and a pace that is theirs to find. */
import { z } from 'zod';
import type { Sentence } from '../domain.ts';
import { sentence } from '../sentences/sentence.ts';
import { ofForm } from '../text-form.ts';
import { type AddressLint, type EndpointKind, likeWebhook } from './kind.ts';

/** For `Authorization: Bearer`; absent where a header of the endpoint's says it. */
const token = ofForm(z.string().trim().min(1).max(4000), /^[\x21-\x7e]+$/, 'problem.token_characters').optional();

/** `Authorization`, `X-Api-Key`, and what engines of one's own call theirs. */
const saysWho = (header: string): boolean => /auth|key|token|secret/i.test(header);

export const lacksLogin: NonNullable<EndpointKind['lacks']> = (_address, config, headers) =>
  config.token !== undefined || headers.some(saysWho)
    ? null
    : { member: 'token', says: sentence('problem.no_engine_token') };

/** @param kind its name, how its address is told, and its words */
export const engineKind = (kind: Pick<EndpointKind, 'name' | 'words'> & Partial<EndpointKind>): EndpointKind =>
  likeWebhook({
    receivers: [],
    config: z.strictObject({ token }),
    secrets: ['token'],
    sendsEvents: false,
    unverified: 'endpoint_kind.engine.unverified',
    loginByHeader: true,
    lacks: lacksLogin,
    usual: { limits: { inFlight: 10, perSecond: 50 } },
    ...kind,
    words: { ...kind.words, asks: { token: 'endpoint_kind.engine.token', ...kind.words.asks } },
  });

/**
 * An address at which an engine takes no events: of its window, say, or with half of the path.
 * @param path how the path of the right one ends, whatever stands before it at a machine of one's own
 */
export const otherPath = (path: RegExp, asks: Sentence): AddressLint => ({
  name: 'engine_path',
  isFound: ({ pathname }) => !path.test(pathname),
  asks,
});
