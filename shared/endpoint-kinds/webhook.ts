/** The contract of the product: four members, `data` byte for byte. Whoever receives it maps it for themselves. */
import { likeWebhook, receiver } from './kind.ts';

/** Receivers of many kinds of messages; what has a kind of its own stands there. */
const receivers = [
  receiver('Google Apps Script', ['script.google.com']),
  receiver('IFTTT', ['maker.ifttt.com']),
  receiver('Pipedream', ['pipedream.net']),
  receiver('Airtable', ['hooks.airtable.com']),
  receiver('Workato', ['workato.com']),
  receiver('Pabbly', ['connect.pabbly.com']),
  receiver('Webhook.site', ['webhook.site']),
  receiver('ngrok', ['ngrok.io', 'ngrok.app', 'ngrok-free.app', 'ngrok-free.dev'], { addressIsKey: false }),
];

export const webhook = likeWebhook({
  name: 'webhook',
  receivers,
  words: { name: 'endpoint_kind.webhook' },
});
