/** Zapier's "Catch Hook": takes any JSON, and answers 429 past 10,000 requests in five minutes for all hooks of an account. */
import { likeWebhook, receiver } from './kind.ts';

// https://help.zapier.com/hc/en-us/articles/29972220283789
export const zapier = likeWebhook({
  name: 'zapier',
  receivers: [receiver('Zapier', ['hooks.zapier.com'])],
  usual: { limits: { inFlight: 5, perSecond: 10 } },
  words: { name: 'endpoint_kind.zapier' },
});
