import { rmSync, writeFileSync } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { describe, expect, test } from 'vitest';
import { createControlClient, isRunningUnseen, readAnswer } from '../../electron/cli/client.ts';
import type { CommandError } from '../../electron/cli/command-error.ts';
import type { ControlOptions } from '../../electron/engine/control/control.ts';
import { readControlFile, writeControlFile } from '../../electron/engine/control/control-file.ts';
import { bootHeader } from '../../electron/engine/control/control-headers.ts';
import { isThatEngine, proofOf } from '../../electron/engine/control/control-hello.ts';
import { emitBody } from '../../electron/engine/control/emit-body.ts';
import { diskNearlyFull } from '../../electron/engine/intake/reply.ts';
import type { EventId } from '../../shared/domain.ts';
import { RelayError } from '../../shared/errors.ts';
import { sentence } from '../../shared/sentences/sentence.ts';
import { createFakeClock } from '../support/clock.ts';
import { runCommand } from '../support/command-line.ts';
import { temporaryFolder } from '../support/folder.ts';
import { startIntake, type TestIntake } from '../support/intake.ts';

const calls: { name: string; input: unknown; actor: unknown }[] = [];
const control: Partial<ControlOptions> = {
  callUnparsed: async (name, input, actor) => {
    calls.push({ name, input, actor });
    return { ok: true, value: { answered: name } };
  },
  exportStream: async function* ({ format, filter }) {
    yield `${format}\n`;
    yield Buffer.from(`${JSON.stringify(filter)}\n`);
  },
};

async function post(relay: TestIntake, route: string, body: string, more: Record<string, string> = {}) {
  const file = await readControlFile(relay.folder);
  return fetch(`${relay.intake.address}/control/${route}`, {
    method: 'POST',
    body,
    headers: { 'content-type': 'application/json', authorization: `Bearer ${file?.token}`, ...more },
  });
}

describe('the control routes', () => {
  test('control.json is for its owner alone, and gone after a clean stop', async () => {
    const relay = await startIntake({ control });
    const path = join(relay.folder, 'control.json');
    const { mode } = await stat(path);
    if (process.platform !== 'win32') expect(mode & 0o777).toBe(0o600);
    expect(JSON.parse(await readFile(path, 'utf8'))).toEqual({
      port: Number(new URL(relay.intake.address).port),
      token: expect.any(String),
      bootId: 'boot-1',
    });
    await relay.stop();
    await expect(stat(path)).rejects.toThrow('ENOENT');
  });

  test.each([
    ['gone', (path: string) => rmSync(path)],
    ['damaged', (path: string) => writeFileSync(path, '{"port":')],
  ])('control.json that is %s is written anew, and meanwhile a command says so', async (_how, harm) => {
    const clock = createFakeClock(Date.now());
    await using relay = await startIntake({ control, clock });
    const before = await readControlFile(relay.folder);
    harm(join(relay.folder, 'control.json'));
    const said = await runCommand(relay.folder, ['endpoint', 'list']);
    expect([said.code, said.err]).toEqual([
      4,
      expect.stringMatching(/runs, but its control file is missing or damaged/),
    ]);
    const handed = await runCommand(relay.folder, ['emit', 'booking.created', '--payload', '{"booking_id":"bk_1"}']);
    expect([handed.code, handed.out]).toEqual([0, expect.stringMatching(/runs, but .* taken in within 15 seconds/)]);
    await clock.advance(15_000);
    await expect.poll(() => readControlFile(relay.folder)).toEqual(before);
    await relay.stop();
    // Without an engine nothing else is said than before.
    expect((await runCommand(relay.folder, ['endpoint', 'list'])).err).toMatch(
      /^Roost Relay is not running\. (?:Start it: npm|Open the Roost Relay app)/,
    );
  });

  test('a call goes to the engine, as the account on the command line', async () => {
    await using relay = await startIntake({ control });
    const answer = await post(relay, 'endpoints.list', '{"removed":true}');
    expect(await answer.json()).toEqual({ ok: true, value: { answered: 'endpoints.list' } });
    expect(answer.headers.get(bootHeader)).toBe('boot-1');
    expect(calls.at(-1)).toEqual({
      name: 'endpoints.list',
      input: { removed: true },
      actor: { account: expect.any(String), surface: 'command_line' },
    });
  });

  test.each([
    ['no token', { authorization: '' }, 401],
    ['a wrong token', { authorization: 'Bearer rrt_x' }, 401],
    ['a web page', { origin: 'http://127.0.0.1' }, 403],
    ['a browser', { 'sec-fetch-site': 'same-origin' }, 403],
  ])('are closed to %s', async (_who, headers, status) => {
    await using relay = await startIntake({ control });
    const before = calls.length;
    for (const route of ['situation.get', 'emit', 'export', 'open']) {
      expect((await post(relay, route, '{}', headers as Record<string, string>)).status).toBe(status);
    }
    expect(calls.length).toBe(before);
  });

  test('says who it is to whoever knows the token, and nothing to others', async () => {
    await using relay = await startIntake({ control });
    const file = await readControlFile(relay.folder);
    if (file === null) throw new Error('it left no control file');
    const within = () => AbortSignal.timeout(5_000);
    expect(await isThatEngine(file, within())).toBe(true);
    expect(await isThatEngine({ ...file, token: 'another' }, within())).toBe(false);
    const ask = (query: string) => fetch(`${relay.intake.address}/control/hello${query}`, { method: 'POST' });
    for (const query of [
      '',
      '?challenge=',
      '?challenge=x',
      `?challenge=${'x'.repeat(44)}`,
      '?challenge=a&challenge=b',
    ]) {
      expect((await ask(query)).status).toBe(404);
    }
    const challenge = 'x'.repeat(43);
    const answered = await (await ask(`?challenge=${challenge}`)).text();
    expect(answered).toBe(proofOf(file.token, challenge));
    expect(answered).not.toContain(file.token);
  });

  test('an answer of another run is not believed, whoever gives it', async () => {
    await using folder = await temporaryFolder();
    const token = 'a token that both know';
    const other = createServer((request, answer) => {
      const challenge = new URL(request.url ?? '', 'http://here').searchParams.get('challenge');
      if (challenge !== null) answer.end(proofOf(token, challenge));
      else answer.setHeader(bootHeader, 'boot-2').end('{"ok":true,"value":{}}');
    });
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    const { port } = other.address() as AddressInfo;
    const ask = async (bootId: string) => {
      await writeControlFile(folder.path, { port, token, bootId });
      return createControlClient(folder.path, 'roost-relay').call('settings.get', {});
    };
    await expect(ask('boot-1')).rejects.toMatchObject({ code: 'engine_not_running' });
    expect(await ask('boot-2')).toEqual({});
    other.closeAllConnections();
    await new Promise((resolve) => other.close(resolve));
  });

  test('one that has no connection left breaks off, and is not said to have stopped', async () => {
    await using folder = await temporaryFolder();
    const full = createServer();
    full.on('connection', (socket) => socket.destroy());
    await new Promise<void>((resolve) => full.listen(0, '127.0.0.1', resolve));
    const { port } = full.address() as AddressInfo;
    await writeControlFile(folder.path, { port, token: 'a token', bootId: 'boot-1' });
    const ask = (isHeld: boolean) =>
      createControlClient(folder.path, 'roost-relay', async () => isHeld).call('settings.get', {});
    const error: CommandError = await ask(true).catch((thrown) => thrown);
    expect([error.code, isRunningUnseen(error)]).toEqual(['engine_not_running', true]);
    expect(error.message).toContain('it has as many files and connections open as it may');
    await expect(ask(false)).rejects.toThrow('Roost Relay stopped while it was asked.');
    await new Promise((resolve) => full.close(resolve));
  });

  test("a source's token is no control token, and the other way round", async () => {
    await using relay = await startIntake({ control });
    const { token, url } = await relay.addSource();
    expect((await post(relay, 'situation.get', '{}', { authorization: `Bearer ${token}` })).status).toBe(401);
    const ofFolder = await readControlFile(relay.folder);
    const posted = await fetch(url, {
      method: 'POST',
      body: '{}',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${ofFolder?.token}` },
    });
    expect(posted.status).toBe(401);
  });

  test('input that is no JSON is answered as a result', async () => {
    await using relay = await startIntake({ control });
    expect(await (await post(relay, 'endpoints.list', '{')).json()).toMatchObject({
      ok: false,
      error: { code: 'bad_input' },
    });
  });

  test('events are emitted, all or nothing', async () => {
    await using relay = await startIntake({ control });
    const good = '{"event":"booking.created","data":{}}';
    const ids = ['evt_01HQDCP6DZX8SGEVKBA0B3KTP2', 'evt_01HQDCP6DZX8SGEVKBA0B3KTP3'] as EventId[];
    expect(await (await post(relay, 'emit', emitBody(ids, `[${good},${good}]`))).json()).toMatchObject({
      ok: true,
      value: ids.map((id) => ({ id })),
    });
    expect(await (await post(relay, 'emit', emitBody(ids, `[${good},{"event":"x","data":{}}]`))).json()).toMatchObject({
      ok: false,
      error: { code: 'bad_input', member: '[1].event' },
    });
    expect(await (await post(relay, 'emit', good)).json()).toMatchObject({ ok: false, error: { code: 'bad_input' } });
    expect(relay.events()).toHaveLength(2);
    expect(relay.events()[0]).toMatchObject({ source_no: null });
  });

  test('an export is streamed in its own type', async () => {
    await using relay = await startIntake({ control });
    const answer = await post(relay, 'export', '{"format":"csv","filter":{"states":["waiting"]}}');
    expect(answer.headers.get('content-type')).toContain('text/csv');
    expect(await answer.text()).toBe('csv\n{"states":["waiting"]}\n');
    expect((await post(relay, 'export', '{"format":"xml"}')).status).toBe(400);
  });

  test.each([
    [new RelayError('store_unavailable', sentence('problem.store_held')), 'store_unavailable', 3],
    [diskNearlyFull(), 'store_full', 3],
    [new Error('a defect'), 'internal', 1],
  ])('an export that is refused (%s) leaves the command line as %s, exit code %i', async (thrown, code, exit) => {
    const exportStream = () => Readable.from([thrown]).map((error) => Promise.reject(error));
    await using relay = await startIntake({ control: { ...control, exportStream } });
    const ran = await runCommand(relay.folder, ['export', '--json']);
    expect([ran.code, JSON.parse(ran.out)]).toEqual([exit, { error: { code, message: expect.any(String) } }]);
  });

  test('a refusal of what was typed in stays bad input to the command line, with its sentence and member', async () => {
    await using relay = await startIntake({ control });
    const typed = await runCommand(relay.folder, ['export', '--format', 'xml', '--json']);
    expect([typed.code, JSON.parse(typed.out)]).toMatchObject([2, { error: { code: 'bad_input' } }]);
    const tooLarge = await post(relay, 'emit', 'x'.repeat(8_388_609));
    await expect(readAnswer(tooLarge)).rejects.toMatchObject({
      code: 'bad_input',
      member: 'body',
      message: expect.stringContaining('more than'),
    });
  });

  test('without a window to open in a browser that is said', async () => {
    await using relay = await startIntake({ control });
    expect(await (await post(relay, 'open', '{}')).json()).toMatchObject({
      ok: false,
      error: { code: 'not_possible' },
    });
    await using other = await startIntake({
      control: { ...control, openWindow: () => 'http://127.0.0.1:4781/?token=x' },
    });
    expect(await (await post(other, 'open', '')).json()).toEqual({
      ok: true,
      value: { url: 'http://127.0.0.1:4781/?token=x' },
    });
  });
});
