/** The contract of the product: four members, `data` byte for byte. Whoever receives it maps it for themselves. */
import { sentence } from '../sentences/sentence.ts';
import { type AddressLint, likeWebhook, receiver } from './kind.ts';

/** Receivers of many kinds of messages; what has a kind of its own stands there. */
const receivers = [
  receiver('IFTTT', ['maker.ifttt.com']),
  receiver('Pipedream', ['pipedream.net']),
  receiver('Airtable', ['hooks.airtable.com']),
  receiver('Workato', ['workato.com']),
  receiver('Pabbly', ['connect.pabbly.com']),
  receiver('Webhook.site', ['webhook.site']),
  receiver('ngrok', ['ngrok.io', 'ngrok.app', 'ngrok-free.app', 'ngrok-free.dev'], { addressIsKey: false }),
];

/** Where a browser was sent on to from the address that was meant. */
const signIn: AddressLint = {
  name: 'sign_in_address',
  // Of a script of Google's more is known: `apps-script.ts`.
  isFound: ({ hostname, search }) =>
    ['accounts.google.com', 'login.microsoftonline.com', 'login.live.com', 'login.windows.net'].includes(hostname) &&
    !search.includes('script.google.com'),
  asks: sentence('problem.sign_in_address'),
};

export const webhook = likeWebhook({
  name: 'webhook',
  receivers,
  lints: [signIn],
  words: { name: 'endpoint_kind.webhook' },
});
