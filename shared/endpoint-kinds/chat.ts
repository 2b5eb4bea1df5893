/** What chat services have in common: a message for people in place of the event, and an operator's own template for it. */
import { z } from 'zod';
import { type EndpointKind, likeWebhook, longestTemplate } from './kind.ts';

/** Liquid that makes the service's JSON; null: the usual message, as this version has it. */
const template = z.string().min(1).max(longestTemplate).nullable().default(null);
export const chatConfig = z.strictObject({ template });

/** @param kind beside its name and hosts, what its config asks for beside the template, and its pace */
export const chatKind = (
  kind: Pick<EndpointKind, 'name' | 'receivers' | 'words' | 'usual'> & Partial<EndpointKind>,
): EndpointKind =>
  likeWebhook({
    config: chatConfig,
    sendsEvents: false,
    hasOwnHosts: true,
    unverified: 'endpoint_kind.chat.unverified',
    ...kind,
    words: { ...kind.words, asks: { template: 'endpoint_kind.chat.template', ...kind.words.asks } },
  });

/** One after another, so that messages stand in the order of the events. */
export const onePer = (perSecond: number) => ({ limits: { inFlight: 1, perSecond } });
