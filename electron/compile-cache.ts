/**
 * Where a checkout keeps its compiled code: types are stripped and code is compiled once, not at every start. Beside
 * what was installed and never in a folder that others may write to (as Node's own choice, the system's temporary
 * folder, is): whoever writes there decides what this program runs. Where it cannot be written nothing is kept.
 */
import { enableCompileCache } from 'node:module';
import { fileURLToPath } from 'node:url';

export const compileCacheFolder = fileURLToPath(new URL('../node_modules/.cache/roost-relay', import.meta.url));

/** For this process, from the next import on. A folder that the environment names (`NODE_COMPILE_CACHE`) comes first. */
export function keepCompiledCode(): void {
  if (process.env.NODE_COMPILE_CACHE === undefined) enableCompileCache(compileCacheFolder);
}
