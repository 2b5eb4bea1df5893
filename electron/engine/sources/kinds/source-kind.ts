/** What a kind of source does; what it says of itself is `shared/source-kinds/`. */
import type { SourceHealth } from '../../../../shared/schemas.ts';
import type { EngineContext } from '../../context.ts';
import type { Accept } from '../../intake/accept.ts';
import type { RefusalLog } from '../../intake/refusal-log.ts';
import type { KnownSource } from '../../intake/source-access.ts';

/** How far a source that is read has been read, in its kind's own words. */
export interface SourceCursor {
  current(): string | null;
  /** Inside a transaction, best the one that stores what was read (`IntakeRequest.also`). */
  keep(cursor: string): void;
}

/** What a source is started with. */
export interface SourceStart<Config = Readonly<Record<string, unknown>>> {
  readonly context: Pick<EngineContext, 'dataFolder' | 'clock' | 'reader' | 'logger' | 'mishaps' | 'commit'>;
  /** Null: this PC's own, which nobody added. */
  readonly source: KnownSource | null;
  /** What was chosen for it, as its kind's schema has it, its secrets with it. */
  readonly config: Config;
  /** As it was kept when it ran last. */
  readonly health: SourceHealth;
  readonly cursor: SourceCursor;
  /** The one way in, where every kind ends. */
  readonly accept: Accept;
  readonly refusals: Pick<RefusalLog, 'keep'>;
  /** To be told whenever its health is different. */
  readonly changed: () => void;
}

export interface RunningSource {
  health(): SourceHealth;
  /** Takes nothing more; what is under way ends first. */
  stop(): Promise<void>;
}

export interface SourceBehaviour {
  /** Resolves once it runs; rejects where it cannot, which is its trouble and no other's. */
  start(given: SourceStart): Promise<RunningSource>;
}

export const noHealth: SourceHealth = { lastSeenAt: null, lastTrouble: null, nextLookAt: null };
