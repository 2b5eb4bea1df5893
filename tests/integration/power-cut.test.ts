import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createEngineTime } from '../../electron/engine/engine-time.ts';
import { openDatabase } from '../../electron/engine/store/connection.ts';
import { createEventStore, type NewEvent } from '../../electron/engine/store/events.ts';
import { createGroupCommit } from '../../electron/engine/store/group-commit.ts';
import { createIdSource } from '../../electron/engine/store/ids.ts';
import { utcMs } from '../../shared/domain.ts';
import { createFakeClock } from '../support/clock.ts';
import { type TemporaryFolder, temporaryFolder } from '../support/folder.ts';
import {
  cutPower,
  type Operation,
  powerCutObstacle,
  recordWrites,
  type UnsyncedFate,
} from '../support/power-cut/power-cut.ts';

const obstacle = powerCutObstacle();
if (obstacle !== null) console.warn(`SKIPPED: power cuts are not simulated here: ${obstacle}`);

const events = 120;
/** More in a long run: `POWER_CUTS=300 npx vitest run tests/integration/power-cut.test.ts`. */
const cuts = Number(process.env.POWER_CUTS ?? 60);
const ids = createIdSource();
const clock = createFakeClock();

const newEvent = (n: number): NewEvent => ({
  id: ids.event(clock.wallMs()),
  sourceNo: null,
  type: 'booking.created',
  propertyId: 'prop_1',
  entityMember: 'booking_id',
  entityId: `bk_${n}`,
  occurredAt: '2024-03-15T10:30:00Z',
  receivedAt: utcMs(clock.wallMs()),
  data: JSON.stringify({ booking_id: `bk_${n}`, note: 'x'.repeat(300) }),
  summary: {},
  guest: null,
  hints: [],
  masked: 0,
});

interface Acknowledged {
  readonly eventId: string;
  readonly moment: number;
}

let folder: TemporaryFolder;
let operations: readonly Operation[];
const acknowledged: Acknowledged[] = [];

/** Records events in groups of changing size, with checkpoints in between, and notes when each was durable. */
async function fillWhileRecording(): Promise<void> {
  const recording = recordWrites(folder.path);
  const opened = openDatabase(join(folder.path, 'data'));
  const commit = createGroupCommit(opened.writer);
  const time = createEngineTime(clock, opened.writer);
  const store = createEventStore({ writer: opened.writer, commit, ids, time });
  addEndpoint(opened.connection);
  for (let n = 0, size = 1; n < events; n += size, size = (size % 9) + 1) {
    const group = Array.from({ length: size }, (_, i) => newEvent(n + i));
    await Promise.all(
      group.map((event) =>
        commit
          .transact(() => store.recordEvent(event))
          .then(() => acknowledged.push({ eventId: event.id, moment: recording.moment() })),
      ),
    );
    if (size === 5) opened.connection.pragma('wal_checkpoint(PASSIVE)');
  }
  operations = recording.operations();
  opened.close();
  recording.close();
}

function addEndpoint(connection: ReturnType<typeof openDatabase>['connection']): void {
  connection.exec(`INSERT INTO endpoints
    (id, description, url, host, masked_address, local, events, headers, header_names, switch, created_at)
    VALUES ('ep_1', '', x'00', 'h', 'h', 0, '["booking.created"]', x'00', '[]', 'on', 0)`);
}

/** What was not synced is kept, lost or torn, differently for every cut but the same in every run. */
function fateOfCut(seed: number): UnsyncedFate {
  let state = seed * 2_654_435_761;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return (['kept', 'lost', 'torn'] as const)[(state >>> 16) % 3] ?? 'kept';
  };
}

describe.skipIf(obstacle !== null)('a power cut', () => {
  beforeAll(async () => {
    folder = await temporaryFolder();
    await fillWhileRecording();
  });
  afterAll(() => folder.remove());

  it('was recorded in enough detail for the cuts to mean something', () => {
    const kinds = new Set(operations.map(({ op, file }) => `${op} ${file}`));
    for (const kind of ['write relay.db-wal', 'sync relay.db-wal', 'write relay.db', 'sync relay.db']) {
      expect(kinds).toContain(kind);
    }
    expect(acknowledged.length).toBeGreaterThanOrEqual(events);
  });

  it('loses nothing that was acknowledged, and leaves no event without its deliveries', () => {
    // The first cut is after the schema was there: before that nothing can have been acknowledged.
    const first = operations.findIndex(({ until }) => until >= (acknowledged[0]?.moment ?? 0));
    for (let cut = 0; cut < cuts; cut++) {
      const at = operations[first + Math.floor(((operations.length - 1 - first) * cut) / (cuts - 1))];
      const moment = at?.until ?? 0;
      const after = join(folder.path, `cut-${cut}`);
      mkdirSync(after);
      cutPower(operations, moment, after, fateOfCut(cut));

      const opened = openDatabase(after);
      try {
        expect(opened.uncleanStop).toBe(true);
        expect(opened.connection.pragma('integrity_check', { simple: true })).toBe('ok');
        const present = new Set(opened.connection.prepare('SELECT id FROM events').pluck().all());
        const lost = acknowledged.filter((event) => event.moment <= moment && !present.has(event.eventId));
        expect(lost, `cut ${cut}`).toEqual([]);
        const half = opened.connection
          .prepare('SELECT count(*) FROM events WHERE seq NOT IN (SELECT event_seq FROM deliveries)')
          .pluck()
          .get();
        expect(half).toBe(0);
      } finally {
        opened.close();
        rmSync(after, { recursive: true });
      }
    }
  }, 600_000);

  it('would be noticed: without the syncs the same cuts lose acknowledged events', () => {
    const unsynced = operations.filter(({ op }) => op !== 'sync');
    const after = join(folder.path, 'unsynced');
    mkdirSync(after);
    const moment = operations.at(-1)?.until ?? 0;
    cutPower(unsynced, moment, after, ({ file, offset }) =>
      file === 'relay.db-wal' && offset > 4096 ? 'lost' : 'kept',
    );
    const opened = openDatabase(after);
    const present = opened.connection.prepare('SELECT count(*) FROM events').pluck().get() as number;
    opened.close();
    expect(present).toBeLessThan(acknowledged.length);
  });
});
