import { describe, expect, test } from 'vitest';
import { decideNotices, type NoticeMemory } from '../../../electron/engine/notices/decisions.ts';
import { type AttentionParts, watchAttention } from '../../../electron/shell/attention.ts';
import type { Situation } from '../../../shared/schemas.ts';
import { createFakeClock } from '../../support/clock.ts';
import { createTestMishaps } from '../../support/ports.ts';
import { failingEndpoint, noon, running, situation } from './situations.ts';

function watched(change: Partial<AttentionParts> = {}) {
  const clock = createFakeClock(noon);
  const state = {
    now: situation() as Situation | null,
    asked: 0,
    toasts: [] as string[],
    faces: [] as number[],
    looks: [] as string[][],
  };
  let memory: NoticeMemory = [];
  const changed = watchAttention({
    async askSituation() {
      state.asked += 1;
      return state.now;
    },
    facts: () => running,
    lookForNotices: (showing) => state.looks.push([...showing]),
    decide: decideNotices,
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
    own: createTestMishaps().own,
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

  test('the tray follows what is the case, and the engine is told to look', async () => {
    const { clock, state, changed } = watched();
    state.now = situation({ endpoints: [failingEndpoint()] });
    changed();
    await clock.advance(300);
    expect(state).toMatchObject({ faces: [1], looks: [[]], toasts: [] });
  });

  test('the last known situation stands while the engine cannot be asked', async () => {
    const { clock, state, changed } = watched();
    state.now = situation({ endpoints: [failingEndpoint()] });
    changed();
    await clock.advance(300);
    state.now = null;
    changed();
    await clock.advance(300);
    expect(state.faces).toEqual([1, 1]);
  });

  test('that the engine does not run is told without it, once, not at a quiet hour, and taken away when it does', async () => {
    let engine: 'running' | 'stopped' = 'stopped';
    let isQuiet = true;
    const withdrawn: string[] = [];
    const { clock, state, changed } = watched({
      facts: () => ({ ...running, engine }),
      isQuiet: () => isQuiet,
      withdraw: (id) => withdrawn.push(id),
    });
    changed();
    await clock.advance(300);
    expect(state.toasts).toEqual([]);
    isQuiet = false;
    await clock.advance(180_000);
    expect(state.toasts).toEqual(['engine_stopped']);
    expect(state.looks).toEqual([]);
    engine = 'running';
    changed();
    await clock.advance(300);
    expect([state.toasts, withdrawn, state.looks]).toEqual([['engine_stopped'], ['engine_stopped'], [[]]]);
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
    expect(state.looks).toEqual([]);
    const id = `endpoint_failing:${failing.id}:${failing.failingSince}`;
    shown.add(id);
    await clock.advance(2000);
    expect(state.looks).toEqual([[id]]);
  });
});
