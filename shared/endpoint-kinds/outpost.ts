/** Outpost, which hands events on to each tenant's destinations. https://outpost.hookdeck.com/docs/publishing/publish */
import { engineKind } from './engine-login.ts';

export const outpost = engineKind({
  name: 'outpost',
  isTold: ({ pathname }) => /^\/api\/v1\/(?:[^/]+\/)?publish\/?$/.test(pathname),
  words: { name: 'endpoint_kind.outpost' },
});
