/** The command line's way in: its routes on the intake's loopback listener, and the file that says where and with what token. */
import type { EngineContext } from '../context.ts';
import type { OperatorsWay } from '../intake/intake.ts';
import { newToken } from '../intake/source-access.ts';
import { readControlFile, removeControlFile, writeControlFile } from './control-file.ts';
import { helloPath } from './control-hello.ts';
import { addControlRoutes, type ControlParts } from './control-routes.ts';

export type ControlOptions = Pick<ControlParts, 'callUnparsed' | 'exportStream' | 'openWindow' | 'giveWay'>;

/** Between two looks at the file, in milliseconds. */
const lookEveryMs = 15_000;

/** With a token of this run's own. */
export function createControl(
  { dataFolder, bootId, clock, logger, mishaps }: EngineContext,
  options: ControlOptions,
): OperatorsWay {
  const token = newToken();
  let cancel = (): void => {};

  /** Whoever tidies the folder, or a disk that was full, must not make an engine that runs one that nobody finds. */
  async function writeAnewWhereLost(port: number): Promise<void> {
    const present = await readControlFile(dataFolder);
    if (present?.bootId === bootId && present.port === port && present.token === token) return;
    logger.warn({ found: present === null ? 'none' : 'another' }, 'the control file was lost and is written anew');
    await writeControlFile(dataFolder, { port, token, bootId });
  }

  function watch(port: number): void {
    cancel();
    cancel = clock.after(lookEveryMs, () => {
      watch(port);
      mishaps.own('the control file', writeAnewWhereLost(port));
    });
  }

  const unexpected = (error: unknown): void =>
    logger.error({ error: String(error), stack: (error as Error)?.stack }, 'a request of the command line failed');

  return {
    addRoutes: (app, accept) => addControlRoutes(app, { ...options, accept, unexpected, bootId, token }),
    isOfFolder: (route) => route.startsWith('/control/') && route !== helloPath,
    async open(port) {
      await writeControlFile(dataFolder, { port, token, bootId });
      watch(port);
    },
    close() {
      cancel();
      return removeControlFile(dataFolder, bootId);
    },
  };
}
