/** The command line's way in: its routes on the intake's loopback listener, and the file that says where and with what token. */
import type { EngineContext } from '../context.ts';
import type { OperatorsWay } from '../intake/intake.ts';
import { newToken } from '../intake/source-access.ts';
import { removeControlFile, writeControlFile } from './control-file.ts';
import { helloPath } from './control-hello.ts';
import { addControlRoutes, type ControlParts } from './control-routes.ts';

export type ControlOptions = Pick<ControlParts, 'callUnparsed' | 'exportStream' | 'openWindow' | 'giveWay'>;

/** With a token of this run's own. */
export function createControl({ dataFolder, bootId }: EngineContext, options: ControlOptions): OperatorsWay {
  const token = newToken();
  return {
    addRoutes: (app, accept) => addControlRoutes(app, { ...options, accept, bootId, token }),
    isOfFolder: (route) => route.startsWith('/control/') && route !== helloPath,
    open: (port) => writeControlFile(dataFolder, { port, token, bootId }),
    close: () => removeControlFile(dataFolder, bootId),
  };
}
