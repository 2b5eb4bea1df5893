/**
 * Before vitest's first test: the reader thread is built into one file, as the desktop's build does, for each of the hundreds
 * of engines that tests start in their own process. From sources its 400 modules take twice as long to load (0.28 s of CPU
 * against 0.14). Engines that are processes of their own load the sources, as `npm start` does.
 */
import { rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'vite';

/** Inside the checkout, where what it needs of `node_modules` is found; each run has one of its own. */
const folder = resolve(import.meta.dirname, '../../node_modules/.cache', `roost-relay-threads-${process.pid}`);
/** Where it is given beforehand, that one is used: for few tests, building takes longer than it saves. */
const variable = 'ROOST_RELAY_TEST_READER_THREAD';

/** The reader thread for an engine in a test's own process. */
export const readerThread = (): URL =>
  new URL(process.env[variable] ?? new URL('../../electron/engine/reader-thread.ts', import.meta.url));

export async function setup(): Promise<void> {
  if (process.env[variable] !== undefined) return;
  await build({
    configFile: false,
    logLevel: 'error',
    publicDir: false,
    ssr: { noExternal: true, external: ['better-sqlite3'] },
    build: {
      ssr: resolve(import.meta.dirname, '../../electron/engine/reader-thread.ts'),
      outDir: folder,
      target: 'node24',
      minify: false,
      rolldownOptions: { output: { entryFileNames: 'reader-thread.mjs' } },
    },
  });
  process.env[variable] = pathToFileURL(join(folder, 'reader-thread.mjs')).href;
}

export const teardown = (): Promise<void> => rm(folder, { recursive: true, force: true });
