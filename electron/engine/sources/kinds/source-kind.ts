/** What a kind of source does; what it says of itself is `shared/source-kinds/`. */
import type { Sentence } from '../../../../shared/domain.ts';
import type { SourceHealth } from '../../../../shared/schemas.ts';
import type { EngineContext } from '../../context.ts';
import type { Accept } from '../../intake/accept.ts';
import type { IntakeRefusal } from '../../intake/refusal.ts';
import type { RefusalLog } from '../../intake/refusal-log.ts';
import type { SignedRequest } from '../../intake/signatures.ts';
import type { KnownSource } from '../../intake/source-access.ts';
import type { SourceMessage, Taken } from '../../intake/take.ts';
import type { OpenSourceThread } from '../thread/thread.ts';

export type { SourceMessage };

/** How far a source that is read has been read, in its kind's own words. */
export interface SourceCursor {
  current(): string | null;
  /** Inside a transaction, best the one that stores what was read (`IntakeRequest.also`). */
  keep(cursor: string): void;
}

/** What a source is started with. */
export interface SourceStart<Config = Readonly<Record<string, unknown>>> {
  readonly context: Pick<
    EngineContext,
    'dataFolder' | 'clock' | 'reader' | 'writer' | 'logger' | 'mishaps' | 'commit' | 'settings'
  >;
  /** Null: this PC's own, which nobody added. */
  readonly source: KnownSource | null;
  /** What was chosen for it, as its kind's schema has it, its secrets with it. */
  readonly config: Config;
  /** As it was kept when it ran last. */
  readonly health: SourceHealth;
  readonly cursor: SourceCursor;
  /** The one way in, where every kind ends. */
  readonly accept: Accept;
  /**
   * For a kind that reads: takes messages in, in their order, in one transaction with `also` (a cursor, a file's mark).
   * Each becomes events by the source's shape, is ignored with a reason, or is kept as it came with what is wrong, until
   * a person mends the shape or the message: none is refused. Without a shape a message is read as our envelope
   * (`event`, `data` …). What came before with the same `key` is a duplicate, whatever it says now, also while it is
   * kept; without a key the ids of its events tell. Several hundred messages at a time, or a whole file, are stored in
   * turns of the thread: what else is written waits meanwhile (about 0.1 ms a message).
   *
   * @throws RelayError where nothing could be stored (`store_full` also where ten thousand are kept already): then
   *   nothing of it is and `also` has no effect: it is to be tried again later, the cursor unmoved
   */
  readonly take: (messages: readonly SourceMessage[], also?: (taken: Taken) => void) => Promise<Taken>;
  readonly refusals: Pick<RefusalLog, 'keep'>;
  /** A thread of its own, for what takes longer than a turn of this one. */
  readonly openThread: OpenSourceThread;
  /** To be told whenever its health is different. */
  readonly changed: () => void;
}

export interface RunningSource {
  health(): SourceHealth;
  /** Of one that is posted to: why a request is not from it; null where it is. */
  admits?(request: SignedRequest): IntakeRefusal | null;
  /** Of what is looked after: a person has seen to the files that lay in `rejected`, and it looks no more. */
  letGo?(): void;
  /**
   * Of one that holds rows back which are gone all at once: a person says whether they are.
   *
   * @param also in the transaction that keeps it, told how many they are
   * @returns false where none are held
   */
  saysGone?(isGone: boolean, also: (rows: number) => void): Promise<boolean>;
  /** Takes nothing more; what is under way ends first. */
  stop(): Promise<void>;
}

/** What a person chose for a source, and what the others have. */
export interface SourceChoice {
  readonly config: Readonly<Record<string, unknown>>;
  readonly dataFolder: string;
  readonly others: readonly {
    readonly name: string;
    readonly kind: string;
    readonly config: Readonly<Record<string, unknown>>;
  }[];
}

/** What a look at a source found. */
export interface SourceSample {
  readonly says: readonly Sentence[];
  readonly columns: readonly string[];
  readonly messages: readonly SourceMessage[];
}

export interface SampleStart extends Pick<SourceStart, 'config' | 'openThread'> {
  /** The authorities of the settings, PEM. */
  readonly commonTrust: string | null;
}

export interface SourceBehaviour {
  /** Resolves once it runs; rejects where it cannot, which is its trouble and no other's. */
  start(given: SourceStart): Promise<RunningSource>;
  /** Of one that was revoked while files of it lay in `rejected`: takes nothing, and tells whether they still do. */
  lookAfter?(given: SourceStart): Promise<RunningSource>;
  /** Before a person's choice is kept: rejects with a RelayError that names the member where it cannot be. */
  check?(given: SourceChoice): Promise<void>;
  /** Reads the first rows, for whoever sets it up; rejects with a ThreadTrouble where it cannot be read. */
  sample?(given: SampleStart): Promise<SourceSample>;
}

export const noHealth: SourceHealth = {
  lastSeenAt: null,
  lastTrouble: null,
  away: null,
  nextLookAt: null,
  files: null,
};
