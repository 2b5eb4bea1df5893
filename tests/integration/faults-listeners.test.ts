import { readFileSync } from 'node:fs';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { userInfo } from 'node:os';
import { expect, it } from 'vitest';
import { startHeadless } from '../../electron/headless.ts';
import { parseHeadlessArguments } from '../../electron/headless-arguments.ts';
import { startTestEngine, type TestEngine } from '../support/engine.ts';
import { freePort } from '../support/engine-process.ts';
import { temporaryFolder } from '../support/folder.ts';
import { startReceiver } from '../support/receiver.ts';

/** Another program that listens there. */
async function otherProgram(port = 0): Promise<{ readonly port: number; end(): Promise<unknown> }> {
  const server: Server = createServer((socket) => socket.destroy());
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    end: () => new Promise((resolve) => server.close(resolve)),
  };
}

const change = async (test: TestEngine, to: object): Promise<string> => {
  const answer = await test.engine.callUnparsed('settings.change', { change: to }, { account: 'x', surface: 'window' });
  return answer.ok ? 'kept' : `${answer.error.code} ${answer.error.member}: ${answer.error.message}`;
};

it('a port that is taken at the start leaves the queue delivering, says which is free, and is tried again', async () => {
  await using receiver = await startReceiver();
  const other = await otherProgram();
  await using test = await startTestEngine({ settingsPort: other.port });
  await test.addEndpoint(receiver);
  const { intake } = await test.call('situation.get', {});
  expect(intake.missed).toMatchObject({ port: other.port, why: 'taken' });
  const free = new URL(intake.address).port;
  const doctor = await test.call('doctor.run', {});
  expect(doctor.find(({ name }) => name.key === 'doctor.intake')).toMatchObject({
    state: 'problem',
    nextStep: { key: 'conditions.intake_elsewhere.step.taken', params: { free } },
  });
  // It goes on: there, and out to the receivers.
  expect((await test.post('booking.created', { booking_id: 'bk_1' })).status).toBe(202);
  await receiver.received(1);
  await other.end();
  await test.clock.advance(10_000);
  await test.until(
    () => test.engine.intakeAddress,
    (address) => address === `http://127.0.0.1:${other.port}`,
  );
  expect((await test.call('situation.get', {})).intake.missed).toBeNull();
  expect((await test.post('booking.created', { booking_id: 'bk_2' })).status).toBe(202);
});

it('headless says in words that the port of its settings is taken, and which is free', async () => {
  await using folder = await temporaryFolder();
  const port = await freePort();
  const start = async (said: string[], more: readonly string[] = []) =>
    startHeadless({ ...parseHeadlessArguments(['--no-window', ...more]), data: folder.path }, (line) =>
      said.push(line),
    );
  const first = await start([], ['--port', String(await freePort())]);
  await first.engine.call(
    'settings.change',
    { change: { intakePort: port } },
    { account: 'x', surface: 'command_line' },
  );
  await first.stop();
  const other = await otherProgram(port);
  const said: string[] = [];
  const second = await start(said);
  const free = new URL(second.engine.intakeAddress).port;
  await second.stop();
  await other.end();
  expect(said).toContainEqual(
    expect.stringMatching(new RegExp(`^  .* uses? port ${port}\\. Events are taken at http`)),
  );
  expect(said).toContain(
    `  End the other program: port ${port} is tried again by itself. Or set the intake port to ${free}, which is free, in the settings and in the PMS.`,
  );
  expect(said.join('\n')).not.toMatch(/conditions\.|[{}]/);
});

const lowest =
  process.platform === 'linux' ? readFileSync('/proc/sys/net/ipv4/ip_unprivileged_port_start', 'utf8') : '';
/** An account without a name of its own on any system: `nobody`. */
const nobody = 65_534;
const isRoot = process.getuid?.() === 0;

/** As an account that may not listen on low ports, as on Windows nobody may inside of an excluded range: EACCES. */
async function unprivileged(run: () => Promise<void>): Promise<void> {
  if (isRoot) process.seteuid?.(nobody);
  try {
    await run();
  } finally {
    if (isRoot) process.seteuid?.(0);
  }
}

it.skipIf(Number(lowest) < 1024)(
  'a port that the system keeps leaves it delivering too, and a free one is named',
  async () => {
    const kept = 681;
    await unprivileged(async () => {
      await using receiver = await startReceiver();
      await using test = await startTestEngine({ settingsPort: kept });
      await test.addEndpoint(receiver);
      const { intake } = await test.call('situation.get', {});
      expect(intake.missed).toEqual({ port: kept, why: 'forbidden', program: null, account: null });
      const free = new URL(intake.address).port;
      expect((await test.call('doctor.run', {})).find(({ name }) => name.key === 'doctor.intake')).toMatchObject({
        says: [{ key: 'conditions.intake_elsewhere.meaning.forbidden', params: { port: kept } }],
        nextStep: { key: 'conditions.intake_elsewhere.step.forbidden', params: { free } },
      });
      expect((await test.post('booking.created', { booking_id: 'bk_1' })).status).toBe(202);
      await receiver.received(1);

      // Another such port is refused before it is kept, and the one that is named can be had.
      const refused = await change(test, { intakePort: kept + 1 });
      const [, named] =
        new RegExp(
          `^not_possible intakePort: intakePort: the system keeps port ${kept + 1} for itself. Port (\\d+) is free.$`,
        ).exec(refused) ?? [];
      expect(await change(test, { intakePort: Number(named) })).toBe('kept');
      await test.until(
        () => test.engine.intakeAddress,
        (address) => address === `http://127.0.0.1:${named}`,
      );
      expect((await test.call('situation.get', {})).intake.missed).toBeNull();
    });
  },
);

it.skipIf(!isRoot || Number(lowest) < 1024)('a port that the system gives back is taken by itself', async () => {
  await unprivileged(async () => {
    await using test = await startTestEngine({ settingsPort: 683 });
    expect((await test.call('situation.get', {})).intake.missed?.why).toBe('forbidden');
    process.seteuid?.(0);
    await test.clock.advance(10_000);
    await test.until(
      () => test.engine.intakeAddress,
      (address) => address === 'http://127.0.0.1:683',
    );
  });
});

it('a second account on this PC is told who has the port', async () => {
  await using first = await startTestEngine();
  const port = Number(new URL(first.engine.intakeAddress).port);
  await using second = await startTestEngine({ settingsPort: port });
  const missed = await second.until(
    async () => (await second.call('situation.get', {})).intake.missed,
    (found) => found?.why === 'relay',
  );
  // Which program and whose it is, where the system tells: Linux does.
  const account = process.platform === 'linux' ? userInfo().username : null;
  expect(missed).toMatchObject({ port, account });
});

it('a setting that nobody could listen by is refused before it is kept', async () => {
  const other = await otherProgram();
  await using test = await startTestEngine({ settingsPort: await freePort() });
  const before = await test.call('settings.get', {});
  expect(await change(test, { intakePort: other.port })).toMatch(
    new RegExp(`^not_possible intakePort: intakePort: port ${other.port} is already in use .* Port \\d+ is free\\.$`),
  );
  const lan = { ...before.lan, enabled: true, host: '127.0.0.1' };
  expect(await change(test, { lan: { ...lan, port: other.port } })).toContain('not_possible lan.port: lan.port: port');
  // An address for documents (RFC 5737): no PC has it.
  expect(await change(test, { lan: { ...lan, host: '203.0.113.9', port: 4782 } })).toContain('203.0.113.9');
  expect(await test.call('settings.get', {})).toEqual(before);

  const free = await freePort();
  expect(await change(test, { lan: { ...lan, port: free } })).toBe('kept');
  await test.until(
    () => test.call('situation.get', {}),
    ({ intake }) => intake.lan !== null,
  );
  // Its own listener is no other program.
  expect(await change(test, { lan: { ...lan, port: free, allow: ['127.0.0.1'] } })).toBe('kept');
  await other.end();
  expect(await change(test, { intakePort: other.port })).toBe('kept');
  await test.until(
    () => test.engine.intakeAddress,
    (address) => address.endsWith(`:${other.port}`),
  );
});
