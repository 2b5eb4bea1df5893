/**
 * Sleep and staying awake, asked of and told by the system over D-Bus. The services at the other end are
 * stand-ins: a test can neither put its machine to sleep nor own the real power management.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, type Property, pictureOf, test } from './app.ts';
import { type BusPeer, ownBusName } from './bus.ts';
import { booking, connect } from './endpoints.ts';
import { shiftClock } from './shifted-clock.ts';

test.skip(process.platform !== 'linux', 'D-Bus is what the desktops of Linux speak');

/** A bus of the test's own, in the place of the system's. */
async function startSystemBus(): Promise<{ address: string; daemon: ChildProcess }> {
  const daemon = spawn('dbus-daemon', ['--session', '--nofork', '--nopidfile', '--print-address'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [printed] = (await once(daemon.stdout, 'data')) as [Buffer];
  return { address: printed.toString().trim(), daemon };
}

/** The app with a system that tells it of sleep, and the app listens. */
async function startSystem(property: Property) {
  const { address, daemon } = await startSystemBus();
  const logind = await ownBusName(address, 'org.freedesktop.login1', () => null);
  const app = await property.start({ env: { DBUS_SYSTEM_BUS_ADDRESS: address } });
  // Electron asks for time before each sleep.
  await expect.poll(() => logind.calls.map(({ member }) => member)).toContain('Inhibit');
  return {
    app,
    logind,
    async [Symbol.asyncDispose]() {
      logind[Symbol.dispose]();
      daemon.kill();
    },
  };
}

const prepareForSleep = (logind: BusPeer, begins: boolean) =>
  logind.signal('/org/freedesktop/login1', 'org.freedesktop.login1.Manager', 'PrepareForSleep', {
    signature: 'b',
    values: [begins],
  });

test('the system goes to sleep: nothing is sent; it wakes: what came meanwhile goes out', async ({ property }) => {
  await using system = await startSystem(property);
  const { app, logind } = system;
  const { receiver, token } = await connect(app);

  prepareForSleep(logind, true);
  await app.page.waitForTimeout(500);
  expect((await property.post(token, booking('bk_1'))).status).toBe(202);
  await app.page.waitForTimeout(2500);
  expect(receiver.requests).toHaveLength(0);
  expect((await app.call('situation.get', {})).waiting).toBe(1);

  prepareForSleep(logind, false);
  // Where this machine has no network at all, it is waited for up to 20 seconds.
  const [request] = await receiver.received(1, 30_000);
  expect(request?.headers['x-roostsync-attempt']).toBe('1');
  await expect.poll(async () => (await app.call('deliveries.list', {})).rows[0]?.state).toBe('delivered');
});

test('two nights asleep with events that wait: Today asks whether to keep it awake, once', async ({ property }) => {
  await using system = await startSystem(property);
  const { app, logind } = system;
  const { receiver, token } = await connect(app);
  const clock = await shiftClock(app, property.folder);
  const ask = app.page.getByText('This PC sleeps at night, so events wait until morning');
  await app.page.goto('app://bundle/#/');

  for (const [night, hours] of [8, 24].entries()) {
    await expect(ask).toHaveCount(0);
    prepareForSleep(logind, true);
    await app.page.waitForTimeout(500);
    expect((await property.post(token, booking(`bk_${night}`))).status).toBe(202);
    clock.forward(hours * 3_600_000);
    prepareForSleep(logind, false);
    await receiver.received(night + 1, 30_000);
  }
  await expect(ask).toBeVisible();
  await expect(app.page.getByText(/So it was on 2 nights of the last week/)).toBeVisible();
  pictureOf('sleeps-at-night');
  await app.page.getByRole('button', { name: 'Keep it awake while events wait' }).click();
  await expect(ask).toHaveCount(0);
  expect((await app.call('preferences.get', {})).keepAwake).toBe('on');
});

/** In the place of the desktop's own: who asks it to keep the PC awake, and who takes that back. */
const powerManager = () =>
  ownBusName(process.env.DBUS_SESSION_BUS_ADDRESS ?? '', 'org.freedesktop.PowerManagement', ({ member }) =>
    member === 'Inhibit'
      ? { signature: 'u', values: [7] }
      : member === 'UnInhibit'
        ? { signature: '', values: [] }
        : null,
  );

test('a resend of many and an export keep the PC awake as long as they run, and no longer', async ({ property }) => {
  using power = await powerManager();
  const app = await property.start({ env: { XDG_CURRENT_DESKTOP: 'XFCE' } });
  const { receiver, endpoint, token } = await connect(app);
  for (let n = 0; n < 4; n += 1) await property.post(token, booking(`bk_${n}`));
  await receiver.received(4);
  await app.call('endpoints.change', { id: endpoint.id, change: { limits: { inFlight: 1, perSecond: 1 } } });
  await expect.poll(async () => (await app.call('endpoints.get', { id: endpoint.id })).waiting).toBe(0);
  const asked = () => power.calls.map(({ member }) => member);
  expect(asked()).toEqual([]);

  const { id } = await app.call('deliveries.resendAll', { filter: { endpointIds: [endpoint.id] } });
  await expect.poll(asked, { intervals: [100] }).toEqual(['Inhibit']);
  expect((await app.call('jobs.get', { id })).state).toBe('running');
  await receiver.received(8, 15_000);
  await expect.poll(async () => (await app.call('jobs.get', { id })).state).toBe('done');
  await expect.poll(asked).toEqual(['Inhibit', 'UnInhibit']);
  expect(power.calls[1]?.args).toEqual([7]);

  const made = await app.call('export.start', { format: 'csv', file: null });
  await expect.poll(async () => (await app.call('jobs.get', { id: made.id })).state).toBe('done');
  await expect.poll(asked).toEqual(['Inhibit', 'UnInhibit', 'Inhibit', 'UnInhibit']);
});

test('where a person wants it, events that wait keep the PC awake, and no longer once nothing can go out', async ({
  property,
}) => {
  using power = await powerManager();
  const app = await property.start({ env: { XDG_CURRENT_DESKTOP: 'XFCE' } });
  const { receiver, endpoint, token } = await connect(app);
  receiver.answerWith({ status: 500 });
  await property.post(token, booking('bk_1'));
  await receiver.received(1);
  await expect.poll(async () => (await app.call('endpoints.get', { id: endpoint.id })).waiting).toBe(1);
  const asked = () => power.calls.map(({ member }) => member);
  expect(asked()).toEqual([]);

  await app.page.goto('app://bundle/#/settings/general');
  await app.page.getByText('Keep this PC awake while events wait').click();
  await expect.poll(asked).toEqual(['Inhibit']);
  await app.call('relay.pause', { forMs: 3_600_000 });
  await expect.poll(asked).toEqual(['Inhibit', 'UnInhibit']);
});
