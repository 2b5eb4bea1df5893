/**
 * The house's rooms and who may import whom, inside the engine and from outside into it. Biome's rules (`biome.json`)
 * keep Electron and the window out of it; these keep its rooms apart.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize, sep } from 'node:path';

/** A file and what it imports of ours: paths from the project's folder, with slashes. */
export interface Imports {
  readonly file: string;
  readonly imported: string;
}

const engine = 'electron/engine';

/**
 * Each room with those that it may import beside the engine's own folder. They stand in an order: none imports one that
 * stands behind it, so that each can be read, and tested, with what stands before it.
 */
export const rooms: Readonly<Record<string, readonly string[]>> = {
  files: [],
  vault: ['files'],
  store: ['files', 'vault'],
  evidence: ['store'],
  shaping: [],
  'endpoints/kinds': ['evidence', 'shaping'],
  sending: ['endpoints/kinds', 'evidence', 'shaping', 'store'],
  endpoints: ['endpoints/kinds', 'evidence', 'sending', 'shaping', 'store', 'vault'],
  queue: ['endpoints', 'evidence', 'sending', 'store'],
  reader: ['store'],
  privacy: ['files', 'store'],
  log: ['endpoints/kinds', 'evidence', 'reader', 'shaping', 'store'],
  export: ['files', 'log', 'privacy', 'reader', 'store'],
  upkeep: ['files', 'privacy', 'reader', 'store', 'vault'],
  intake: ['files', 'store'],
  sources: ['files', 'intake', 'shaping', 'store'],
  control: ['files', 'intake', 'store'],
  lock: ['files', 'store'],
  notices: ['store'],
  bench: ['store'],
  doctor: ['intake', 'store'],
  support: ['export', 'files', 'privacy', 'reader', 'store'],
};

/** Files of the engine's own folder that put rooms together; the others there import `store` and `vault` at most. */
const compositions = new Set(
  [
    'dispatch',
    'engine',
    'log',
    'parts',
    'reader-thread',
    'reading',
    'restore-without-engine',
    'sender-thread',
    'source-thread',
  ].map((name) => `${engine}/${name}.ts`),
);

/**
 * What stands around the engine, and what of it beside its face it may import. The command line takes events, files and
 * the spool folder without an engine, by the engine's own rules.
 */
const around: Readonly<Record<string, readonly string[]>> = {
  cli: ['control', 'files', 'intake', 'support', 'store/ids.ts'],
  bridge: ['files', 'listen.ts', 'strangers.ts'],
};

/** All imports of ours under a folder, of the project's or of one that a test planted. */
export function importsUnder(root: string, folder: string): Imports[] {
  const files = readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' });
  return files
    .filter((file) => /\.tsx?$/.test(file) && !file.endsWith('.d.ts'))
    .flatMap((name) => {
      const file = slashes(join(folder, name));
      const text = readFileSync(join(root, file), 'utf8');
      const specifiers = text.matchAll(/(?:^|\n)(?:import|export)\b[^;'"]*?from '(\.[^']+)'|\bimport\('(\.[^']+)'\)/g);
      return [...specifiers].map(([, still, later]) => ({
        file,
        imported: slashes(normalize(join(dirname(file), still ?? later ?? ''))),
      }));
    });
}

/** The imports that the rooms do not allow, each as a line that says so. */
export function violations(imports: readonly Imports[]): string[] {
  return imports
    .filter(
      ({ file, imported }) => imported.startsWith(`${engine}/`) && !isAllowed(file, imported.slice(engine.length + 1)),
    )
    .map(({ file, imported }) => `${file} may not import ${imported}`);
}

function isAllowed(file: string, imported: string): boolean {
  const into = roomOf(imported);
  if (file.startsWith(`${engine}/`)) {
    const from = roomOf(file.slice(engine.length + 1));
    if (from === null) return compositions.has(file) || into === null || into === 'store' || into === 'vault';
    if (from === into || into === null) return from === into || !compositions.has(`${engine}/${imported}`);
    return rooms[from]?.includes(into) ?? false;
  }
  const allowed = around[file.split('/')[1] ?? ''];
  if (allowed === undefined || imported === 'engine.ts') return true;
  return allowed.includes(into ?? imported) || allowed.includes(imported);
}

/** Null for the engine's own folder. What endpoints send by their kinds is pure, and a room before those that send. */
const roomOf = (path: string): string | null => /^(?:endpoints\/kinds|[^/]+)(?=\/)/.exec(path)?.[0] ?? null;

const slashes = (path: string): string => path.split(sep).join('/');
