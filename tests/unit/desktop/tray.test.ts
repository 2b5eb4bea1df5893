import { existsSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { hasTrayHost } from '../../../electron/shell/tray/tray-host.ts';
import { trayMenu } from '../../../electron/shell/tray/tray-menu.ts';
import { trayFaces, trayState } from '../../../electron/shell/tray/tray-state.ts';
import { conditionsOf } from '../../../shared/conditions/index.ts';
import { utcMs } from '../../../shared/domain.ts';
import type { Situation } from '../../../shared/schemas.ts';
import { renderSentence } from '../../../shared/sentences/index.ts';
import { endpoint, failingEndpoint, noon, running, situation, source, troubled } from './situations.ts';

const stateOf = (now: Situation) => trayState(conditionsOf(now, running), now);
const wordsOf = (now: Situation | null) =>
  trayMenu(now === null ? [] : conditionsOf(now, running), now).map((entry) =>
    entry.kind === 'separator' ? '—' : renderSentence(entry.text, 'en', { timeZone: 'Asia/Manila', now: noon }),
  );

describe('the tray icon', () => {
  test.each<[string, Partial<Situation>]>([
    ['fine', {}],
    ['failing', { endpoints: [failingEndpoint()] }],
    ['failing', { endpoints: [endpoint({ needsAttention: 1 })] }],
    ['attention', { sources: [source({ quietSince: noon })] }],
    ['offline', { connectivity: { state: 'offline', since: noon } }],
    ['offline', { clock: { skewMs: -900_000, wrong: true, since: noon } }],
    ['paused', { pausedUntil: utcMs(noon + 1) }],
    ['failing', { endpoints: [failingEndpoint()], connectivity: { state: 'offline', since: noon } }],
    ['fine', { vault: { state: 'plain', unreadable: 0 } }],
    ['failing', { endpoints: [endpoint({ state: 'degraded', health: 'degraded', trouble: troubled() })] }],
    ['attention', { endpoints: [endpoint({ trouble: troubled({ outcome: 'throttled', status: 429 }) })] }],
    ['attention', { endpoints: [endpoint({ trouble: troubled({ takesNothing: false }) })] }],
    ['paused', { endpoints: [endpoint({ switch: 'paused', state: 'paused', waiting: 6 })] }],
    ['paused', { endpoints: [], sources: [] }],
  ])('shows %s (%#)', (face, change) => {
    expect(stateOf(situation(change)).face).toBe(face);
  });

  test('counts what waits only while something is wrong', () => {
    const waitingEvents = { events: 14, endpoints: 1 };
    expect(stateOf(situation({ waitingEvents, endpoints: [endpoint({ waiting: 14 })] })).count).toBe(0);
    expect(stateOf(situation({ waitingEvents, endpoints: [failingEndpoint()] })).count).toBe(14);
  });

  test('has a picture for each face, system and theme', () => {
    for (const face of trayFaces) {
      for (const name of ['Template.png', 'Template@2x.png', '-light-22.png', '-dark-22@2x.png', '-dark.ico']) {
        expect(existsSync(`build/icons/tray/${face}${name}`), `${face}${name}`).toBe(true);
      }
    }
  });
});

describe("the tray's menu", () => {
  test('says the same facts in words', () => {
    expect(wordsOf(situation({ waiting: 14, endpoints: [failingEndpoint()] }))).toEqual([
      'Bookkeeping does not accept this address',
      '14 events wait for Bookkeeping',
      'Last event: 11:48',
      '—',
      'Open Roost Relay',
      'Pause deliveries for an hour',
      '—',
      'Quit…',
    ]);
  });

  test('says that all is well, and offers to resume what was paused', () => {
    expect(wordsOf(situation())[0]).toBe('All 63 events of today were delivered by 11:48.');
    expect(wordsOf(situation({ endpoints: [], sources: [] }))[0]).toMatch(/^Nothing is set up yet/);
    expect(wordsOf(situation({ pausedUntil: utcMs(noon + 1000) }))).toContain('Resume deliveries');
  });

  test('names the first troubles and counts the rest', () => {
    const endpoints = [1, 2, 3, 4, 5, 6, 7, 8].map((n) =>
      failingEndpoint({ id: `ep_01ARZ3NDEKTSV4RRFFQ69G5FA${n}` as ReturnType<typeof endpoint>['id'] }),
    );
    expect(wordsOf(situation({ endpoints }))[6]).toBe('and 2 more');
  });

  test('cannot pause an engine that has not answered yet', () => {
    const pause = trayMenu([], null).find((entry) => entry.kind === 'command' && entry.command === 'pause_for_an_hour');
    expect(pause).toMatchObject({ enabled: false });
  });
});

describe('a host for trays', () => {
  const linux = { platform: 'linux', desktop: 'ubuntu:GNOME', sessionType: 'x11' } as const;
  test.each([
    ['Windows always has one', { ...linux, platform: 'win32' as const }, false, true],
    ['a watcher on the bus is one, on GNOME and Wayland too', { ...linux, sessionType: 'wayland' }, true, true],
    ['GNOME without its extension has none', linux, false, false],
    ['a panel on X11 may be one', { ...linux, desktop: 'XFCE' }, false, true],
    ['Wayland without a watcher has none', { ...linux, desktop: 'sway', sessionType: 'wayland' }, false, false],
  ])('%s', async (_name, session, owner, expected) => {
    expect(await hasTrayHost({ ...session, hasOwner: async () => owner })).toBe(expected);
  });
});
