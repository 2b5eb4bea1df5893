/**
 * Whether an engine answers for this data folder already. The lock says so as long as its file is there; whoever
 * tidies the folder may have removed it, and two engines on one database would send everything twice.
 */
import { RelayError } from '../../../shared/errors.ts';
import { sentence } from '../../../shared/sentences/sentence.ts';
import { readControlFile } from './control-file.ts';
import { bootHeader } from './control-headers.ts';

/** On loopback an engine that runs answers at once. */
const answersWithinMs = 2_000;

/** @throws RelayError `conflict` where one does */
export async function refuseSecondEngine(dataFolder: string): Promise<void> {
  const file = await readControlFile(dataFolder);
  if (file === null) return;
  try {
    const response = await fetch(`http://127.0.0.1:${file.port}/control/settings.get`, {
      method: 'POST',
      headers: { authorization: `Bearer ${file.token}`, 'content-type': 'application/json' },
      body: '{}',
      signal: AbortSignal.timeout(answersWithinMs),
    });
    await response.body?.cancel();
    // Another program may have taken the port of an engine that was killed.
    if (response.headers.get(bootHeader) !== file.bootId) return;
  } catch {
    // Nobody is there: the file is what a killed engine left behind.
    return;
  }
  throw new RelayError('conflict', sentence('problem.already_running', { folder: dataFolder }));
}
