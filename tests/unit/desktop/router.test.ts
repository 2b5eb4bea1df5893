import { describe, expect, test } from 'vitest';
import { rememberChosenFiles } from '../../../electron/ipc/chosen-files.ts';
import { createPreloadClient, type IpcEnd } from '../../../electron/ipc/preload-client.ts';
import { createRouter, type SurfaceHandlers } from '../../../electron/ipc/router.ts';
import { calls, RelayError, surfaceCalls } from '../../../shared/api.ts';
import { sentence } from '../../../shared/sentences/sentence.ts';

/** Every surface call as a double that says which one was made. */
const surfaceDouble = (change: Partial<SurfaceHandlers> = {}): SurfaceHandlers =>
  ({
    ...Object.fromEntries(Object.keys(surfaceCalls).map((name) => [name, () => ({ answeredBy: name })])),
    ...change,
  }) as SurfaceHandlers;

function gate(change: { trusted?: boolean; surface?: Partial<SurfaceHandlers> } = {}) {
  const asked: unknown[][] = [];
  const logged: string[] = [];
  const files = rememberChosenFiles();
  const route = createRouter<string>({
    isTrusted: () => change.trusted ?? true,
    surface: surfaceDouble(change.surface),
    engine: async (...args) => {
      asked.push(args);
      return { ok: true, value: null as never };
    },
    actor: { account: 'ana', surface: 'window' },
    files,
    log: (message, detail) => logged.push(`${message}: ${detail}`),
  });
  return { route: (name: unknown, input: unknown) => route('window', name, input), asked, logged, files };
}

const endpointId = 'ep_01ARZ3NDEKTSV4RRFFQ69G5FAV';

describe('the router', () => {
  test('passes an engine call on with its defaults filled in and with who acts', async () => {
    const { route, asked } = gate();
    expect(await route('endpoints.pause', { id: endpointId })).toEqual({ ok: true, value: null });
    expect(asked).toEqual([
      ['endpoints.pause', { id: endpointId, until: null }, { account: 'ana', surface: 'window' }],
    ]);
  });

  test('answers every call of the surface itself', async () => {
    const { route, asked, files } = gate();
    files.remember('page', '/chosen');
    const inputs: Record<string, object> = {
      'preferences.change': { change: {} },
      'surface.chooseFile': { purpose: 'export', name: 'a.csv' },
      'surface.savePdf': { file: '/chosen' },
      'surface.showFile': { file: '/a' },
      'surface.openExternal': { url: 'https://a' },
      'surface.copy': { text: 'a' },
      'surface.showing': { conditions: [], path: '/' },
    };
    for (const name of Object.keys(surfaceCalls)) {
      expect(await route(name, inputs[name] ?? {})).toEqual({ ok: true, value: { answeredBy: name } });
    }
    expect(asked).toEqual([]);
  });

  test('asks nobody for an unknown caller', async () => {
    const { route, asked } = gate({ trusted: false });
    for (const name of Object.keys(calls)) expect(await route(name, {})).toMatchObject({ ok: false });
    expect(asked).toEqual([]);
  });

  test.each([
    ['a name that is no call', 'endpoints.hack', {}],
    ['a name of every object', 'constructor', {}],
    ['a name that is no text', ['situation.get'], {}],
    ['an unknown member', 'situation.get', { more: 1 }],
    ['a member of another type', 'endpoints.get', { id: 7 }],
    ['an id of another kind', 'endpoints.get', { id: 'evt_01ARZ3NDEKTSV4RRFFQ69G5FAV' }],
    ['no argument at all', 'endpoints.get', undefined],
    ['a text over its limit', 'deliveries.list', { filter: { text: 'x'.repeat(201) } }],
    ['an argument over the whole limit', 'endpoints.test', { id: endpointId, data: { x: 'x'.repeat(1_300_000) } }],
  ])('refuses %s', async (_what, name, input) => {
    const { route, asked } = gate();
    expect(await route(name, input)).toMatchObject({ ok: false, error: { code: 'bad_input' } });
    expect(asked).toEqual([]);
  });

  test('names the member at fault', async () => {
    expect(await gate().route('endpoints.add', { endpoint: { url: 'https://a', events: [] } })).toMatchObject({
      error: { member: 'endpoint.events' },
    });
  });

  test('lets only such folders be written into by the clock as its own dialog gave', async () => {
    const { route, asked, files } = gate();
    const schedule = { every: 'night', format: 'csv', folder: '/home/ana/exports' };
    files.remember('export', schedule.folder);
    expect(await route('schedules.add', { schedule })).toMatchObject({ error: { member: 'schedule.folder' } });
    expect(asked).toHaveLength(0);
    files.remember('folder', schedule.folder);
    expect(await route('schedules.add', { schedule })).toMatchObject({ ok: true });
    expect(await route('schedules.add', { schedule: { ...schedule, folder: null } })).toMatchObject({ ok: true });
  });

  test('lets only such paths through as its own dialog gave for that purpose', async () => {
    const { route, asked, files } = gate();
    const start = { filter: {}, format: 'csv', file: '/home/ana/log.csv' };
    expect(await route('export.start', start)).toMatchObject({ ok: false, error: { member: 'file' } });
    files.remember('backup', '/home/ana/log.csv');
    expect(await route('export.start', start)).toMatchObject({ ok: false });
    expect(await route('backup.restore', { file: '/etc/passwd' })).toMatchObject({ ok: false });
    for (const path of ['../backups.db', 'C:backups.db', '..\\backups.db'])
      expect(await route('backup.restore', { file: path })).toMatchObject({ ok: false, error: { member: 'file' } });
    expect(asked).toHaveLength(0);
    expect(await route('backup.restore', { file: 'nightly 2026-11-23T03-00-00.db' })).toMatchObject({ ok: true });
    asked.pop();
    files.remember('export', '/home/ana/log.csv');
    expect(await route('export.start', start)).toEqual({ ok: true, value: null });
    expect(await route('export.start', { ...start, file: null })).toEqual({ ok: true, value: null });
    expect(asked).toHaveLength(2);
    // The dialog asked whether a file of that name may be replaced.
    expect(asked[0]?.[1]).toMatchObject({ file: '/home/ana/log.csv', replace: true });
    expect(asked[1]?.[1]).not.toMatchObject({ replace: true });
  });

  test('an error of the closed set keeps its sentence; any other keeps its stack to itself', async () => {
    const { route, logged } = gate({
      surface: {
        'surface.copy': () => {
          throw new RelayError('not_possible', sentence('problem.desktop_only.copy'), { detail: 'none' });
        },
        'preferences.get': () => {
          throw new TypeError('/home/ana/secret.ts exploded');
        },
      },
    });
    expect(await route('surface.copy', { text: 'a' })).toEqual({
      ok: false,
      error: {
        code: 'not_possible',
        says: { key: 'problem.desktop_only.copy', params: {} },
        message: expect.stringContaining('Copying'),
        detail: 'none',
      },
    });
    const answer = await route('preferences.get', {});
    expect(answer).toMatchObject({ ok: false, error: { code: 'internal' } });
    expect(JSON.stringify(answer)).not.toContain('exploded');
    expect(logged.join()).toContain('exploded');
  });
});

describe("the preload's client", () => {
  test('gives the page pushes without the event that holds the sender, and stops when told', () => {
    const listeners = new Set<(event: unknown, payload: unknown) => void>();
    const ipc: IpcEnd = {
      invoke: async () => null,
      on: (_channel, listener) => listeners.add(listener),
      removeListener: (_channel, listener) => listeners.delete(listener),
    };
    const heard: unknown[][] = [];
    const end = createPreloadClient(ipc).onPush((...args) => heard.push(args));
    const push = { name: 'navigate', payload: { path: '/' } };
    for (const listener of listeners) listener({ sender: 'ipc' }, push);
    end();
    expect(heard).toEqual([[push]]);
    expect(listeners.size).toBe(0);
  });

  test('makes each call over the one channel', async () => {
    const invoked: unknown[][] = [];
    const client = createPreloadClient({
      invoke: async (...args) => void invoked.push(args),
      on: () => {},
      removeListener: () => {},
    });
    await client.call('situation.get', {});
    expect(invoked).toEqual([['relay:call', 'situation.get', {}]]);
  });
});
