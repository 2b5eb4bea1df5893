/** How the desktop's three programs are built: each one CommonJS file, so that the sandboxed preload needs no other. */
import { isBuiltin } from 'node:module';
import { fileURLToPath } from 'node:url';
import { defineConfig, type EnvironmentOptions } from 'vite';

/** The oldest runtimes that the bundles must run in. */
const oldestRuntimes = ['node16', 'chrome108'];

/** Loaded from beside the bundles: the runtime itself, and what holds native code. */
const external = ['electron', 'better-sqlite3'];

const fromHere = (path: string) => fileURLToPath(new URL(path, import.meta.url));

const everyCondition: readonly string[] = ['node', 'import', 'module', 'default'];
/** Where a package asks another one by `require`, it gets what that one has for it: pg could not extend pg-pool otherwise. */
const asAsked: readonly string[] = ['node'];

const program = (name: string, entry: string, conditions = everyCondition): EnvironmentOptions => ({
  consumer: 'server',
  resolve: {
    noExternal: true,
    external,
    conditions: [...conditions],
    mainFields: conditions === asAsked ? ['main'] : ['module', 'main'],
  },
  build: {
    outDir: fromHere('../dist'),
    emptyOutDir: false,
    target: oldestRuntimes,
    ssr: true,
    minify: false,
    sourcemap: false,
    rolldownOptions: {
      input: { [name]: fromHere(entry) },
      external: (id) => isBuiltin(id) || external.includes(id),
      platform: 'node',
      output: { format: 'cjs', entryFileNames: '[name].cjs', codeSplitting: false },
    },
  },
});

export default defineConfig({
  root: fromHere('.'),
  publicDir: false,
  environments: {
    main: program('main', 'main.ts'),
    preload: program('preload', 'preload.ts'),
    engine: program('engine-process', 'engine-process.ts'),
    reader: program('reader-thread', 'engine/reader-thread.ts'),
    sender: program('sender-thread', 'engine/sender-thread.ts'),
    source: program('source-thread', 'engine/source-thread.ts', asAsked),
  },
  builder: {
    async buildApp(builder) {
      for (const name of ['main', 'preload', 'engine', 'reader', 'sender', 'source']) {
        const environment = builder.environments[name];
        if (environment) await builder.build(environment);
      }
    },
  },
});
