/** Outpost, which hands events on to each tenant's destinations. https://outpost.hookdeck.com/docs/publishing/publish */
import { sentence } from '../sentences/sentence.ts';
import { engineKind, otherPath } from './engine-login.ts';
import { receiver } from './kind.ts';

export const outpost = engineKind({
  name: 'outpost',
  // As a service its version is a day: https://api.outpost.hookdeck.com/2025-07-01/publish
  receivers: [receiver('Outpost', ['api.outpost.hookdeck.com'], { addressIsKey: false })],
  isTold: ({ pathname }) => /^\/api\/v1\/(?:[^/]+\/)?publish\/?$/.test(pathname),
  ownLint: otherPath(/\/publish\/?$/, sentence('problem.outpost_address')),
  words: { name: 'endpoint_kind.outpost' },
});
