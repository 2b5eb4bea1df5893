/**
 * What this PC does to the events that wait: that it sleeps while they do, and that it starts long before this app, as it
 * does after an update of the system that restarts it at night with nobody signed in. Remembered for some days, so that it
 * is told of once it is a habit.
 */
import { type UtcMs, utcMs } from '../../../shared/domain.ts';
import type { Situation } from '../../../shared/schemas.ts';
import type { EngineContext } from '../context.ts';
import { localDay } from '../local-time.ts';
import { createMetaTable, type MetaKey, metaKey } from '../store/meta.ts';

const minuteMs = 60_000;
const dayMs = 86_400_000;
/** A shorter sleep keeps nobody waiting until morning, in milliseconds. */
const longSleepMs = 60 * minuteMs;
const sleepsKeptMs = 7 * dayMs;
/** So much later than the PC, in milliseconds, somebody who has come to work does not start it. */
const lateMs = 30 * minuteMs;
const startsKeptMs = 14 * dayMs;
/** Told of from the second time on. */
const habit = 2;
const mostKept = 20;

interface Sleep {
  readonly from: number;
  readonly until: number;
  /** Events that could have gone out meanwhile. */
  readonly events: number;
}

interface LateStart {
  readonly pcAt: number;
  readonly appAt: number;
}

/** How the PC's times stood at the last start of the engine. */
interface LastStart {
  readonly wallMs: number;
  readonly uptimeMs: number;
}

export interface PcBook {
  /** The engine starts. @param withSystem by a task of the system's, which needs nobody to sign in */
  started(withSystem: boolean): Promise<void>;
  /** The system says that it goes to sleep. */
  fallsAsleep(): void;
  /** The system says that it woke; before anything goes out. */
  wakesUp(): void;
  facts(): Omit<Situation['pc'], 'loginItemWorks'>;
}

export interface PcBookParts {
  readonly context: Pick<EngineContext, 'clock' | 'writer' | 'commit' | 'settings' | 'mishaps' | 'changes'>;
  /** Whether what is due is sent: there is a way out, and nobody has paused it. */
  readonly isSending: () => boolean;
  /** Events that are due now at endpoints that take them. */
  readonly dueEvents: () => number;
}

export function createPcBook({ context, isSending, dueEvents }: PcBookParts): PcBook {
  const { clock, writer, commit, settings, mishaps, changes } = context;
  const meta = createMetaTable(writer);
  const read = <Value>(key: MetaKey, none: Value): Value => {
    const kept = meta.get(key);
    return kept === undefined ? none : (JSON.parse(kept) as Value);
  };
  let sleeps = read<readonly Sleep[]>(metaKey.pcSleeps, []);
  let lateStarts = read<readonly LateStart[]>(metaKey.pcLateStarts, []);
  let asleepSince: number | null = null;

  const recent = <Kept>(all: readonly Kept[], atOf: (one: Kept) => number, keptMs: number): readonly Kept[] => {
    const now = clock.wallMs();
    // One that lies ahead was written while the clock was wrong.
    return all.filter((one) => atOf(one) <= now && now - atOf(one) < keptMs).slice(-mostKept);
  };

  function sleptThrough(from: number): void {
    const until = clock.wallMs();
    const events = until - from < longSleepMs ? 0 : dueEvents();
    if (events === 0) return;
    sleeps = [...recent(sleeps, (sleep) => sleep.until, sleepsKeptMs), { from, until, events }];
    const write = commit.transact(() => meta.put(metaKey.pcSleeps, JSON.stringify(sleeps)));
    mishaps.own('what waited while this PC slept', write);
    changes.touch('situation');
  }

  return {
    async started(withSystem) {
      const now: LastStart = { wallMs: Math.round(clock.wallMs()), uptimeMs: Math.round(clock.uptimeMs()) };
      const last = read<LastStart | null>(metaKey.pcLastStart, null);
      const pcAt = now.wallMs - now.uptimeMs;
      const isAnotherRun = last !== null && (now.uptimeMs < last.uptimeMs || pcAt > last.wallMs);
      lateStarts = withSystem ? [] : recent(lateStarts, ({ appAt }) => appAt, startsKeptMs);
      if (!withSystem && isAnotherRun && now.uptimeMs >= lateMs) {
        lateStarts = [...lateStarts, { pcAt, appAt: now.wallMs }];
      }
      await commit.transact(() => {
        meta.put(metaKey.pcLastStart, JSON.stringify(now));
        meta.put(metaKey.pcLateStarts, JSON.stringify(lateStarts));
      });
    },
    fallsAsleep() {
      asleepSince = isSending() ? clock.wallMs() : null;
    },
    wakesUp() {
      const from = asleepSince;
      asleepSince = null;
      if (from !== null) sleptThrough(from);
    },
    facts() {
      const { timeZone } = settings.current();
      const slept = recent(sleeps, ({ until }) => until, sleepsKeptMs);
      const nights = new Set(slept.map(({ until }) => localDay(until, timeZone).toString())).size;
      const lastSleep = slept.at(-1);
      const late = recent(lateStarts, ({ appAt }) => appAt, startsKeptMs);
      const lastStart = late.at(-1);
      return {
        slept:
          lastSleep === undefined || nights < habit
            ? null
            : { nights, from: at(lastSleep.from), until: at(lastSleep.until), events: lastSleep.events },
        lateStarts:
          lastStart === undefined || late.length < habit
            ? null
            : { count: late.length, pcAt: at(lastStart.pcAt), appAt: at(lastStart.appAt) },
      };
    },
  };
}

const at = (ms: number): UtcMs => utcMs(Math.round(ms));
