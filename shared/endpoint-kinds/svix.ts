/** Svix: a message to the application that its address names. https://api.svix.com/docs#tag/Message/operation/v1.message.create */
import { engineKind } from './engine-login.ts';
import { receiver } from './kind.ts';

export const svix = engineKind({
  name: 'svix',
  receivers: [receiver('Svix', ['svix.com'], { addressIsKey: false })],
  isTold: ({ pathname }) => /^\/api\/v1\/app\/[^/]+\/msg\/?$/.test(pathname),
  words: { name: 'endpoint_kind.svix' },
});
