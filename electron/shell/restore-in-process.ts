/** The command line's restore in the installed app: only an engine process may load what opens a database. */
import { relayErrorOf } from '../../shared/api.ts';
import type { ChosenBackup } from '../../shared/schemas.ts';
import type { RestoreWithoutEngine } from '../engine/engine.ts';
import type { EngineChild } from '../engine-link/engine-supervisor.ts';

/** @throws RelayError as the restore does; Error where its process ends without an answer */
export function restoreInProcess(fork: () => EngineChild, asked: RestoreWithoutEngine): Promise<ChosenBackup> {
  const child = fork();
  return new Promise((resolve, reject) => {
    child.onMessage((message) => {
      if (message.type !== 'restored') return;
      const { result } = message;
      if (result.ok) resolve(result.value);
      else reject(relayErrorOf(result.error));
      child.kill();
    });
    child.onExit((code) => reject(new Error(`The process that restores ended with ${code}.`)));
    child.postMessage({ type: 'restore', asked });
  });
}
