/** Entry of the utility process: the engine behind `process.parentPort`. Imports nothing from electron. */
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { getCACertificates } from 'node:tls';
import { pathToFileURL } from 'node:url';
import {
  createMishaps,
  createVault,
  holdsSealed,
  type Mishaps,
  type MishapsSeen,
  restoreWithoutEngine,
  resultOf,
  startEngine,
  systemClock,
} from './engine/engine.ts';
import { hostEngine } from './engine-link/engine-host.ts';
import type { FromEngine, ToEngine } from './engine-link/engine-messages.ts';
import { catchTheRest } from './last-handler.ts';
import { openLogFile } from './log-file.ts';

/** What a utility process has instead of a socket; Electron puts it on `process`. */
const { parentPort } = process;
/** What is sent is checked here: Electron's port takes anything. */
const tell = (message: FromEngine): void => parentPort.postMessage(message);

let mishaps: Mishaps | null = null;
catchTheRest(() => mishaps);
/** Of the main process, as it last told. */
let ofDesktop: MishapsSeen | null = null;

/** The main process has the last word of this one within so long, in milliseconds. */
const lastWordMs = 500;

const hear = hostEngine({
  send: tell,
  start: async ({ dataFolder, dataKey, noKey, plain, port, property, version, restoreLast, isAtStartUp }, system) => {
    const logger = openLogFile(dataFolder);
    mishaps = createMishaps(systemClock, logger);
    const vault = createVault(
      dataKey === null ? null : Buffer.from(dataKey, 'base64'),
      plain,
      noKey ? 'no_key' : 'locked',
    );
    if (restoreLast) {
      const actor = { account: userInfo().username, surface: 'window' } as const;
      await restoreWithoutEngine({ dataFolder, file: null, look: false, actor });
    }
    const engine = await startEngine({
      dataFolder,
      version,
      vault,
      logger,
      mishaps,
      mishapsOfDesktop: () => ofDesktop,
      systemProxy: system.proxy,
      systemRoots: system.roots,
      pagePrinter: system.pages,
      notices: 'surface',
      readerThread: pathToFileURL(join(import.meta.dirname, 'reader-thread.cjs')),
      senderThread: pathToFileURL(join(import.meta.dirname, 'sender-thread.cjs')),
      sourceThread: pathToFileURL(join(import.meta.dirname, 'source-thread.cjs')),
      ...(isAtStartUp ? { giveWay: () => tell({ type: 'give_way' }) } : { takesOver: true }),
      ...(port === null ? {} : { intakePort: port }),
      ...(property === null ? {} : { defaults: { propertyId: property } }),
    });
    const unlock = (key: string) => {
      vault.unlock(Buffer.from(key, 'base64'));
      engine.sweepNow();
    };
    return { engine, unlock, nothingSealed: dataKey === null && !holdsSealed(dataFolder) };
  },
  exit: (code) => {
    if (code === 0) process.exit(0);
    // Why it could not start was said a moment ago, and Electron loses what is said right before the end.
    setTimeout(() => process.exit(code), lastWordMs);
  },
});

parentPort.on('message', ({ data }: { readonly data: ToEngine }) => {
  if (data.type === 'restore') {
    const { asked } = data;
    resultOf(() => restoreWithoutEngine(asked)).then(
      (result) => tell({ type: 'restored', result }),
      () => process.exit(1),
    );
  } else if (data.type === 'read_roots') tell({ type: 'roots', pems: getCACertificates('system') });
  else if (data.type === 'mishaps') ofDesktop = data.seen;
  else hear(data);
});
