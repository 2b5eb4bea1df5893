/**
 * What a person should know, in one shape for the window's banner, the toast and the tray. Each kind of
 * condition is one small provider: a pure function of the situation.
 */
import type { EndpointId, Sentence, SourceId, Tone, UtcMs } from '../domain.ts';
import type { Turn } from '../remedies.ts';
import type { Preferences, Situation } from '../schemas.ts';

export interface ConditionAction {
  readonly label: Sentence;
  /** A path of the window, or one of the engine's acts on the thing that the condition is about. */
  readonly does:
    | { readonly go: string }
    | { readonly tryNow: EndpointId }
    | { readonly resumeAll: true }
    /** What the last restore left to do was done: it is told no more. */
    | { readonly restoreDone: true }
    | { readonly copy: Sentence }
    /** Looks at once whether the internet is there. */
    | { readonly lookNow: true }
    /** An address for the browser of this PC: of a sign-in page. */
    | { readonly open: string }
    | { readonly prefer: Partial<Preferences> };
}

/** One present condition. `id` stays the same for one incident: kind, thing and since when. */
export interface Condition {
  readonly id: string;
  readonly kind: string;
  /**
   * What others are told that it is about, so that they can pair what begins and what ends: of an endpoint's trouble one
   * name, however it changes. Absent: its id.
   */
  readonly incident?: string;
  /** Good news: it ends that incident. */
  readonly isEnd?: true;
  readonly tone: Tone;
  readonly since: UtcMs | null;
  /** What happened; what it means for the events; what to do. */
  readonly title: Sentence;
  readonly meaning: Sentence;
  /** The same where several are read one after the other; absent: `meaning`. */
  readonly brief?: Sentence;
  /** What the receiver said in its own words, quoted, or how it was before its endpoint was paused; absent where nothing is known. */
  readonly said?: Sentence | null;
  readonly step: Sentence | null;
  /** How a headline tells it, by name and with whose turn it is; absent: its title, and its step or meaning. */
  readonly headline?: readonly Sentence[];
  readonly turn: Turn;
  /** The first is the main one. */
  readonly actions: readonly ConditionAction[];
  /** Where a click on its toast leads in the window. */
  readonly path: string;
  /** False: a banner and a tray mark only. */
  readonly toasts: boolean;
  readonly about: EndpointId | SourceId | null;
  /** How much there is of what only a person can end (refused events, say): growth is told again. */
  readonly amount?: number;
}

/** What only the surface around the engine knows. */
export interface SurfaceFacts {
  readonly engine: 'running' | 'restarting' | 'stopped';
  readonly engineProblem: Sentence | null;
  /** Whether the app still starts with this PC; absent where only the engine knows, as the desktop last told it. */
  readonly loginItemWorks?: boolean | null;
  /** What was chosen of keeping this PC awake; null where nobody could do it. */
  readonly keepAwake: Preferences['keepAwake'] | null;
}

export interface ConditionProvider {
  readonly kind: string;
  present(situation: Situation, surface: SurfaceFacts): readonly Condition[];
  /** What to say once it is over; absent or null where nothing needs to be said, `later` where it is not known yet. */
  over?(was: Condition, situation: Situation): Sentence | 'later' | null;
  /** Whether what is not present now is not over either: present again it is the same incident, and no news. */
  lasts?(was: Condition, situation: Situation): boolean;
}
