import { describe, expect, test } from 'vitest';
import type { Engine, PagePrinter, SystemProxy, SystemRoots } from '../../../electron/engine/engine.ts';
import { hostEngine } from '../../../electron/engine-link/engine-host.ts';
import type { FromEngine } from '../../../electron/engine-link/engine-messages.ts';
import { type Push, RelayError } from '../../../shared/api.ts';
import { inEnglish } from '../../../shared/sentences/in-english.ts';
import { sentence } from '../../../shared/sentences/sentence.ts';

const portTaken = sentence('problem.intake_port.taken', { port: 4780, free: 4781 });

const start = {
  dataFolder: '/data',
  port: null,
  dataKey: null,
  noKey: false,
  restoreLast: false,
  isAtStartUp: false,
  plain: false,
  property: null,
  version: '1.0.0',
};
const actor = { account: 'ana', surface: 'window' } as const;
const soon = () => new Promise((resolve) => setImmediate(resolve));

function host(refusal: unknown = null) {
  const sent: FromEngine[] = [];
  const done: string[] = [];
  let system: { readonly proxy: SystemProxy; readonly roots: SystemRoots; readonly pages: PagePrinter } = {
    proxy: { resolve: async () => '' },
    roots: { read: async () => [] },
    pages: { print: async () => Buffer.alloc(0) },
  };
  let push = (_push: Push) => {};
  const engine: Engine = {
    intakeAddress: 'http://127.0.0.1:4780',
    isLocked: () => false,
    call: async () => ({ ok: true, value: null as never }),
    callUnparsed: async (name, input) => ({ ok: true, value: { name, input } }),
    onPush(listener) {
      push = listener;
      return () => {};
    },
    windowSessions: {
      open: async () => ({ cookie: '', key: '' }),
      ofCookie: () => null,
      meet: () => null,
      of: () => null,
      isOpen: () => false,
    },
    suspend: () => done.push('suspend'),
    resume: () => done.push('resume'),
    sweepNow: () => done.push('sweep'),
    lookForNotices: ({ showing }) => done.push(`look ${showing.join()}`),
    stop: async (options) => void done.push(`stop ${options?.graceMs}`),
  };
  const hear = hostEngine({
    send: (message) => sent.push(message),
    async start(_start, given) {
      system = given;
      if (refusal !== null) throw refusal;
      return { engine, unlock: (key) => void done.push(`unlock ${key}`) };
    },
    exit: (code) => done.push(`exit ${code}`),
  });
  return {
    hear,
    sent,
    done,
    push: (said: Push) => push(said),
    ask: (origin: string) => system.proxy.resolve(origin),
    readRoots: () => system.roots.read(),
    print: (html: string) => system.pages.print(html),
  };
}

describe('the engine process', () => {
  test('starts, answers calls by their number, and passes pushes on', async () => {
    const { hear, sent, push } = host();
    hear({ type: 'start', start });
    hear({ type: 'call', callId: 7, name: 'jobs.list', input: {}, actor });
    await soon();
    push({ name: 'changed', payload: { topics: ['events'] } });
    expect(sent).toContainEqual({ type: 'started' });
    expect(sent).toContainEqual({
      type: 'answer',
      callId: 7,
      result: { ok: true, value: { name: 'jobs.list', input: {} } },
    });
    expect(sent.at(-1)).toMatchObject({ type: 'push' });
  });

  test('sleeps, wakes, unlocks and stops as it is told', async () => {
    const { hear, done } = host();
    hear({ type: 'start', start });
    hear({ type: 'suspend' });
    hear({ type: 'resume' });
    hear({ type: 'unlock', dataKey: 'key' });
    await soon();
    hear({ type: 'stop', graceMs: 5000 });
    await soon();
    expect(done).toEqual(['suspend', 'resume', 'unlock key', 'stop 5000', 'exit 0']);
  });

  test('asks the desktop which proxy leads to an origin, and takes each answer for its own question', async () => {
    const { hear, sent, ask } = host();
    hear({ type: 'start', start });
    await soon();
    const one = ask('https://one.example');
    const two = ask('https://two.example');
    expect(sent.filter(({ type }) => type === 'ask_proxy')).toEqual([
      { type: 'ask_proxy', askId: 1, origin: 'https://one.example' },
      { type: 'ask_proxy', askId: 2, origin: 'https://two.example' },
    ]);
    hear({ type: 'proxy', askId: 2, list: null });
    hear({ type: 'proxy', askId: 1, list: 'PROXY a:1' });
    hear({ type: 'proxy', askId: 9, list: 'DIRECT' });
    expect(await one).toBe('PROXY a:1');
    await expect(two).rejects.toThrow('could not tell');
  });

  test('asks the desktop for the certificates that the system trusts now', async () => {
    const { hear, sent, readRoots } = host();
    hear({ type: 'start', start });
    await soon();
    const roots = readRoots();
    expect(sent).toContainEqual({ type: 'ask_roots', askId: 1 });
    hear({ type: 'roots', askId: 1, pems: ['one'] });
    expect(await roots).toEqual(['one']);
    const unread = readRoots();
    hear({ type: 'roots', askId: 2, pems: null });
    await expect(unread).rejects.toThrow('could not tell');
  });

  test('has the desktop print a page', async () => {
    const { hear, sent, print } = host();
    hear({ type: 'start', start });
    await soon();
    const page = print('<p>1</p>');
    expect(sent).toContainEqual({ type: 'ask_print', askId: 1, html: '<p>1</p>' });
    hear({ type: 'printed', askId: 1, pdf: Buffer.from('%PDF').toString('base64') });
    expect(Buffer.from(await page).toString()).toBe('%PDF');
    const failed = print('<p>2</p>');
    hear({ type: 'printed', askId: 2, pdf: null });
    await expect(failed).rejects.toThrow('could not tell');
  });

  test('says plainly why it cannot start, and ends', async () => {
    const { hear, sent, done } = host(new RelayError('conflict', portTaken));
    hear({ type: 'start', start });
    await soon();
    expect(sent).toEqual([
      { type: 'refused', error: { code: 'conflict', says: portTaken, message: inEnglish(portTaken) } },
    ]);
    expect(done).toEqual(['exit 1']);
  });

  test('asked to stop before it was started, it ends at once and starts nothing', async () => {
    const { hear, sent, done } = host();
    hear({ type: 'stop', graceMs: 5000 });
    hear({ type: 'start', start });
    await soon();
    expect(done).toEqual(['exit 0']);
    expect(sent).toEqual([]);
  });
});
