/** Tells the engine that a person is at this window, and asks whether it is locked once nobody has been for a while. */
import { useEffect } from 'react';
import { useClient } from '../../lib/queries.ts';

/** A key or a pointer is told at most so often, in milliseconds. */
const tellEveryMs = 15_000;
const lookEveryMs = 5_000;
const signs = ['pointerdown', 'pointermove', 'keydown', 'wheel'] as const;

/**
 * @param minutes after which this window locks; null: it does not
 * @param look asks the engine, which alone decides
 */
export function useIdle(minutes: number | null, look: () => void): void {
  const client = useClient();
  useEffect(() => {
    if (minutes === null) return;
    let activeAt = Date.now();
    let toldAt = 0;
    const active = () => {
      activeAt = Date.now();
      if (activeAt - toldAt < tellEveryMs) return;
      toldAt = activeAt;
      void client.call('lock.active', {});
    };
    const back = () => document.visibilityState === 'visible' && look();
    const timer = setInterval(() => Date.now() - activeAt >= minutes * 60_000 && look(), lookEveryMs);
    for (const sign of signs) window.addEventListener(sign, active, { capture: true, passive: true });
    document.addEventListener('visibilitychange', back);
    return () => {
      clearInterval(timer);
      for (const sign of signs) window.removeEventListener(sign, active, { capture: true });
      document.removeEventListener('visibilitychange', back);
    };
  }, [client, minutes, look]);
}
