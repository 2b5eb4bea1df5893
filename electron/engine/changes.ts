/** "These changed": coalesced to at most four pushes a second, so that a busy engine does not drown the window. */
import type { changeTopics, Push } from '../../shared/api.ts';
import type { Clock } from './ports.ts';

export type ChangeTopic = (typeof changeTopics)[number];

export interface Changes {
  /** Tells that what this topic covers may have changed. Cheap: call it as often as it happens. */
  touch(topic: ChangeTopic): void;
  stop(): void;
}

const betweenPushesMs = 250;

export function createChanges(clock: Clock, push: (push: Push) => void): Changes {
  let touched = new Set<ChangeTopic>();
  let cancel: (() => void) | null = null;
  let lastPushMs = Number.NEGATIVE_INFINITY;
  return {
    touch(topic) {
      touched.add(topic);
      if (cancel) return;
      cancel = clock.after(Math.max(0, lastPushMs + betweenPushesMs - clock.monotonicMs()), () => {
        cancel = null;
        lastPushMs = clock.monotonicMs();
        const topics = [...touched];
        touched = new Set();
        push({ name: 'changed', payload: { topics } });
      });
    },
    stop() {
      cancel?.();
      cancel = null;
    },
  };
}
