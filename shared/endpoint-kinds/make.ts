/** Make's custom webhook: takes any JSON into a queue of its own, which a burst can fill. */
import { sentence } from '../sentences/sentence.ts';
import { type AddressLint, halfAddress, isUnder, likeWebhook, receiver } from './kind.ts';

const hosts = ['make.com', 'integromat.com', 'make.celonis.com'];

/** A page of the editor, say: hooks have a host of their own in each region. */
const noHook: AddressLint = {
  name: 'make_address',
  isFound: ({ hostname }) => isUnder(hostname, hosts) && !hostname.startsWith('hook.'),
  asks: sentence('problem.make_address'),
};

const half = halfAddress(
  'make_half',
  'Make',
  'https://hook.eu1.make.com/…',
  ({ hostname, pathname }) => isUnder(hostname, hosts) && hostname.startsWith('hook.') && pathname === '/',
);

export const make = likeWebhook({
  name: 'make',
  receivers: [receiver('Make.com', hosts)],
  usual: { limits: { inFlight: 5, perSecond: 10 } },
  hasOwnHosts: true,
  lints: [noHook, half],
  words: { name: 'endpoint_kind.make' },
});
