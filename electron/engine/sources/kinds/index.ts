/** What each kind of source does, by its name. */
import type { SourceKindName } from '../../../../shared/source-kinds/index.ts';
import { fias } from './fias/fias.ts';
import { folder } from './folder/folder.ts';
import { http } from './http.ts';
import type { SourceBehaviour } from './source-kind.ts';
import { spool } from './spool.ts';
import { sql } from './sql/sql.ts';

export type { RunningSource, SourceBehaviour, SourceMessage, SourceStart } from './source-kind.ts';

export const sourceBehaviours: Readonly<Record<SourceKindName, SourceBehaviour>> = { http, folder, fias, sql, spool };
