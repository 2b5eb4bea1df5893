/** Another Roost Relay, at head office: its listener for other machines, and the token of a source there. */
import { sentence } from '../sentences/sentence.ts';
import { engineKind, otherPath } from './engine-login.ts';

export const roostRelay = engineKind({
  name: 'roost_relay',
  // The usual ports: of its own PC, and of its listener for other machines.
  isTold: ({ pathname, port }) => (port === '4781' || port === '4782') && /^\/v1\/events\/?$/.test(pathname),
  // No source may say `relay.*`, another Roost Relay neither: what a relay says of itself is its own.
  takesNotices: false,
  // A source's secret path takes events as well, and says who sends.
  ownLint: otherPath(/\/v1\/(?:events\/?$|in\/.)/, sentence('problem.roost_relay_address')),
  words: { name: 'endpoint_kind.roost_relay', asks: { token: 'endpoint_kind.roost_relay.token' } },
});
