/** What each kind of source does, by its name. */
import type { SourceKindName } from '../../../../shared/source-kinds/index.ts';
import { http } from './http.ts';
import type { SourceBehaviour } from './source-kind.ts';
import { spool } from './spool.ts';

export type { RunningSource, SourceBehaviour, SourceStart } from './source-kind.ts';

export const sourceBehaviours: Readonly<Record<SourceKindName, SourceBehaviour>> = { http, spool };
