/** A source that reads a database, in an intake whose waits are short. */
import type { Clock } from '../../electron/engine/ports.ts';
import type { Settings, Source } from '../../shared/schemas.ts';
import { fastClock } from './fast-clock.ts';
import { operator, startIntake, type TestIntake } from './intake.ts';
import { until } from './until.ts';

const sourceThread = new URL('../../electron/engine/source-thread.ts', import.meta.url);

export interface Reading extends AsyncDisposable {
  readonly test: TestIntake;
  events(): string[];
  source(): Source;
  /** Resolves once it has looked several times more. */
  looks(): Promise<void>;
  /** This PC's clock goes on at once by so much. */
  later(byMs: number): void;
}

/**
 * @param settings of the property; its defaults unless given
 * @param more the preset, and what is chosen with it
 */
export async function read(
  config: Record<string, unknown>,
  settings: Partial<Settings> = {},
  more: { readonly preset?: string; readonly config?: Record<string, unknown> } = {},
): Promise<Reading> {
  const fast = fastClock(20);
  let beats = 0;
  let laterMs = 0;
  const clock: Clock = {
    ...fast,
    wallMs: () => fast.wallMs() + laterMs,
    after(delayMs, run) {
      if (delayMs === 5_000) beats += 1;
      return fast.after(delayMs, run);
    },
  };
  const test = await startIntake({ clock, settings, sources: { sourceThread } });
  await test.intake.handlers['sources.add'](
    {
      ...{ name: 'PMS', kind: 'sql', config: { ...config, ...more.config } },
      ...(more.preset === undefined ? {} : { shaping: { preset: more.preset } }),
    },
    operator,
  );
  return {
    test,
    events: () => test.events().map(({ type, entity_id }) => `${type} ${entity_id}`),
    source: () => test.intake.sources()[0] as Source,
    async looks() {
      // The spool folder is looked at in the same beat.
      const from = beats;
      await until(
        () => beats,
        (now) => now >= from + 12,
      );
    },
    later(byMs) {
      laterMs += byMs;
    },
    [Symbol.asyncDispose]: () => test.stop(),
  };
}

/** What it took in and could not make an event of, oldest first. */
export const kept = ({ test }: Reading) =>
  test.context.writer
    .prepare<[], { raw: string }>("SELECT raw FROM messages WHERE state = 'kept' ORDER BY seq")
    .all()
    .map(({ raw }) => JSON.parse(raw) as Record<string, unknown>);
