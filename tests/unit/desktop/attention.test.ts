import { describe, expect, test } from 'vitest';
import { type AttentionParts, watchAttention } from '../../../electron/shell/attention.ts';
import { ownedBy } from '../../../electron/shell/owned.ts';
import type { ToastMemory } from '../../../electron/shell/toast-decisions.ts';
import type { Situation } from '../../../shared/schemas.ts';
import { createFakeClock } from '../../support/clock.ts';
import { failingEndpoint, noon, running, situation } from './situations.ts';

function watched(change: Partial<AttentionParts> = {}) {
  const clock = createFakeClock(noon);
  const state = { now: situation() as Situation | null, asked: 0, toasts: [] as string[], faces: [] as number[] };
  let memory: ToastMemory = [];
  const changed = watchAttention({
    async askSituation() {
      state.asked += 1;
      return state.now;
    },
    facts: () => running,
    isQuiet: () => false,
    showing: () => new Set(),
    memory: () => memory,
    keepMemory: (kept) => {
      memory = kept;
    },
    toast: ({ id }) => state.toasts.push(id.split(':')[0] ?? ''),
    withdraw: () => {},
    isWindowInFront: () => false,
    draw: (conditions) => state.faces.push(conditions.length),
    nowMs: () => clock.wallMs(),
    after: (delayMs, run) => clock.after(delayMs, run),
    log: () => {},
    own: ownedBy(() => {}),
    ...change,
  });
  return { clock, state, changed };
}

describe('attention', () => {
  test('changes that come together are looked at once', async () => {
    const { clock, state, changed } = watched();
    for (let n = 0; n < 10; n += 1) changed();
    await clock.advance(300);
    expect(state.asked).toBe(1);
  });

  test('changes without end do not put the look off', async () => {
    const { clock, state, changed } = watched();
    for (let n = 0; n < 40; n += 1) {
      changed();
      await clock.advance(100);
    }
    expect(state.asked).toBeGreaterThan(8);
  });

  test('without any change it looks once a minute, for times and reminders', async () => {
    const { clock, state, changed } = watched();
    changed();
    await clock.advance(600_000);
    expect(state.asked).toBe(10);
  });

  test('tray and toast follow what is the case', async () => {
    const { clock, state, changed } = watched();
    state.now = situation({ endpoints: [failingEndpoint()] });
    changed();
    await clock.advance(300);
    expect(state).toMatchObject({ toasts: ['endpoint_failing'], faces: [1] });
  });

  test('the last known situation stands while the engine cannot be asked', async () => {
    const { clock, state, changed } = watched();
    state.now = situation({ endpoints: [failingEndpoint()] });
    changed();
    await clock.advance(300);
    state.now = null;
    changed();
    await clock.advance(300);
    expect(state).toMatchObject({ toasts: ['endpoint_failing'], faces: [1, 1] });
  });

  test('a tray that fails does not end the watch', async () => {
    const { clock, state, changed } = watched({
      draw: () => {
        throw new Error('no tray');
      },
    });
    changed();
    await clock.advance(60_300);
    expect(state.asked).toBe(2);
  });

  test('a window in front gets the time to say what it shows', async () => {
    const shown = new Set<string>();
    const { clock, state, changed } = watched({ isWindowInFront: () => true, showing: () => shown });
    const failing = failingEndpoint();
    state.now = situation({ endpoints: [failing] });
    changed();
    await clock.advance(1000);
    expect(state.faces).toEqual([1]);
    shown.add(`endpoint_failing:${failing.id}:${failing.failingSince}`);
    await clock.advance(2000);
    expect(state.toasts).toEqual([]);
  });
});
