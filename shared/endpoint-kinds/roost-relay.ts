/** Another Roost Relay, at head office: its listener for other machines, and the token of a source there. */
import { sentence } from '../sentences/sentence.ts';
import { engineKind, lacksLogin, otherPath } from './engine-login.ts';

const ports: readonly string[] = ['4780', '4781', '4782'];

/** It says which source sends, as a token does elsewhere. */
const isSecretPath = ({ pathname }: URL): boolean => /^\/v1\/in\/[^/]+\/?$/.test(pathname);

export const roostRelay = engineKind({
  name: 'roost_relay',
  // The usual ports: of its own PC, and of its listener for other machines.
  isTold: (address) =>
    isSecretPath(address) || (ports.includes(address.port) && /^\/v1\/events\/?$/.test(address.pathname)),
  lacks: (address, config, headers) => (isSecretPath(address) ? null : lacksLogin(address, config, headers)),
  // No source may say `relay.*`, another Roost Relay neither: what a relay says of itself is its own.
  takesNotices: false,
  // A source's secret path takes events as well, and says who sends.
  ownLint: otherPath(/\/v1\/(?:events\/?$|in\/.)/, sentence('problem.roost_relay_address')),
  words: { name: 'endpoint_kind.roost_relay', asks: { token: 'endpoint_kind.roost_relay.token' } },
});
