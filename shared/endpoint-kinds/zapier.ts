/** Zapier's "Catch Hook": takes any JSON, and answers 429 past 10,000 requests in five minutes for all hooks of an account. */
import { sentence } from '../sentences/sentence.ts';
import { type AddressLint, halfAddress, isUnder, likeWebhook, receiver } from './kind.ts';

/** A page of the editor, say. */
const noHook: AddressLint = {
  name: 'zapier_address',
  isFound: ({ hostname, pathname }) => isUnder(hostname, ['zapier.com']) && !pathname.startsWith('/hooks/'),
  asks: sentence('problem.zapier_address'),
};

/** Behind `catch` stand the account and the hook. */
const half = halfAddress(
  'zapier_half',
  'Zapier',
  'https://hooks.zapier.com/hooks/catch/123456/abcdef/',
  ({ hostname, pathname }) =>
    hostname === 'hooks.zapier.com' && pathname.startsWith('/hooks/') && pathname.split('/').filter(Boolean).length < 4,
);

// https://help.zapier.com/hc/en-us/articles/29972220283789
export const zapier = likeWebhook({
  name: 'zapier',
  receivers: [receiver('Zapier', ['hooks.zapier.com'])],
  usual: { limits: { inFlight: 5, perSecond: 10 } },
  hasOwnHosts: true,
  lints: [noHook, half],
  words: { name: 'endpoint_kind.zapier' },
});
