/** Whether somebody set this PC's clock: its own evidence of being wrong. */
import type { EngineTime } from '../engine-time.ts';

export interface ClockWatch {
  look(): void;
  /** By how much it was set while the app ran or was closed, in milliseconds. */
  jumpMs(): number;
}

/** @param onJump told by how much it was set */
export function createClockWatch(
  time: Pick<EngineTime, 'now' | 'toWall'>,
  whileClosedMs: number,
  onJump: (jumpMs: number) => void,
): ClockWatch {
  let ownJumpMs = whileClosedMs;
  let seen = offset();

  /** By how much engine time was moved against the wall clock, which is what a set clock shows by. */
  function offset(): number {
    time.now();
    return -time.toWall(0);
  }

  return {
    look() {
      const now = offset();
      const jumpMs = seen - now;
      seen = now;
      if (jumpMs === 0) return;
      ownJumpMs += jumpMs;
      onJump(jumpMs);
    },
    jumpMs: () => ownJumpMs,
  };
}
