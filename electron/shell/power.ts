/** Sleep: nothing is claimed once it begins; after it, work goes on when the network has had time to return. */

import type { Endpoint, Situation } from '../../shared/schemas.ts';

export interface PowerParts {
  /** What is used of Electron's `powerMonitor`. */
  readonly monitor: { on(event: 'suspend' | 'resume', listener: () => void): unknown };
  readonly isOnline: () => boolean;
  readonly suspend: () => void;
  readonly resume: () => void;
  readonly after: (delayMs: number, run: () => void) => () => void;
}

/** How often the network is looked for after waking, and after how many looks work goes on regardless. */
const lookEveryMs = 1000;
const looks = 20;

/** Work goes on even where the network stays away: the local network's endpoints need no internet. */
export function watchSleep({ monitor, isOnline, suspend, resume, after }: PowerParts): void {
  let cancelLook = () => {};
  const look = (left: number) => {
    if (isOnline() || left === 0) resume();
    else cancelLook = after(lookEveryMs, () => look(left - 1));
  };
  monitor.on('suspend', () => {
    cancelLook();
    suspend();
  });
  monitor.on('resume', () => {
    cancelLook();
    look(looks);
  });
}

/** What is used of Electron's `powerSaveBlocker`. */
export interface SleepBlocker {
  start(type: 'prevent-app-suspension'): number;
  stop(id: number): unknown;
}

/** Holds the PC awake for as long as the last word says so. */
function holdAwake(blocker: SleepBlocker): (wanted: boolean) => void {
  let block: number | null = null;
  return (wanted) => {
    if (wanted && block === null) block = blocker.start('prevent-app-suspension');
    if (!wanted && block !== null) {
      blocker.stop(block);
      block = null;
    }
  };
}

/**
 * Keeps the PC awake while events wait that could go out now, and no longer: not while there is no way out, while a person
 * has paused them, or for an endpoint that is failing.
 * @returns takes each situation; null where nothing is known, or nobody wants it
 */
export function keepAwakeWhileWaiting(blocker: SleepBlocker): (situation: Situation | null) => void {
  const hold = holdAwake(blocker);
  return (situation) => hold(situation !== null && couldGoOut(situation));
}

function couldGoOut({ pausedUntil, connectivity, endpoints }: Situation): boolean {
  if (pausedUntil !== null) return false;
  const takes = ({ state }: Endpoint) => state === 'active' || state === 'degraded';
  const isReached = ({ local }: Endpoint) => local || connectivity.state === 'online';
  return endpoints.some((endpoint) => endpoint.waiting > 0 && takes(endpoint) && isReached(endpoint));
}

/** Keeps the PC awake while a person's export or bulk resend runs, and no longer. */
export function keepAwakeDuringJobs(blocker: SleepBlocker) {
  const running = new Set<string>();
  const hold = holdAwake(blocker);
  return (job: { readonly id: string; readonly kind: string; readonly state: string }): void => {
    if ((job.kind === 'export' || job.kind === 'resend') && job.state === 'running') running.add(job.id);
    else running.delete(job.id);
    hold(running.size > 0);
  };
}
