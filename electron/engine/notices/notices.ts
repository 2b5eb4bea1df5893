/**
 * Notices: looks at what a person should know, decides once per incident (decisions.ts), remembers it in the database and
 * hands it to the outlets. With a desktop around it looks whenever the desktop says so, which knows what its window
 * shows and whether it may disturb now; without one by itself, and the engine's log is the outlet. Endpoints that ask for
 * them are an outlet of its own (as-events.ts), with its own memory: nobody needs to sit at this PC for it.
 */
import { type Condition, conditionsOf } from '../../../shared/conditions/index.ts';
import type { Situation } from '../../../shared/schemas.ts';
import { inEnglish } from '../../../shared/sentences/in-english.ts';
import { type EngineContext, wallTime } from '../context.ts';
import type { NoticeSurface, NoticesGo } from '../ports.ts';
import { createNoticeTable, type NoticeRow, noticeWas } from '../store/notices.ts';
import type { NoticeEvents } from './as-events.ts';
import {
  areNoticesHeld,
  decideNotices,
  type NoticeDecision,
  type NoticeMemory,
  noticeMemoryOf,
  type ToldIncident,
} from './decisions.ts';

/** Where nobody says when to look: a log need not know at once, and what is counted costs; reminders fall due by the minute. */
const settleMs = 5_000;
const renewEveryMs = 60_000;

export interface Notices {
  /** The desktop has looked at its tray: what is new is told now. */
  look(surface: NoticeSurface): void;
  /** Something may have changed; heeded where there is no desktop to say so. */
  changed(): void;
  /** What was told before is remembered without what receivers said of a guest; its rows are changed by whoever asks. */
  unquote(withoutWords: (text: string) => string): Promise<void>;
  /** Ends the looks, and waits for the one under way. */
  stop(): Promise<void>;
}

export interface NoticeParts {
  readonly situation: () => Promise<Situation>;
  /** `events`: they become events themselves. Absent: nobody is told. */
  readonly go?: NoticesGo | 'events' | undefined;
  /** Where they become events. */
  readonly events?: NoticeEvents;
}

export function createNotices(context: EngineContext, { situation, go, events }: NoticeParts): Notices {
  const { writer, commit, clock, logger, mishaps, push, settings, changes } = context;
  const looksByItself = go === 'log' || go === 'events';
  const table = createNoticeTable(writer, go ?? 'nobody');
  let memory: NoticeMemory = noticeMemoryOf(table.all().map(incidentOf));
  let due: NoticeSurface | null = null;
  let under: Promise<void> | null = null;
  let cancel = (): void => {};
  let isSettling = false;
  let stopped = false;

  async function lookOnce(surface: NoticeSurface): Promise<void> {
    const before = memory;
    if (events !== undefined && !events.isWanted()) {
      // Whoever asks for them later is told what is so then.
      memory = [];
      return keep(before);
    }
    const now = await situation();
    const decided = decideNotices(before, {
      now: wallTime(clock),
      conditions: conditionsOf(now, { ...surface, engine: 'running', engineProblem: null }),
      situation: now,
      showing: new Set(surface.showing),
      quiet: areNoticesHeld(surface, new Date(clock.wallMs())),
    });
    if (events !== undefined) {
      // Both or neither: what is said is an event as durable as any.
      await keep(before, decided.memory, () => events.record(decided.said));
      memory = decided.memory;
      if (decided.said.length > 0)
        for (const topic of ['events', 'deliveries', 'situation'] as const) changes.touch(topic);
      return;
    }
    memory = decided.memory;
    // Told before it is written down: a disk that takes nothing is among what is to be told.
    tell(decided);
    await keep(before);
  }

  function tell({ notices, withdrawn }: NoticeDecision): void {
    if (go === 'surface' && notices.length + withdrawn.length > 0) {
      push({ name: 'notices', payload: { told: [...notices], withdrawn: [...withdrawn] } });
    }
    if (go === 'log') {
      const at = { timeZone: settings.current().timeZone, now: clock.wallMs() };
      for (const { id, title, urgent } of notices) {
        logger.info({ incident: id, urgent }, `notice: ${inEnglish(title, at)}`);
      }
    }
  }

  async function keep(before: NoticeMemory, after: NoticeMemory = memory, also = () => {}): Promise<void> {
    const had = new Map(before.map((told) => [told.condition.id, JSON.stringify(told)]));
    const changed = after.filter((told) => had.get(told.condition.id) !== JSON.stringify(told));
    for (const { condition } of after) had.delete(condition.id);
    if (changed.length + had.size === 0) return;
    await commit.transact(() => {
      also();
      for (const id of had.keys()) table.remove(id);
      for (const told of changed) table.put(rowOf(told));
    });
  }

  async function lookWhileDue(): Promise<void> {
    for (let surface = due; surface !== null && !stopped; surface = due) {
      due = null;
      try {
        await lookOnce(surface);
      } catch (error) {
        // It cannot be asked, or nothing can be written now: the next look comes in a minute.
        if (!stopped) logger.warn({ error: String(error) }, 'a look for notices failed');
      }
    }
  }

  function look(surface: NoticeSurface): void {
    if (go === undefined || stopped) return;
    due = surface;
    under ??= lookWhileDue().finally(() => {
      under = null;
      if (looksByItself && !isSettling) plan(renewEveryMs);
    });
    mishaps.own('a look for notices', under);
  }

  function plan(delayMs: number): void {
    cancel();
    if (stopped) return;
    cancel = clock.after(delayMs, () => {
      isSettling = false;
      look(events === undefined ? noSurface : { ...noSurface, quietHours: settings.current().notify.quietHours });
    });
  }

  return {
    look,
    /** A look that is planned already is not put off: changes may come without end. */
    changed() {
      if (!looksByItself || isSettling) return;
      isSettling = true;
      plan(settleMs);
    },
    async unquote(withoutWords) {
      // A look under way would bring back what it began with.
      await under;
      memory = memory.map(({ condition, ...told }) => ({
        ...told,
        condition: JSON.parse(withoutWords(JSON.stringify(condition))) as Condition,
      }));
    },
    async stop() {
      stopped = true;
      cancel();
      await under;
    },
  };
}

/** Nobody looks at a window of ours that we know of, and a log disturbs nobody. */
const noSurface: NoticeSurface = {
  toasts: true,
  quietHours: { enabled: false, from: '', to: '' },
  showing: [],
  keepAwake: null,
};

function incidentOf({ condition, toldAt, announced, amount }: NoticeRow): unknown {
  try {
    return {
      condition: JSON.parse(condition),
      toldAt,
      announced: announced !== noticeWas.seen,
      carried: announced === noticeWas.carried,
      amount,
    };
  } catch {
    return null;
  }
}

const rowOf = ({ condition, toldAt, announced, carried, amount }: ToldIncident): NoticeRow => ({
  id: condition.id,
  condition: JSON.stringify(condition),
  toldAt,
  announced: carried ? noticeWas.carried : announced ? noticeWas.announced : noticeWas.seen,
  amount,
});
