/**
 * What strangers wrote (a PMS, a guest, a receiver, whoever names a file) does nothing in a terminal: planted wherever
 * it can come in, and looked for in what every command of the program's own table prints.
 */
import { readFileSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { Command } from 'commander';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { createProgram } from '../../electron/cli/run.ts';
import { openLogFile } from '../../electron/log-file.ts';
import { certificateOfKind } from '../support/certificates.ts';
import { type Ran, relayInProcess, silentIo } from '../support/command-line.ts';
import { startTestEngine, type TestEngine } from '../support/engine.ts';
import { spawnEngine } from '../support/engine-process.ts';
import { type TemporaryFolder, temporaryFolder } from '../support/folder.ts';
import { ways } from '../support/parity.ts';
import { type Receiver, startReceiver } from '../support/receiver.ts';

/** Clears the screen, names the window, C1, DEL, new lines, BiDi marks, a zero-width space, a line separator. */
const hostile = 'A\u001b[2J\u001b]0;x\u0007\u009b31m\u0085\u007f\r\nB\u202e\u2066\u200b\u2028';
/** In a name of a file, where Windows takes no control characters. */
const hostileName = process.platform === 'win32' ? 'A\u202e\u2066\u200b' : hostile;
const speaks = /(?![\n\t])[\p{Cc}\p{Zl}\u202a-\u202e\u2066-\u2069\u200b]/u;
const long = `${'x'.repeat(700)}${'漢'.repeat(300)}`;

/** As it is shown: in a line, or in JSON. */
const escaped = /\\x1b\[2J|\\u001b\[2J|\\u202e/;

let folder: TemporaryFolder;
let engine: TestEngine;
let receiver: Receiver;
let raw: { readonly server: Server; readonly url: string };
const ids = {} as Record<
  | 'event'
  | 'delivery'
  | 'waiting'
  | 'endpoint'
  | 'other'
  | 'source'
  | 'shaped'
  | 'message'
  | 'refusal'
  | 'job'
  | 'schedule',
  string
>;

/** Which calls the commands make, by the command. */
const made = new Map<string, ReadonlySet<string>>();
const asked: string[] = [];
function watchCalls(): void {
  const { fetch } = globalThis;
  vi.stubGlobal('fetch', (input: string | URL, ...rest: [RequestInit?]) => {
    asked.push(/\/control\/([\w.]+)$/.exec(String(input))?.[1] ?? '');
    return fetch(input, ...rest);
  });
}

const relay = (args: readonly string[], columns: number | null = 100): Promise<Ran> =>
  relayInProcess(engine.dataFolder, args, { columns });

/** Jobs go by the engine's clock. */
async function whileTimePasses<Value>(work: Promise<Value>): Promise<Value> {
  let isOver = false;
  const over = work.finally(() => {
    isOver = true;
  });
  while (!isOver) {
    await engine.clock.advance(1_000);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  return over;
}

/** Nothing in it speaks to a terminal, and no cell is wider than one. */
function expectHarmless({ out, err }: Pick<Ran, 'out' | 'err'>, what: string): void {
  // Our own progress in a terminal.
  const text = out + err.replaceAll(/\r(\d+ of (\d+|\?))?/g, '');
  expect(text, what).not.toMatch(speaks);
  expect(text, what).not.toMatch(/ {101}/);
}

/** Answers with header lines that Node itself would not write. */
async function rawReceiver(answer: string): Promise<typeof raw> {
  const { certPem, keyPem } = await certificateOfKind('valid');
  const server = createServer({ cert: certPem, key: keyPem }, (request, response) => {
    request.resume().on('end', () => response.socket?.end(Buffer.from(answer, 'latin1')));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { server, url: `https://127.0.0.1:${(server.address() as AddressInfo).port}/` };
}

const post = async (path: string, body: string, headers: Record<string, string> = {}) =>
  fetch(`${engine.engine.intakeAddress}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${engine.token}`, ...headers },
    body,
  });

beforeAll(async () => {
  folder = await temporaryFolder();
  const dataFolder = join(folder.path, hostileName);
  await mkdir(dataFolder);
  engine = await startTestEngine({ dataFolder, openWindow: () => 'http://127.0.0.1:1/#key' });
  receiver = await startReceiver();
  raw = await rawReceiver(
    'HTTP/1.1 400 A\u001b[2J\r\nx-said: A\u001b[2J\u001b]0;x\u0007\u009b31m\u0085\r\ncontent-length: 0\r\n\r\n',
  );
  const { caPem } = receiver;
  await engine.call('settings.change', { change: { propertyName: hostile } });
  const source = await engine.call('sources.add', { name: hostile, propertyId: hostile });
  ids.source = source.id;
  const template = '{"event":"{{ message.kind | type }}","data":{{ message | json }}}';
  const shaped = await engine.call('sources.add', { name: `5${hostile}`, shaping: { shape: template } });
  ids.shaped = shaped.id;
  const unknown = JSON.stringify({ kind: hostile, [hostile]: long });
  await fetch(shaped.secretUrl, { method: 'POST', body: unknown });
  const [kept] = await engine.call('sources.messages', { id: shaped.id, keptOnly: true });
  ids.message = String(kept?.id);
  const added = await engine.addEndpoint(receiver, {
    description: `1${hostile}`,
    events: ['booking.created'],
    headers: [{ name: 'X-Key', value: 'k1' }],
  });
  ids.endpoint = added.id;
  ids.other = (
    await engine.addEndpoint(receiver, { url: raw.url, caPem, description: hostile, events: ['order.created'] })
  ).id;
  receiver.answerWith({
    status: 422,
    headers: { 'content-type': 'application/json', 'x-said': '\u009b31m\u0085é', server: '\u009b2J' },
    body: JSON.stringify({ message: hostile, long }),
  });
  const data = { booking_id: `bk-${hostile}`, guest_name: hostile, room: hostile, notes: `${hostile}${long}` };
  const posted = await engine.post('booking.created', data, { id: hostile, property_id: hostile });
  expect([posted.status, posted.body.message]).toEqual([202, undefined]);
  ids.event = posted.body.id ?? '';
  await engine.post('order.created', { order_id: hostile });
  const { rows } = await engine.until(
    () => engine.call('deliveries.list', { filter: {}, limit: 10 }),
    (page) => page.rows.length === 2 && page.rows.every(({ lastAttemptAt }) => lastAttemptAt !== null),
  );
  ids.delivery = rows.find(({ event }) => event === 'booking.created')?.id ?? '';
  ids.waiting = rows.find(({ event }) => event === 'order.created')?.id ?? '';
  const odd = { 'user-agent': '\u009b31m', 'x-odd': '\u0085é' };
  await post('/v1/events', JSON.stringify({ event: 'booking.created', data: {}, [hostile]: 1 }), odd);
  await post('/v1/events/%1b%5b2J%9b', '{}', odd);
  await post('/v1/events', `{"event":"${hostile}`, odd);
  ids.refusal = String((await engine.call('sources.refusals', {})).find(({ hasBody }) => hasBody)?.id);
  const job = await engine.call('export.start', {
    format: 'csv',
    file: join(folder.path, `${hostileName}.csv`),
  });
  ids.job = job.id;
  await engine.engine.windowSessions.open(hostile);
  watchCalls();
}, 60_000);
afterAll(async () => {
  vi.unstubAllGlobals();
  await engine?.stop();
  await receiver?.stop();
  raw?.server.close();
  await folder?.remove();
});

/** The leaves of the program's own table, with what each asks for. */
const { program } = createProgram(silentIo(), false);
const leaves = (command: Command, path: readonly string[] = []): readonly (readonly [string, Command])[] =>
  command.commands.length === 0
    ? [[path.join(' '), command]]
    : command.commands.flatMap((one) => leaves(one, [...path, one.name()]));
const all = leaves(program);

/** What shows a stranger's text says it in escapes; `code`: where it is no 0. */
interface Look {
  readonly args?: () => readonly string[];
  readonly shows?: boolean;
  readonly code?: number;
  /** What has to be so for it to have something to do. */
  readonly before?: () => Promise<unknown>;
}
const shows = true;
const endpoint = { args: () => [ids.endpoint] };
const file = (name: string) => join(folder.path, `${name}${hostileName}`);

/** Every command, in an order in which each has something to do. */
const looks: Readonly<Record<string, Look>> = {
  'source add': { args: () => ['--name', `${hostile}2`, '--property', hostile], shows },
  'source list': { shows },
  'source preset': { args: () => ['odoo'] },
  'source change': { args: () => [ids.source, '--name', `3${hostile}`], shows },
  'source show': { args: () => [ids.shaped], shows },
  'source messages': { args: () => [ids.shaped], shows },
  'source message': { args: () => [ids.message], shows },
  'source preview': { args: () => [ids.shaped], shows },
  'source try': {
    args: () => ['--kind', 'folder', '--set', `folder=${join(folder.path, 'dropped')}`],
    before: async () => {
      await mkdir(join(folder.path, 'dropped'), { recursive: true });
      await writeFile(join(folder.path, 'dropped', 'rows.csv'), `booking_id,guest_name\r\n1,"${hostile}"\r\n`);
    },
    shows,
  },
  'source paste': {
    args: () => [file('rows.csv'), '--source', ids.shaped, '--preview'],
    before: () => writeFile(file('rows.csv'), `booking_id,guest_name\r\n1,"${hostile}"\r\n`),
    shows,
  },
  'source script': { args: () => ['--database', 'mysql', '--system', 'qloapps'] },
  'source retake': { args: () => [ids.shaped], shows },
  'source gone': { args: () => [ids.shaped] },
  'source take': { args: () => [ids.message], shows, code: 2 },
  'source drop': { args: () => [ids.shaped] },
  'source replace-token': { args: () => [ids.source], shows },
  'source refusals': { shows },
  'source revoke': { args: () => [ids.source], shows },
  'refusal show': { args: () => [ids.refusal], shows },
  'refusal retry': { args: () => [ids.refusal], code: 2 },
  'endpoint add': {
    args: () => ['--url', 'https://hooks.example.com/', '--description', `4${hostile}`, '--yes'],
    shows,
  },
  'endpoint change': { args: () => [ids.other, '--description', `5${hostile}`], shows },
  'endpoint list': { shows },
  'endpoint show': { args: () => [ids.endpoint, '--reveal'], shows },
  'endpoint preset': { args: () => ['xml'] },
  'endpoint preview': { args: () => [ids.endpoint, '--event-id', ids.event], shows },
  'endpoint test': { ...endpoint, code: 1, shows },
  'endpoint enable': { ...endpoint, shows },
  'endpoint rotate': endpoint,
  'endpoint enter-again': { args: () => [ids.endpoint, '--secret', 'a secret of our own'], shows },
  'endpoint statistics': endpoint,
  'endpoint try-now': { args: () => [ids.other], shows, code: 1 },
  'endpoint send-waiting': { ...endpoint, shows },
  'endpoint send-past': { args: () => [ids.endpoint, '--again'], shows },
  'endpoint pause': { ...endpoint, shows },
  'endpoint resume': { ...endpoint, shows },
  'held list': endpoint,
  'held send': { args: () => [ids.endpoint, '--yes'], shows },
  'held skip': { args: () => [ids.endpoint, '--yes'], shows },
  'try-now': {},
  'endpoint remove': { args: () => [ids.other], shows },
  'endpoint restore': { args: () => [ids.other, '--yes'], shows },
  emit: {
    args: () => ['booking.created', '--payload', JSON.stringify({ booking_id: hostile }), '--id', `7${hostile}`],
  },
  events: { shows },
  'event show': { args: () => [ids.event], shows },
  'event send': { args: () => [ids.event, '--to', ids.other], shows },
  story: { args: () => [`bk-${hostile}`], shows },
  deliveries: { shows },
  delivery: { args: () => [ids.delivery], shows },
  cancel: { args: () => [ids.waiting], shows },
  uncancel: { args: () => [ids.waiting], shows },
  resend: { args: () => ['--event', 'booking.created'], shows },
  export: { args: () => ['--format', 'jsonl'], shows },
  'export-schedule add': { args: () => ['--folder', join(folder.path, `out${hostileName}`)], shows },
  'export-schedule list': {
    before: async () => {
      const [schedule] = await engine.call('schedules.list', {});
      ids.schedule = schedule?.id ?? '';
    },
    shows,
  },
  'export-schedule change': { args: () => [ids.schedule, '--keep', '90'], shows },
  'export-schedule run': { args: () => [ids.schedule], shows },
  'export-schedule remove': { args: () => [ids.schedule] },
  'privacy list': {},
  'privacy set': { args: () => ['tour_leader', 'keep'] },
  'privacy unset': { args: () => ['tour_leader'] },
  'pin show': {},
  'pin set': { args: () => ['--pin-file', file('pin')], before: () => writeFile(file('pin'), '730415') },
  'pin lock-after': { args: () => ['10'] },
  'pin remove': {},
  'settings show': {},
  'settings set': { args: () => ['--property', hostile, '--property-name', hostile], shows },
  'settings addresses': {},
  status: { shows },
  doctor: { shows },
  'support-bundle': { args: () => ['--preview'] },
  pause: {},
  resume: {},
  outages: {},
  audit: { shows },
  week: {},
  forget: { args: () => ['--name', hostile.slice(0, 150)] },
  open: {},
  backup: { args: () => ['--file', file('backup')], shows },
  backups: {},
  restore: { args: () => [file('backup')], shows },
  'job list': {},
  'job show': { args: () => [ids.job], shows },
  'job pause': { args: () => [ids.job], code: 2 },
  'job resume': { args: () => [ids.job], code: 2 },
  'job cancel': { args: () => [ids.job], code: 2 },
  'session list': { shows },
  'session end': { args: () => ['--all'] },
  'bench start': {},
  'bench behave': { args: () => ['--as', 'ok'] },
  'bench point': { args: () => [ids.endpoint, '--yes'], shows },
  'bench show': {
    args: () => ['--bodies'],
    before: async () => {
      await engine.post('booking.created', { booking_id: hostile });
      const took = () => engine.call('endpoints.get', { id: ids.endpoint as never });
      await engine.until(took, ({ swallowed }) => swallowed > 0);
    },
    shows,
  },
  'bench release': { ...endpoint, shows },
  'bench send-on': { ...endpoint, shows },
  'bench leave': { ...endpoint, shows },
  'bench clear': {},
  'bench stop': {},
  'startup-task add': { shows },
  'startup-task show': { shows },
  'startup-task remove': { shows },
};

/** More ways of the same commands, which make other calls. */
const more: Readonly<Record<string, () => readonly (readonly string[])[]>> = {
  audit: () => [['--file', file('acts')]],
  export: () => [['--preview']],
  'support-bundle': () => [['--file', file('support')]],
  delivery: () => [[ids.waiting]],
  'source retake': () => [[ids.shaped, '--yes']],
  'source gone': () => [[ids.shaped, '--yes']],
  'source drop': () => [
    [ids.shaped, '--yes'],
    [ids.source, '--files', '--yes'],
  ],
  'endpoint rotate': () => [[ids.endpoint, '--cancel'], [ids.endpoint], [ids.endpoint, '--finish']],
  'endpoint send-past': () => [[ids.endpoint, '--again', '--yes']],
  resend: () => [[ids.delivery], ['--event', 'booking.created', '--yes']],
  restore: () => [[file('backup'), '--yes'], ['--keep-present'], ['--done']],
  forget: () => [['--name', 'Nobody Whosoever', '--yes'], ['--list']],
  'settings set': () => [
    ['--retention-days', '179', '--yes'],
    ['--retention-days', '180'],
  ],
};

/** What is done already says so: the second and third time of a command that acts. */
const acts =
  /^(source (add|revoke|replace|change)|export-schedule (add|remove)|refusal retry|endpoint|emit|event send|cancel|uncancel|backup$|bench|privacy (un)?set|pin remove)/;

describe('what strangers wrote does nothing in a terminal', () => {
  test('in any command that there is: the table below has them all', () => {
    expect(Object.keys(looks).sort()).toEqual(all.map(([path]) => path).sort());
  });

  test('and is really there', async () => {
    const kept = JSON.stringify([
      await engine.call('events.get', { id: ids.event as never }),
      await engine.call('deliveries.get', { id: ids.delivery as never }),
      await engine.call('sources.refusals', {}),
    ]);
    const raw = await engine.call('deliveries.get', { id: ids.waiting as never });
    expect(JSON.stringify(raw.attemptsMade.at(-1)?.responseHeaders)).toContain('\\u001b[2J');
    expect(kept).toMatch(/\u202e/);
    expect(kept).toContain('\\u001b[2J');
    expect(kept).toContain('\u009b');
  });

  test.each(Object.entries(looks))('%s', async (path, { args, shows: isShown, code = 0, before }) => {
    await before?.();
    const words = [...path.split(' '), ...(args?.() ?? [])];
    const first = await relay(words);
    expect([first.code, first.code === code ? '' : first.err], path).toEqual([code, '']);
    expectHarmless(first, path);
    if (isShown) expect(first.out + first.err).toMatch(escaped);
    for (const columns of [40, null]) {
      const again = await relay([...words, '--json'], columns);
      expectHarmless(again, `${path} --json`);
      if (!acts.test(path)) expect(again.code).toBe(code);
      if (path !== 'export') expect(() => JSON.parse(again.out), again.out).not.toThrow();
      const narrow = await relay(words, columns);
      expectHarmless(narrow, path);
    }
    for (const args of more[path]?.() ?? []) {
      expectHarmless(await whileTimePasses(relay([...path.split(' '), ...args])), path);
    }
    made.set(path, new Set(asked.splice(0)));
  });

  test.each(all)('an error of %s that repeats what was typed', async (path, command) => {
    const words = path.split(' ');
    const given = command.registeredArguments.filter(({ required }) => required).map(() => hostile);
    // These make a file of that name where the test runs.
    const options = command.options.filter(
      ({ long, required }) => required && !/file|folder|output|data/.test(long ?? ''),
    );
    const typed = [
      [...words, ...given, hostile],
      ...options.map(({ long }) => [...words, ...given, long ?? '', hostile]),
    ];
    for (const args of typed) {
      if (path === 'settings set' && /property/.test(args.at(-2) ?? '')) continue;
      for (const more of [[], ['--json']]) expectHarmless(await relay([...args, ...more]), args.join(' '));
    }
    expectHarmless(await relay([...words, ...given, '--data', join(folder.path, 'none', hostile)]), path);
  });

  test('NDJSON whose members are hostile', async () => {
    const line = JSON.stringify({ event: 'booking.created', data: {}, [hostile]: 1 });
    const { code, out, err } = await relayInProcess(engine.dataFolder, ['emit'], { input: `${line}\n` });
    expect(code).toBe(2);
    expect(err).toMatch(escaped);
    expectHarmless({ out, err }, 'emit');
  });
});

describe('each call of shared/api.ts is made by the command that the table names for it', () => {
  const named = Object.entries(ways).flatMap(([call, way]) => (typeof way === 'string' ? [[call, way] as const] : []));
  test.each(named)('%s: %s', (call, way) => {
    expect([...(made.get(leafOf(way)) ?? [])]).toContain(call);
  });
});

/** `event` alone is `event show`. */
const leafOf = (way: string): string => (way in looks ? way : `${way} show`);

test('an export in a pipe stays data: JSON with escapes that mean the same, CSV as it is', async () => {
  const everything = ['--full', '--reason', 'what strangers wrote', '--yes'];
  const jsonl = await relay(['export', '--format', 'jsonl', '--event', 'booking.created', ...everything], null);
  expect(jsonl.out).not.toMatch(speaks);
  const [line = ''] = jsonl.out.split('\n');
  expect(JSON.stringify(JSON.parse(line))).toContain(JSON.stringify(hostile).slice(1, -1));
  expect((await relay(['export'], null)).out).toContain('\u001b[2J');
});

test('--json means the same, escapes and all', async () => {
  const { out } = await relay(['event', ids.event, '--json']);
  expect((JSON.parse(out) as { pmsId: string }).pmsId).toBe(hostile);
});

test('a line of the engine’s log is JSON that is harmless', async () => {
  openLogFile(folder.path).warn({ said: hostile, error: String(new Error(hostile)) }, `about ${hostile}`);
  const read = () => readFile(join(folder.path, 'logs', 'relay.log'), 'utf8').catch(() => '');
  await expect.poll(read).toMatch(/\n$/);
  const text = await read();
  expect(text.trimEnd()).not.toMatch(speaks);
  expect(text.trimEnd()).not.toContain('\n');
  expect(JSON.parse(text)).toMatchObject({ said: hostile });
});

test('the engine without a desktop says its folder harmlessly, whether it starts or not', async () => {
  const own = join(folder.path, `own${hostileName}`);
  const { child, output, exited } = await spawnEngine({ dataFolder: own });
  await expect.poll(output, { timeout: 20_000 }).toContain('data  ');
  child.kill('SIGTERM');
  await exited;
  expectHarmless({ out: output(), err: '' }, 'headless');
  expect(
    output()
      .split('\n')
      .filter((line) => line.startsWith('  data'))
      .join(),
  ).toContain('\\u202e');
  await writeFile(join(folder.path, `file${hostileName}`), '');
  const refused = await spawnEngine({ dataFolder: join(folder.path, `file${hostileName}`) });
  await refused.exited;
  expect(refused.output()).toContain('is a file');
  expectHarmless({ out: refused.output(), err: '' }, 'headless');
  const log = readFileSync(join(own, 'logs', 'relay.log'), 'utf8');
  expect(log).not.toMatch(speaks);
});
