/** A webhook of a space in Google Chat. https://developers.google.com/workspace/chat/quickstart/webhooks */
import { sentence } from '../sentences/sentence.ts';
import { chatKind, onePer } from './chat.ts';
import { type AddressLint, receiver } from './kind.ts';

const host = 'chat.googleapis.com';

/** A space's page, or half of an address. */
const noWebhook: AddressLint = {
  name: 'google_chat_address',
  isFound: ({ hostname, pathname, searchParams }) =>
    hostname === host
      ? !/^\/v1\/spaces\/[^/]+\/messages\/?$/.test(pathname) || !searchParams.get('key') || !searchParams.get('token')
      : hostname === 'chat.google.com' || (hostname === 'mail.google.com' && pathname.startsWith('/chat')),
  asks: sentence('problem.google_chat_address'),
};

export const googleChat = chatKind({
  name: 'google_chat',
  receivers: [receiver('Google Chat', [host], { limitBytes: 32_000 })],
  // https://developers.google.com/workspace/chat/limits
  usual: onePer(1),
  lints: [noWebhook],
  words: { name: 'endpoint_kind.google_chat' },
});
