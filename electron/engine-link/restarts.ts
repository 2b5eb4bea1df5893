/** When an engine that crashed is started again: at once the first time, later and later where it goes on crashing. */

/** Waits before a crashed engine is started again; the last one repeats. */
export const restartDelaysMs = [250, 1000, 5000, 15_000, 60_000] as const;
/** An engine that ran this long before it crashed is started again without further waiting. */
const stableAfterMs = 60_000;

/** How many crashes in a row there are with this one. @param ranMs how long it had run, in milliseconds */
export const crashesAfter = (crashesBefore: number, ranMs: number): number =>
  ranMs >= stableAfterMs ? 1 : crashesBefore + 1;

/** @param crashes in a row, from 1 */
export const restartDelayMs = (crashes: number): number =>
  restartDelaysMs[Math.min(crashes, restartDelaysMs.length) - 1] ?? 0;
