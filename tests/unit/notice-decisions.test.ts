import { describe, expect, test } from 'vitest';
import {
  decideNotices,
  isQuietTime,
  type NoticeLook,
  type NoticeMemory,
  noticeMemoryOf,
} from '../../electron/engine/notices/decisions.ts';
import { conditionsOf } from '../../shared/conditions/index.ts';
import { utcMs } from '../../shared/domain.ts';
import type { Situation } from '../../shared/schemas.ts';
import { endpoint, failingEndpoint, minutesAgo, noon, running, situation } from './desktop/situations.ts';

const hours = (count: number) => count * 3_600_000;

/** A desk at which the same situation is looked at again and again; each look tells the titles of its toasts. */
function desk() {
  let memory: NoticeMemory = [];
  return {
    look(now: Situation, more: Partial<NoticeLook> & { afterMs?: number } = {}): string[] {
      const { afterMs = 0, ...rest } = more;
      const decided = decideNotices(memory, {
        now: utcMs(noon + afterMs),
        conditions: conditionsOf(now, running),
        situation: now,
        showing: new Set(),
        quiet: false,
        ...rest,
      });
      // What is remembered lies in the database between looks.
      memory = JSON.parse(JSON.stringify(decided.memory));
      return decided.notices.map(({ title }) => title.key.replace('conditions.', ''));
    },
    get memory() {
      return memory;
    },
  };
}

const failing = situation({ endpoints: [failingEndpoint()] });
const failingTitle = 'endpoint_failing.title.setup';
const offline = situation({ connectivity: { state: 'offline', since: minutesAgo(5) }, waiting: 2 });

describe('toasts', () => {
  test('one per incident, however often it is looked at', () => {
    const front = desk();
    expect(front.look(failing)).toEqual([failingTitle]);
    expect(front.look(failing, { afterMs: 1000 })).toEqual([]);
    expect(front.look(failing, { afterMs: hours(23) })).toEqual([]);
  });

  test('a reminder once a day while it lasts', () => {
    const front = desk();
    front.look(failing);
    expect(front.look(failing, { afterMs: hours(24) })).toEqual([failingTitle]);
    expect(front.look(failing, { afterMs: hours(25) })).toEqual([]);
    expect(front.look(failing, { afterMs: hours(48) })).toEqual([failingTitle]);
  });

  test('none while the window shows it, nor right after the window is closed', () => {
    const front = desk();
    const [condition] = conditionsOf(failing, running);
    expect(front.look(failing, { showing: new Set([condition?.id ?? '']) })).toEqual([]);
    expect(front.look(failing, { afterMs: 1000 })).toEqual([]);
    expect(front.look(failing, { afterMs: hours(25) })).toEqual([failingTitle]);
  });

  test('what the person only saw in the window is not followed by an "over" toast', () => {
    const front = desk();
    const [condition] = conditionsOf(offline, running);
    front.look(offline, { showing: new Set([condition?.id ?? '']) });
    expect(front.look(situation())).toEqual([]);
    expect(front.memory).toEqual([]);
  });

  test('quiet hours hold a toast back and do not lose it', () => {
    const front = desk();
    expect(front.look(failing, { quiet: true })).toEqual([]);
    expect(front.look(failing, { afterMs: hours(6) })).toEqual([failingTitle]);
  });

  test('an incident that came and went within quiet hours is never told', () => {
    const front = desk();
    front.look(offline, { quiet: true });
    expect(front.look(situation(), { quiet: true })).toEqual([]);
    expect(front.look(situation())).toEqual([]);
  });

  test('one when it is over, and in quiet hours after them', () => {
    const front = desk();
    front.look(offline);
    expect(front.look(situation({ waiting: 2 }), { quiet: true })).toEqual([]);
    expect(front.look(situation({ waiting: 2 }), { afterMs: hours(8) })).toEqual(['connectivity.over']);
    expect(front.look(situation(), { afterMs: hours(9) })).toEqual([]);
  });

  test('a failing endpoint that recovered is told once, with the recovery alone', () => {
    const front = desk();
    front.look(failing);
    const { id, name } = endpoint();
    const recovered = situation({
      recoveries: [{ endpointId: id, name, since: minutesAgo(120), until: noon, waited: 14 }],
    });
    expect(front.look(recovered)).toEqual(['endpoint_recovered.title']);
    expect(front.look(recovered, { afterMs: hours(24) })).toEqual([]);
    expect(front.look(situation(), { afterMs: hours(25) })).toEqual([]);
  });

  test('a recovery that is shown again after the next trouble is not told again', () => {
    const front = desk();
    front.look(failing);
    const { id, name } = endpoint();
    const recovered = situation({
      recoveries: [{ endpointId: id, name, since: minutesAgo(120), until: noon, waited: 14 }],
    });
    expect(front.look(recovered, { afterMs: 1000 })).toEqual(['endpoint_recovered.title']);
    // While it fails again, nothing shows how it recovered before.
    front.look(failing, { afterMs: 2000 });
    expect(front.look(recovered, { afterMs: 3000 })).toEqual([]);
    expect(front.look(recovered, { afterMs: hours(25) })).toEqual([]);
  });

  test('a trouble of which nothing is said for a while, its set-up being changed, is not told a second time', () => {
    const front = desk();
    const told = failingEndpoint();
    expect(front.look(failing)).toEqual([failingTitle]);
    const { trouble } = told;
    const changed = { state: 'degraded' as const, trouble: trouble && { ...trouble, takesNothing: false } };
    for (const unseen of [failingEndpoint(changed), failingEndpoint({ switch: 'paused', state: 'paused' })]) {
      expect(front.look(situation({ endpoints: [unseen] }), { afterMs: 1000 })).toEqual([]);
      expect(front.look(situation({ endpoints: [unseen] }), { afterMs: 2000 })).toEqual([]);
      expect(front.look(failing, { afterMs: 3000 })).toEqual([]);
    }
    expect(front.look(failing, { afterMs: hours(24) })).toEqual([failingTitle]);
    expect(front.look(situation({ endpoints: [endpoint()] }), { afterMs: hours(25) })).toEqual([]);
    expect(front.memory).toEqual([]);
  });

  test('a new incident of the same endpoint is told anew', () => {
    const front = desk();
    front.look(failing);
    const again = situation({ endpoints: [failingEndpoint({ failingSince: minutesAgo(1) })] });
    expect(front.look(again)).toEqual([failingTitle]);
  });

  test('more refused events are told again, at most once an hour, and fewer never', () => {
    const refused = (needsAttention: number) => situation({ endpoints: [endpoint({ needsAttention })] });
    const front = desk();
    expect(front.look(refused(1))).toEqual(['delivery_needs_attention.title.one']);
    expect(front.look(refused(2), { afterMs: 60_000 })).toEqual([]);
    expect(front.look(refused(2), { afterMs: hours(1) })).toEqual(['delivery_needs_attention.title.many']);
    expect(front.look(refused(1), { afterMs: hours(3) })).toEqual([]);
    expect(front.look(refused(2), { afterMs: hours(5) })).toEqual(['delivery_needs_attention.title.many']);
  });

  test('nothing counts as over while the engine cannot be asked', () => {
    const front = desk();
    front.look(offline);
    expect(front.look(situation(), { conditions: [], situation: null })).toEqual([]);
    expect(front.look(offline)).toEqual([]);
  });

  test('what is over is taken off the screen', () => {
    const { memory } = decideNotices([], look(failing));
    expect(decideNotices(memory, look(situation())).withdrawn).toEqual(memory.map(({ condition }) => condition.id));
  });

  test('what another version remembered in another shape is dropped', () => {
    const { memory } = decideNotices([], look(failing));
    const kept = JSON.parse(JSON.stringify([null, 'text', { condition: { id: 'a' } }, ...memory])) as unknown[];
    expect(noticeMemoryOf(kept)).toEqual(memory);
  });

  test('standing facts about this PC are a banner and never a toast', () => {
    expect(desk().look(situation({ vault: { state: 'plain', unreadable: 0 } }))).toEqual([]);
  });
});

const look = (now: Situation): NoticeLook => ({
  now: noon,
  conditions: conditionsOf(now, running),
  situation: now,
  showing: new Set(),
  quiet: false,
});

describe('quiet hours', () => {
  test.each([
    ['over midnight', '22:00', '06:00', [1320, 1439, 0, 359], [360, 720, 1319]],
    ['within a day', '13:00', '14:30', [780, 869], [779, 870]],
    ['the whole day', '00:00', '00:00', [0, 700, 1439], []],
  ])('%s', (_name, from, to, quiet, loud) => {
    for (const minute of quiet) expect(isQuietTime(minute, from, to)).toBe(true);
    for (const minute of loud) expect(isQuietTime(minute, from, to)).toBe(false);
  });

  test('a time that is none is never quiet', () => {
    expect(isQuietTime(0, '25:00', '06:00')).toBe(false);
    expect(isQuietTime(0, '', '')).toBe(false);
  });
});
