/** Svix: a message to the application that its address names. https://api.svix.com/docs#tag/Message/operation/v1.message.create */
import { sentence } from '../sentences/sentence.ts';
import { engineKind, otherPath } from './engine-login.ts';
import { receiver } from './kind.ts';

export const svix = engineKind({
  name: 'svix',
  receivers: [receiver('Svix', ['svix.com'], { addressIsKey: false })],
  isTold: ({ pathname }) => /^\/api\/v1\/app\/[^/]+\/msg\/?$/.test(pathname),
  ownLint: otherPath(/\/app\/[^/]+\/msg\/?$/, sentence('problem.svix_address')),
  words: { name: 'endpoint_kind.svix' },
});
