/** Notices as the engine decides, remembers and hands them out, on a real database. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createNotices } from '../../electron/engine/notices/notices.ts';
import type { NoticeSurface } from '../../electron/engine/ports.ts';
import { conditionsOf } from '../../shared/conditions/index.ts';
import type { Situation } from '../../shared/schemas.ts';
import { hourMs, minuteMs } from '../support/clock.ts';
import { booking, passAttempts } from '../support/deliveries.ts';
import { startTestEngine } from '../support/engine.ts';
import { type TemporaryFolder, temporaryFolder } from '../support/folder.ts';
import { openContext, type TestContext } from '../support/log-folder.ts';
import { startReceiver } from '../support/receiver.ts';
import { failingEndpoint, running, situation } from '../unit/desktop/situations.ts';

const surface: NoticeSurface = {
  toasts: true,
  quietHours: { enabled: false, from: '', to: '' },
  showing: [],
  loginItemWorks: true,
  keepAwake: null,
};
const failing = situation({ endpoints: [failingEndpoint()] });
const title = 'conditions.endpoint_failing.title.setup';

let folder: TemporaryFolder;
let context: TestContext;
let now: Situation;
beforeEach(async () => {
  folder = await temporaryFolder();
  context = openContext(folder.path);
  now = failing;
});
afterEach(async () => {
  context.close();
  await folder.remove();
});

/** The engine's notices, and what is pushed of them since the last time. */
function desk(go: 'surface' | 'log' = 'surface') {
  const notices = createNotices(context, { situation: async () => now, go });
  let heard = context.pushes.length;
  return {
    notices,
    async look(asked: NoticeSurface = surface): Promise<{ told: string[]; withdrawn: string[] }> {
      notices.look(asked);
      // Asked at once, decided in the same turn, written with the next commit.
      for (let turns = 0; turns < 20; turns += 1) await new Promise((resolve) => setImmediate(resolve));
      const pushed = context.pushes.slice(heard);
      heard = context.pushes.length;
      return pushed.reduce<{ told: string[]; withdrawn: string[] }>(
        (all, { name, payload }) =>
          name !== 'notices'
            ? all
            : {
                told: [...all.told, ...payload.told.map((told) => told.title.key)],
                withdrawn: [...all.withdrawn, ...payload.withdrawn],
              },
        { told: [], withdrawn: [] },
      );
    },
  };
}

describe('notices', () => {
  it('are given once for an incident, over a restart too, reminded of after a day, and taken away at its end', async () => {
    const first = desk();
    expect((await first.look()).told).toEqual([title]);
    expect((await first.look()).told).toEqual([]);
    await first.notices.stop();
    const second = desk();
    expect((await second.look()).told).toEqual([]);
    await context.clock.advance(24 * hourMs);
    expect((await second.look()).told).toEqual([title]);
    now = situation();
    const [incident] = conditionsOf(failing, running);
    expect((await second.look()).withdrawn).toEqual([incident?.id]);
    await second.notices.stop();
    expect((await desk().look()).withdrawn).toEqual([]);
  });

  it('that only the log of an engine without a desktop told are new to the desktop that takes over', async () => {
    const { notices } = desk('log');
    notices.changed();
    await context.clock.advance(minuteMs);
    await notices.stop();
    expect(context.logger.lines.filter((line) => line.startsWith('info notice: '))).toEqual([
      expect.stringContaining('notice: Bookkeeping does not accept this address'),
    ]);
    expect((await desk().look()).told).toEqual([title]);
  });

  it('wait for the end of quiet hours, by this PC’s clock, and where they are switched off', async () => {
    const front = desk();
    const local = new Date(context.clock.wallMs());
    const at = (minutes: number) => {
      const time = new Date(local.getTime() + minutes * minuteMs);
      return `${String(time.getHours()).padStart(2, '0')}:${String(time.getMinutes()).padStart(2, '0')}`;
    };
    const quiet = { ...surface, quietHours: { enabled: true, from: at(-5), to: at(5) } };
    expect((await front.look({ ...surface, toasts: false })).told).toEqual([]);
    expect((await front.look(quiet)).told).toEqual([]);
    await context.clock.advance(6 * minuteMs);
    expect((await front.look(quiet)).told).toEqual([title]);
  });

  it('are not given of what the window shows, and the app’s start with this PC is the surface’s to know', async () => {
    const front = desk();
    const showing = conditionsOf(failing, running).map(({ id }) => id);
    expect((await front.look({ ...surface, showing })).told).toEqual([]);
    expect((await front.look({ ...surface, loginItemWorks: false })).told).toEqual(['conditions.autostart_off.title']);
  });

  it('are given though nothing can be written, and what another version kept is told once more', async () => {
    await desk().look();
    context.writer.exec('UPDATE notices SET condition = \'{"of":"another version"}\'');
    const front = desk();
    context.writer.exec('CREATE TRIGGER full BEFORE INSERT ON notices BEGIN SELECT RAISE(ABORT, "full"); END');
    expect((await front.look()).told).toEqual([title]);
    expect(context.logger.lines).toContainEqual(expect.stringContaining('a look for notices failed'));
    expect((await front.look()).told).toEqual([]);
  });

  it('of an engine without a desktop are its own to look for, and stand in its log once', async () => {
    await using receiver = await startReceiver();
    await using test = await startTestEngine({ notices: 'log' });
    const noticed = () => test.log.lines.filter((line) => line.startsWith('info notice: '));
    receiver.answerWith({ status: 404 });
    await test.addEndpoint(receiver);
    await passAttempts(test, await booking(test, 'bk_1'), 3);
    const look = async () => {
      await test.clock.advance(minuteMs);
      return noticed();
    };
    const [first] = await test.until(look, (lines) => lines.length > 0);
    expect(first).toContain('"urgent":');
    await look();
    await test.call('situation.get', {});
    expect(await look()).toHaveLength(1);
  });
});
