import { type AddressInfo, createServer, type Server } from 'node:net';
import { expect, it } from 'vitest';
import { startTestEngine, type TestEngine } from '../support/engine.ts';
import { freePort } from '../support/engine-process.ts';
import { startReceiver } from '../support/receiver.ts';

/** Another program that listens there. */
async function otherProgram(port = 0): Promise<{ readonly port: number; end(): Promise<unknown> }> {
  const server: Server = createServer();
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
  expect(intake.missedPort).toBe(other.port);
  const free = new URL(intake.address).port;
  const doctor = await test.call('doctor.run', {});
  expect(doctor.find(({ name }) => name.key === 'doctor.intake')).toMatchObject({
    state: 'problem',
    nextStep: { key: 'doctor.intake.elsewhere_step', params: { free } },
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
  expect((await test.call('situation.get', {})).intake.missedPort).toBeNull();
  expect((await test.post('booking.created', { booking_id: 'bk_2' })).status).toBe(202);
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
