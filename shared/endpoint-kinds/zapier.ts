/** Zapier's "Catch Hook": takes any JSON, and answers 429 past 10,000 requests in five minutes for all hooks of an account. */
import { sentence } from '../sentences/sentence.ts';
import { type AddressLint, isUnder, likeWebhook, receiver } from './kind.ts';

/** A page of the editor, say. */
const noHook: AddressLint = {
  name: 'zapier_address',
  isFound: ({ hostname, pathname }) => isUnder(hostname, ['zapier.com']) && !pathname.startsWith('/hooks/'),
  asks: sentence('problem.zapier_address'),
};

// https://help.zapier.com/hc/en-us/articles/29972220283789
export const zapier = likeWebhook({
  name: 'zapier',
  receivers: [receiver('Zapier', ['hooks.zapier.com'])],
  usual: { limits: { inFlight: 5, perSecond: 10 } },
  hasOwnHosts: true,
  lints: [noHook],
  words: { name: 'endpoint_kind.zapier' },
});
