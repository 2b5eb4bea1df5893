/** The contract of the product: four members, `data` byte for byte. Whoever receives it maps it for themselves. */
import { sentence } from '../sentences/sentence.ts';
import { type AddressLint, likeWebhook, receiver } from './kind.ts';

/** n8n's address of a workflow that is being tried out: it listens for two minutes after a click, then answers 404. */
const testAddress: AddressLint = {
  name: 'test_address',
  isFound: ({ pathname }) => /\/webhook-test\//i.test(pathname),
  asks: sentence('problem.test_address'),
};

/** Receivers of many kinds of messages; what has a kind of its own stands there. */
const receivers = [
  receiver('n8n', ['n8n.cloud']),
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
  lints: [testAddress],
  words: { name: 'endpoint_kind.webhook' },
});
