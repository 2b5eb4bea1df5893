/** What a proxy wants, and who names it, told by its name wherever it is told: by a real proxy, at the command line. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import { relayInProcess } from '../support/command-line.ts';
import { afterAttempts, booking, delivered, deliveryOf } from '../support/deliveries.ts';
import { startTestEngine, type TestEngine } from '../support/engine.ts';
import { startOfficeProxy } from '../support/office-proxy.ts';
import { startReceiver } from '../support/receiver.ts';

const host = 'hooks.make.example';
const variables = ['HTTPS_PROXY', 'https_proxy', 'ALL_PROXY', 'all_proxy', 'NO_PROXY', 'no_proxy'] as const;
const before = new Map(variables.map((name) => [name, process.env[name]]));

beforeEach(() => {
  for (const name of variables) delete process.env[name];
});
afterEach(() => {
  for (const [name, value] of before) {
    if (value === undefined) delete process.env[name];
    else process.env[name] = value;
  }
});

const outcomeOf = async (test: TestEngine, id: string) => (await deliveryOf(test, id, afterAttempts(1))).sentence?.key;

it('a wrong password is not one that was left out, and a sign-in that we do not know is named', async () => {
  await using receiver = await startReceiver({ hosts: [host] });
  await using proxy = await startOfficeProxy(() => receiver.port);
  await using test = await startTestEngine();
  const named = new URL(proxy.address).host;
  await test.call('settings.change', { change: { proxy: `http://desk:wrong@${named}` } });
  await test.addEndpoint(receiver, { url: `https://${host}/hooks` });
  proxy.answerWith(407, 'Basic realm="Hotel"');
  const event = await booking(test, 'bk_1');
  expect(await outcomeOf(test, event)).toBe('outcome.proxy_password_refused');
  expect(proxy.given).toContain(`Basic ${Buffer.from('desk:wrong').toString('base64')}`);
  const { out } = await relayInProcess(test.dataFolder, ['status']);
  expect(out).toContain(`Send this to IT: the proxy ${named} refused the name and password that it was given.`);
  const doctor = await relayInProcess(test.dataFolder, ['doctor']);
  expect(doctor.out).toContain(
    `The proxy ${named} refuses the name and password that it is given (407: Basic “Hotel”) since`,
  );
  expect(doctor.out).toContain('It is the proxy of the settings.');

  // Without a name it asks for one.
  await test.call('settings.change', { change: { proxy: proxy.address } });
  await test.until(
    async () => (await test.call('situation.get', {})).facts,
    ([fact]) => fact?.kind === 'proxy' && fact.trouble === 'password',
  );
  expect(proxy.given.at(-1)).toBe('');
  for (const [challenges, asksFor] of [
    [['NTLM'], 'NTLM'],
    [['Negotiate', 'NTLM'], 'Negotiate, NTLM'],
  ] as const) {
    proxy.answerWith(407, ...challenges);
    // With other credentials one request goes at once.
    await test.call('settings.change', { change: { proxy: `http://desk:${asksFor.length}@${named}` } });
    const { facts } = await test.until(
      () => test.call('situation.get', {}),
      ({ facts: now }) => now.some((fact) => fact.kind === 'proxy' && fact.asksFor === asksFor),
    );
    expect(facts).toMatchObject([{ kind: 'proxy', trouble: 'sign_in', asksFor, from: 'settings' }]);
  }
  // Where Basic is offered beside them, name and password are enough.
  proxy.answerWith('tunnel');
  await test.call('settings.change', { change: { proxy: `http://desk:right@${named}` } });
  await deliveryOf(test, event, delivered);
  expect(proxy.given.at(-1)).toBe(`Basic ${Buffer.from('desk:right').toString('base64')}`);
});

it('what it does now is told, and since when it does that, as soon as anything has gone to it', async () => {
  await using receiver = await startReceiver({ hosts: [host] });
  await using proxy = await startOfficeProxy(() => receiver.port);
  await using test = await startTestEngine();
  const named = new URL(proxy.address).host;
  await test.call('settings.change', { change: { proxy: `http://desk:wrong@${named}` } });
  const { id } = await test.addEndpoint(receiver, { url: `https://${host}/hooks` });
  proxy.answerWith(407, 'Basic realm="Hotel"');
  await deliveryOf(test, await booking(test, 'bk_1'), afterAttempts(1));
  const began = test.clock.wallMs();
  const told = async () => {
    const { facts, connectivity } = await test.call('situation.get', {});
    const { out } = await relayInProcess(test.dataFolder, ['doctor']);
    return { facts, connectivity, doctor: out };
  };
  await test.clock.advance(20 * 60_000);
  proxy.answerWith(407, 'NTLM');
  await test.call('endpoints.test', { id });
  const asked = await told();
  const ntlmAt = test.clock.wallMs();
  expect(asked.facts).toMatchObject([{ kind: 'proxy', trouble: 'sign_in', since: began, changedAt: ntlmAt }]);
  expect(asked.doctor).toContain(`The proxy ${named} asks for NTLM (407) since`);
  await test.clock.advance(20 * 60_000);
  await proxy.stop();
  await test.call('endpoints.test', { id });
  const gone = await told();
  expect(gone.facts).toMatchObject([{ trouble: 'unreachable', since: began, changedAt: test.clock.wallMs() }]);
  expect(gone.connectivity.since).toBe(began);
  expect(gone.doctor).toContain(`The proxy ${named} has not been reached since`);
  expect(gone.doctor).not.toContain('NTLM (407)');
});

it('one that the environment names is said to be named there, and its credentials are given', async () => {
  await using receiver = await startReceiver({ hosts: [host] });
  await using proxy = await startOfficeProxy(() => receiver.port);
  const { host: named } = new URL(proxy.address);
  process.env.ALL_PROXY = `http://desk:p%40ss@${named}`;
  await using test = await startTestEngine();
  await test.addEndpoint(receiver, { url: `https://${host}/hooks` });
  await deliveryOf(test, await booking(test, 'bk_1'), delivered);
  expect(proxy.given).toEqual([`Basic ${Buffer.from('desk:p@ss').toString('base64')}`]);

  await proxy.stop();
  const { endpoints } = await test.call('situation.get', {});
  const tried = await relayInProcess(test.dataFolder, ['endpoint', 'test', endpoints[0]?.id ?? '']);
  expect(tried.out).toContain('The office proxy cannot be reached.');
  expect(tried.out).toMatch(
    /the proxy cannot be reached\..*: .*settings set --proxy http:\/\/HOST:PORT, or --proxy none\./,
  );
  expect((await relayInProcess(test.dataFolder, ['status'])).out).toContain('cannot be reached.');
  const event = await booking(test, 'bk_2');
  expect(await outcomeOf(test, event)).toBe('outcome.proxy_unreachable');
  const { facts } = await test.call('situation.get', {});
  expect(facts).toMatchObject([{ kind: 'proxy', trouble: 'unreachable', proxy: named, from: 'environment' }]);
  const status = (await relayInProcess(test.dataFolder, ['status'])).out;
  expect(status).toContain(
    `the proxy ${named}, which a variable of the environment names (HTTPS_PROXY or ALL_PROXY), cannot be reached.`,
  );
  const doctor = (await relayInProcess(test.dataFolder, ['doctor'])).out;
  expect(doctor).toMatch(
    /A variable of the environment .* names it[^\n]*\n +-> Look at that variable, or choose another/,
  );
  expect(doctor).not.toContain('Look at the proxy in the settings.');
  expect(status + doctor).not.toContain('p%40ss');
});
