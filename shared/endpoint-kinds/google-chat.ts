/** A webhook of a space in Google Chat. https://developers.google.com/workspace/chat/quickstart/webhooks */
import { chatKind, onePer } from './chat.ts';
import { receiver } from './kind.ts';

export const googleChat = chatKind({
  name: 'google_chat',
  receivers: [receiver('Google Chat', ['chat.googleapis.com'], { limitBytes: 32_000 })],
  // https://developers.google.com/workspace/chat/limits
  usual: onePer(1),
  words: { name: 'endpoint_kind.google_chat' },
});
