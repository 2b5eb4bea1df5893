/**
 * A program that posts. The intake's listeners are open for all of them at once and know each by its token or secret
 * path, so that a start opens nothing; what they see and refuse of it they write down where its health is kept.
 */
import type { SourceBehaviour } from './source-kind.ts';

export const http: SourceBehaviour = {
  start: async ({ health }) => ({ health: () => health, stop: async () => {} }),
};
