/** Convoy: an event for all endpoints of an owner. https://www.getconvoy.io/docs/product-manual/events#fanout */
import { sentence } from '../sentences/sentence.ts';
import { engineKind, otherPath } from './engine-login.ts';
import { receiver } from './kind.ts';

export const convoy = engineKind({
  name: 'convoy',
  receivers: [receiver('Convoy', ['getconvoy.cloud', 'getconvoy.io'], { addressIsKey: false })],
  isTold: ({ pathname }) => /^\/api\/v1\/projects\/[^/]+\/events\/fanout\/?$/.test(pathname),
  ownLint: otherPath(/\/projects\/[^/]+\/events\/fanout\/?$/, sentence('problem.convoy_address')),
  words: { name: 'endpoint_kind.convoy' },
});
