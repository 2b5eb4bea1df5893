/** Convoy: an event for all endpoints of an owner. https://www.getconvoy.io/docs/product-manual/events#fanout */
import { engineKind } from './engine-login.ts';
import { receiver } from './kind.ts';

export const convoy = engineKind({
  name: 'convoy',
  receivers: [receiver('Convoy', ['getconvoy.cloud', 'getconvoy.io'], { addressIsKey: false })],
  isTold: ({ pathname }) => /^\/api\/v1\/projects\/[^/]+\/events\/fanout\/?$/.test(pathname),
  words: { name: 'endpoint_kind.convoy' },
});
