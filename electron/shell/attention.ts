/**
 * Keeps tray and toasts true: asks for the situation when something changed and now and then, and has the engine look
 * for what a person should hear of. That the engine does not run is the one thing that it cannot tell: decided here.
 */
import { engineConditions } from '../../shared/conditions/engine.ts';
import { type Condition, conditionsOf, type SurfaceFacts } from '../../shared/conditions/index.ts';
import { utcMs } from '../../shared/domain.ts';
import type { Notice, Situation } from '../../shared/schemas.ts';
import type { NoticeDecision, NoticeLook, NoticeMemory, Own } from '../engine/engine.ts';

export interface AttentionParts {
  /** Null while the engine cannot be asked. */
  readonly askSituation: () => Promise<Situation | null>;
  readonly facts: () => SurfaceFacts;
  /** Has the running engine look; what is new comes back as a push. */
  readonly lookForNotices: (showing: readonly string[]) => void;
  readonly decide: (memory: NoticeMemory, look: NoticeLook) => NoticeDecision;
  readonly isQuiet: () => boolean;
  /** Ids of conditions that the window shows, where it is in front of the person; else none. */
  readonly showing: () => ReadonlySet<string>;
  /** Whether it was told that the engine does not run. */
  readonly memory: () => NoticeMemory;
  readonly keepMemory: (memory: NoticeMemory) => void;
  readonly toast: (notice: Notice) => void;
  readonly withdraw: (id: string) => void;
  /** The person looks at the window, which will tell what it shows. */
  readonly isWindowInFront: () => boolean;
  readonly draw: (conditions: readonly Condition[], situation: Situation | null) => void;
  readonly nowMs: () => number;
  readonly log: (message: string, detail: string) => void;
  readonly own: Own;
  readonly after: (delayMs: number, run: () => void) => () => void;
}

/** Changes that come together are looked at once; times in menu and reminders are renewed each minute. */
const settleMs = 300;
const renewEveryMs = 60_000;
/** The window asks for the situation too, and then says what it shows. */
const windowShowsWithinMs = 1500;

/** @returns to be called whenever something may have changed; the first call begins the watch */
export function watchAttention(parts: AttentionParts): () => void {
  let last: Situation | null = null;
  let isLooking = false;
  let isDueAgain = false;
  let isSettling = false;
  let cancelNext = () => {};

  async function look() {
    isLooking = true;
    isDueAgain = false;
    isSettling = false;
    try {
      await lookOnce();
    } catch (problem) {
      // A tray that has gone, say: the next look is due all the same.
      parts.log('tray and toasts could not be renewed', String(problem));
    }
    isLooking = false;
    if (isDueAgain) settle();
    else plan(renewEveryMs);
  }

  async function lookOnce() {
    last = (await parts.askSituation()) ?? last;
    const facts = parts.facts();
    const conditions = conditionsOf(last, facts);
    parts.draw(conditions, last);
    if (parts.isWindowInFront()) await new Promise<void>((shown) => void parts.after(windowShowsWithinMs, shown));
    const showing = parts.showing();
    if (facts.engine === 'running') parts.lookForNotices([...showing]);
    const before = parts.memory();
    const { notices, withdrawn, memory } = parts.decide(before, {
      now: utcMs(parts.nowMs()),
      conditions: engineConditions(facts),
      situation: facts.engine === 'running' ? last : null,
      showing,
      quiet: parts.isQuiet(),
    });
    if (JSON.stringify(memory) !== JSON.stringify(before)) parts.keepMemory(memory);
    for (const id of withdrawn) parts.withdraw(id);
    for (const notice of notices) parts.toast(notice);
  }

  /** A look that is planned already is not put off: changes may come without end. */
  function settle() {
    if (isSettling) return;
    isSettling = true;
    plan(settleMs);
  }

  function plan(delayMs: number) {
    cancelNext();
    cancelNext = parts.after(delayMs, () => parts.own('a look at tray and toasts', look()));
  }

  return () => {
    if (isLooking) isDueAgain = true;
    else settle();
  };
}
