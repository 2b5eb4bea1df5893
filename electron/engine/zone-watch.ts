/**
 * The time zone of this PC while the engine runs: somebody sets another one, or a laptop travels. Node finds it out once
 * in a process's life, unless TZ is touched: taking it away, though it is not there, has it looked for anew (a third of a
 * millisecond, measured). What a person chose in the settings stays; due times are instants and do not move.
 */
import type { EngineContext } from './context.ts';

/** Between two looks, in milliseconds. */
const lookEveryMs = 60_000;

/** As the system has it now; where TZ names one, that is meant, and stays. */
export function systemTimeZone(): string {
  if (process.env.TZ === undefined) delete process.env.TZ;
  return Intl.DateTimeFormat().resolvedOptions().timeZone;
}

export interface ZoneWatch {
  /** Looks now: after sleep, say. */
  look(): void;
  stop(): void;
}

export function watchTimeZone(
  { settings, changes, logger }: Pick<EngineContext, 'settings' | 'changes' | 'logger'>,
  zoneNow: () => string = systemTimeZone,
): ZoneWatch {
  let known = zoneNow();

  function look(): void {
    const timeZone = zoneNow();
    if (timeZone === known) return;
    known = timeZone;
    logger.info({ timeZone }, 'the time zone of this PC is another one');
    settings.defaultsTo({ timeZone });
    changes.touch('settings');
    changes.touch('situation');
  }

  // The machine's own timer: a minute is a minute, whatever the clocks are set to.
  const beat = setInterval(look, lookEveryMs);
  beat.unref();
  return { look, stop: () => clearInterval(beat) };
}
