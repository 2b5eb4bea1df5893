/** What this PC does to what waits: read off the system's word on sleep, and off its uptime at a start. */
import { describe, expect, it } from 'vitest';
import { createEngineTime } from '../../electron/engine/engine-time.ts';
import { createPcBook, type PcBookParts } from '../../electron/engine/evidence/pc-book.ts';
import { openDatabase } from '../../electron/engine/store/connection.ts';
import { createGroupCommit } from '../../electron/engine/store/group-commit.ts';
import { createFakeClock, hourMs, minuteMs } from '../support/clock.ts';
import { temporaryFolder } from '../support/folder.ts';
import { createTestMishaps } from '../support/ports.ts';

const dayMs = 24 * hourMs;
/** 15 March 2024, 23:00 in Manila. */
const evening = Date.UTC(2024, 2, 15, 15);

async function atPc() {
  const folder = await temporaryFolder();
  const database = openDatabase(folder.path);
  const { writer } = database;
  const clock = createFakeClock(evening);
  const commit = createGroupCommit(writer);
  createEngineTime(clock, writer);
  const world = { isSending: true, due: 3, restarts: 0, uptimeOffMs: 0 };
  const parts: PcBookParts = {
    context: {
      ...{ clock: { ...clock, uptimeMs: () => clock.uptimeMs() + world.uptimeOffMs }, writer, commit },
      mishaps: createTestMishaps(),
      settings: { current: () => ({ timeZone: 'Asia/Manila' }) } as PcBookParts['context']['settings'],
      changes: { touch: () => undefined } as unknown as PcBookParts['context']['changes'],
    },
    isSending: () => world.isSending,
    dueEvents: () => world.due,
  };
  let book = createPcBook(parts);
  return {
    ...{ clock, world },
    facts: () => book.facts(),
    sleep(ms: number) {
      book.fallsAsleep();
      clock.sleep(ms);
      book.wakesUp();
    },
    /** The PC has been up for so long when the engine starts. */
    async restart(upMs: number, withSystem = false) {
      commit.flush();
      world.uptimeOffMs += upMs - (clock.uptimeMs() + world.uptimeOffMs);
      book = createPcBook(parts);
      await book.started(withSystem);
    },
    async [Symbol.asyncDispose]() {
      commit.flush();
      database.close();
      await folder.remove();
    },
  };
}

describe('a PC that sleeps while events wait', () => {
  it('is told of from the second night on, with the last of them, over a restart of the engine', async () => {
    await using pc = await atPc();
    pc.sleep(8 * hourMs);
    expect(pc.facts().slept).toBeNull();
    pc.clock.sleep(16 * hourMs);
    pc.world.due = 5;
    pc.sleep(8 * hourMs);
    await pc.restart(40 * hourMs);
    expect(pc.facts().slept).toEqual({
      ...{ nights: 2, events: 5 },
      ...{ from: evening + dayMs, until: evening + dayMs + 8 * hourMs },
    });
    pc.clock.sleep(7 * dayMs);
    expect(pc.facts().slept).toBeNull();
  });

  it.each([
    ['nothing was due', { due: 0 }],
    ['nothing could go out when it fell asleep', { isSending: false }],
  ])('is nothing to tell where %s', async (_, change) => {
    await using pc = await atPc();
    Object.assign(pc.world, change);
    for (let night = 0; night < 3; night += 1) {
      pc.sleep(8 * hourMs);
      pc.clock.sleep(16 * hourMs);
    }
    expect(pc.facts().slept).toBeNull();
  });

  it('short sleeps and several of one night are no habit', async () => {
    await using pc = await atPc();
    for (let nap = 0; nap < 5; nap += 1) {
      pc.sleep(20 * minuteMs);
      pc.clock.sleep(dayMs);
    }
    expect(pc.facts().slept).toBeNull();
    // Between midnight and the morning, twice.
    pc.clock.sleep(2 * hourMs);
    for (let again = 0; again < 2; again += 1) pc.sleep(90 * minuteMs);
    expect(pc.facts().slept).toBeNull();
  });
});

describe('a PC that starts long before the app', () => {
  it('is told of from the second time on, and no longer once the system starts the engine', async () => {
    await using pc = await atPc();
    await pc.restart(10 * hourMs);
    expect(pc.facts().lateStarts).toBeNull();
    pc.clock.sleep(dayMs);
    await pc.restart(4 * hourMs);
    expect(pc.facts().lateStarts).toBeNull();
    pc.clock.sleep(dayMs);
    await pc.restart(5 * hourMs);
    const now = pc.clock.wallMs();
    expect(pc.facts().lateStarts).toEqual({ count: 2, pcAt: now - 5 * hourMs, appAt: now });
    pc.clock.sleep(dayMs);
    await pc.restart(minuteMs, true);
    expect(pc.facts().lateStarts).toBeNull();
  });

  it('a restart of the engine alone, a morning’s sign-in, or a first start are nothing to tell', async () => {
    await using pc = await atPc();
    for (const upMs of [10 * hourMs, 11 * hourMs, 12 * hourMs]) {
      await pc.restart(upMs);
      pc.clock.sleep(hourMs);
    }
    for (let day = 0; day < 3; day += 1) {
      pc.clock.sleep(dayMs);
      await pc.restart(10 * minuteMs);
    }
    expect(pc.facts().lateStarts).toBeNull();
  });

  it('after two weeks it is forgotten, and a clock that was ahead leaves nothing behind', async () => {
    await using pc = await atPc();
    await pc.restart(10 * hourMs);
    for (const upMs of [hourMs, 2 * hourMs]) {
      pc.clock.sleep(dayMs);
      await pc.restart(upMs);
    }
    expect(pc.facts().lateStarts?.count).toBe(2);
    pc.clock.setWall(-10 * dayMs);
    expect(pc.facts().lateStarts).toBeNull();
    pc.clock.setWall(10 * dayMs);
    pc.clock.sleep(14 * dayMs);
    expect(pc.facts().lateStarts).toBeNull();
  });
});
