/**
 * Whether another engine has this data folder: one that runs refuses ours, one that is about to end is waited for.
 * The lock alone tells neither. An engine that was killed, or told to end a moment ago, holds it until the system has
 * taken its process down; and whoever tidies the folder may have removed its file, where two engines on one database
 * would send everything twice.
 */
import { RelayError } from '../../../shared/errors.ts';
import { sentence } from '../../../shared/sentences/sentence.ts';
import { readControlFile } from './control-file.ts';
import { giveWayPath, isThatEngine } from './control-hello.ts';

/** On loopback an engine that runs answers at once. */
const answersWithinMs = 2_000;
/** Longer than an engine takes to end (5 s for what is under way), or a process that was killed to be gone. */
const endsWithinMs = 15_000;
/** One that was just told to end still answers once. */
const askAgainAfterMs = 500;
const lookAgainAfterMs = 100;

/**
 * Opens what one engine at a time can have.
 *
 * @param open throws RelayError `conflict` while another process has the folder's lock
 * @param takesOver asks an engine that runs to give way; one does that was started before anybody had signed in
 * @throws RelayError `conflict` where another engine runs; otherwise what `open` throws
 */
export async function openWhenFree<Opened extends { close(): void }>(
  dataFolder: string,
  open: () => Opened,
  takesOver: boolean,
): Promise<Opened> {
  let endsAtMs = performance.now() + endsWithinMs;
  let hasAsked = !takesOver;
  let givesWay = false;
  for (;;) {
    try {
      const opened = open();
      // The lock is ours, and yet an engine may run whose lock file was removed.
      if (!(await isRunning(dataFolder))) return opened;
      opened.close();
      throw new RelayError('conflict', sentence('problem.already_running', { folder: dataFolder }));
    } catch (error) {
      if (!(error instanceof RelayError) || error.code !== 'conflict') throw error;
      if (!hasAsked) {
        hasAsked = true;
        givesWay = await asksToGiveWay(dataFolder);
        if (givesWay) endsAtMs = performance.now() + endsWithinMs;
      }
      if (performance.now() > endsAtMs || (!givesWay && (await isRunning(dataFolder)))) throw error;
    }
    await pause(lookAgainAfterMs);
  }
}

/** Whether the engine of the control file answers, and still does a moment later. */
const isRunning = async (dataFolder: string): Promise<boolean> => {
  if (!(await answers(dataFolder))) return false;
  await pause(askAgainAfterMs);
  return answers(dataFolder);
};

/** Whether the engine of the control file ends now, so that this one can have the folder. */
async function asksToGiveWay(dataFolder: string): Promise<boolean> {
  const file = await readControlFile(dataFolder);
  if (file === null || !(await answers(dataFolder))) return false;
  try {
    const answer = await fetch(`http://127.0.0.1:${file.port}${giveWayPath}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${file.token}`, 'content-type': 'application/json' },
      body: '{}',
      redirect: 'error',
      signal: AbortSignal.timeout(answersWithinMs),
    });
    // One of an older version knows no such question, and one that a person started means to stay.
    return answer.ok && ((await answer.json()) as { ok?: unknown }).ok === true;
  } catch {
    return false;
  }
}

async function answers(dataFolder: string): Promise<boolean> {
  const file = await readControlFile(dataFolder);
  if (file === null) return false;
  try {
    // Another program may have taken the port of an engine that was killed.
    return await isThatEngine(file, AbortSignal.timeout(answersWithinMs));
  } catch {
    // Nobody is there: the file is what a killed engine left behind.
    return false;
  }
}

const pause = (delayMs: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, delayMs));
