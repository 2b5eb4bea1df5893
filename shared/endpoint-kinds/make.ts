/** Make's custom webhook: takes any JSON into a queue of its own, which a burst can fill. */
import { likeWebhook, receiver } from './kind.ts';

export const make = likeWebhook({
  name: 'make',
  receivers: [receiver('Make.com', ['make.com', 'integromat.com'])],
  usual: { limits: { inFlight: 5, perSecond: 10 } },
  words: { name: 'endpoint_kind.make' },
});
