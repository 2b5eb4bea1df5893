/** Every kind of source by its name. A new one is a file beside this, one in `electron/engine/sources/kinds/`, a line in each index. */
import { fias } from './fias.ts';
import { folder } from './folder.ts';
import { http } from './http.ts';
import type { SourceKind } from './source-kind.ts';
import { spool } from './spool.ts';
import { sql } from './sql.ts';

export { readConfig, type SourceKind } from './source-kind.ts';

export const sourceKinds = { http, folder, fias, sql, spool } as const satisfies Readonly<Record<string, SourceKind>>;
export type SourceKindName = keyof typeof sourceKinds;

/** Those that a person adds. */
export const addedSourceKinds = Object.values(sourceKinds)
  .filter(({ isAdded }) => isAdded)
  .map(({ name }) => name);

/** Null for one that this version does not know. */
export const sourceKindOf = (name: string): SourceKind | null =>
  Object.hasOwn(sourceKinds, name) ? sourceKinds[name as SourceKindName] : null;
