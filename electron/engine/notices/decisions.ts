/**
 * Which notices to give: one per incident, none while the window shows it, none in quiet hours, one
 * reminder a day, one when it is over. Pure: memory and clock come in, notices and new memory go out.
 */
import { type Condition, lastsUnseen, overSentence } from '../../../shared/conditions/index.ts';
import type { Sentence, UtcMs } from '../../../shared/domain.ts';
import type { Notice, Preferences, Situation } from '../../../shared/schemas.ts';

/** What is remembered of one incident between looks, and kept over a restart. */
export interface ToldIncident {
  readonly condition: Condition;
  /** When it was last announced, reminded of, or seen in the window; UTC milliseconds. */
  readonly toldAt: UtcMs;
  /** False: the person saw it in the window, so there is no notice to follow up on. */
  readonly announced: boolean;
  readonly amount: number;
  /** Announced before a restore, and not seen to go on since: nobody hears of its end. */
  readonly carried?: boolean;
  /**
   * Nothing shows it now: a story, or what is not over. It may be shown again, after the next trouble of the same or as
   * soon as what was changed has been tried, and is not news then.
   */
  readonly hidden?: boolean;
}
export type NoticeMemory = readonly ToldIncident[];

/**
 * What was kept of an earlier run. An entry of another version's shape is dropped, and told once more at the worst: so
 * are those of before notices were the engine's, which lay in the desktop's preferences.
 */
export const noticeMemoryOf = (kept: readonly unknown[]): NoticeMemory =>
  kept.filter((entry): entry is ToldIncident => {
    const { condition, toldAt, announced, amount } = (entry ?? {}) as Partial<ToldIncident>;
    const isWhole = typeof condition?.id === 'string' && typeof condition.title?.key === 'string';
    return isWhole && typeof toldAt === 'number' && typeof announced === 'boolean' && typeof amount === 'number';
  });

export interface NoticeLook {
  readonly now: UtcMs;
  readonly conditions: readonly Condition[];
  readonly situation: Situation | null;
  /** Ids that a window in front of the person shows now. */
  readonly showing: ReadonlySet<string>;
  /** Quiet hours, or notices switched off: what is new is held back, not forgotten. */
  readonly quiet: boolean;
}

const reminderAfterMs = 86_400_000;
/** What is over stays on Today for the rest of the day and for 24 hours at most. */
const storyForMs = 2 * reminderAfterMs;
/** Growth of one incident (more events refused) is told again, but not more often than this. */
const growthAfterMs = 3_600_000;

/** Why something is said of an incident now: it is there, there is more of it, it still is, it is over. */
export type Occasion = 'first' | 'grown' | 'still' | 'over';

/** A notice with what it is about, for outlets that say more, or less, than a toast. */
export interface SaidNotice {
  readonly notice: Notice;
  readonly condition: Condition;
  readonly occasion: Occasion;
}

export interface NoticeDecision {
  readonly notices: readonly Notice[];
  /** The same notices, each with what it is about. */
  readonly said: readonly SaidNotice[];
  /** Incidents that are over: their notices, where they still stand on a screen, are taken away. */
  readonly withdrawn: readonly string[];
  readonly memory: NoticeMemory;
}

export function decideNotices(memory: NoticeMemory, look: NoticeLook): NoticeDecision {
  const withdrawn: string[] = [];
  const said: SaidNotice[] = [];
  const next: ToldIncident[] = [];
  const known = new Map(memory.map((told) => [told.condition.id, told]));
  for (const condition of look.conditions.filter((candidate) => candidate.toasts)) {
    const told = known.get(condition.id);
    known.delete(condition.id);
    const remembered = lookAt(condition, told, look);
    if (remembered?.announce) {
      said.push({ notice: noticeOf(condition), condition, occasion: remembered.announce });
    }
    if (remembered) next.push(remembered.incident);
  }
  for (const told of known.values()) {
    if (told.carried === true) {
      // It may be found again: what is restored learns of some only from the next answers.
      if (look.now - told.toldAt < reminderAfterMs) next.push(told);
      continue;
    }
    if (told.hidden === true) {
      if (mayBeShownAgain(told, look)) next.push(told);
      continue;
    }
    if (look.situation !== null) withdrawn.push(told.condition.id);
    // Nothing is known to be over while the engine cannot be asked; what ended in quiet hours is told after them.
    if (look.situation !== null && lastsUnseen(told.condition, look.situation)) next.push({ ...told, hidden: true });
    else if (look.situation === null || (look.quiet && told.announced)) next.push(told);
    else {
      const title = told.announced ? overSentence(told.condition, look.situation) : null;
      if (title === 'later') next.push(told);
      else if (title !== null) {
        said.push({ notice: overNotice(told.condition, title), condition: told.condition, occasion: 'over' });
      } else if (told.condition.tone === 'fine') next.push({ ...told, hidden: true });
    }
  }
  return { notices: said.map(({ notice }) => notice), said, withdrawn, memory: next };
}

const mayBeShownAgain = ({ condition, toldAt }: ToldIncident, { now, situation }: NoticeLook): boolean =>
  condition.tone === 'fine' ? now - toldAt < storyForMs : situation === null || lastsUnseen(condition, situation);

/** One present incident: whether to announce it, and what to remember; null: held back until later. */
function lookAt(
  condition: Condition,
  told: ToldIncident | undefined,
  { now, showing, quiet }: NoticeLook,
): { announce: Occasion | null; incident: ToldIncident } | null {
  const amount = condition.amount ?? 0;
  const remember = (announced: boolean) => ({ condition, toldAt: now, announced, amount });
  if (showing.has(condition.id)) return { announce: null, incident: remember(told?.announced ?? false) };
  const waited = told ? now - told.toldAt : Number.POSITIVE_INFINITY;
  const occasion = occasionOf(condition, told, waited);
  if (occasion !== null && !quiet) return { announce: occasion, incident: remember(true) };
  if (told === undefined) return null;
  // A smaller amount is taken over at once, so that growing again counts from there.
  return { announce: null, incident: { ...withoutMark(told), condition, amount: Math.min(told.amount, amount) } };
}

const withoutMark = ({ carried: _, hidden: __, ...told }: ToldIncident): ToldIncident => told;

function occasionOf(
  { amount = 0, tone }: Condition,
  told: ToldIncident | undefined,
  waitedMs: number,
): Occasion | null {
  if (told === undefined) return 'first';
  if (amount > told.amount && waitedMs >= growthAfterMs) return 'grown';
  return waitedMs >= reminderAfterMs && tone !== 'fine' ? 'still' : null;
}

const noticeOf = ({ id, title, meaning, said, step, path, tone }: Condition): Notice => ({
  id,
  title,
  // A long one is cut at its end: what is to be done comes before what the receiver said.
  body: [meaning, step, said ?? null].flatMap((sentence) => sentence ?? []),
  path,
  urgent: tone === 'bad',
});

const overNotice = ({ id, path }: Condition, title: Sentence): Notice => ({ id, title, body: [], path, urgent: false });

/** Whether new notices are to wait: switched off, or quiet hours by this PC's clock. */
export function areNoticesHeld({ toasts, quietHours }: Pick<Preferences, 'toasts' | 'quietHours'>, now: Date): boolean {
  const minuteOfDay = now.getHours() * 60 + now.getMinutes();
  return !toasts || (quietHours.enabled && isQuietTime(minuteOfDay, quietHours.from, quietHours.to));
}

/**
 * Whether a local time of day lies in quiet hours, which may run over midnight.
 * @param minuteOfDay local time, 0 to 1439
 * @param from `HH:MM`, inclusive
 * @param to `HH:MM`, exclusive; the same as `from` means the whole day
 */
export function isQuietTime(minuteOfDay: number, from: string, to: string): boolean {
  const start = minuteOf(from);
  const end = minuteOf(to);
  if (start === null || end === null) return false;
  return start < end ? minuteOfDay >= start && minuteOfDay < end : minuteOfDay >= start || minuteOfDay < end;
}

function minuteOf(text: string): number | null {
  const match = /^([01]\d|2[0-3]):([0-5]\d)$/.exec(text);
  return match ? Number(match[1]) * 60 + Number(match[2]) : null;
}
