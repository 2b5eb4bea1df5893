/**
 * The last event that was acknowledged, beside the database. SQLite reads its log up to the first place that is damaged,
 * and gives up what stands behind it without a word: then the database ends before this file does. It is written after
 * each commit and never waited for, so that it may fall behind at a power cut, and is never ahead of what was taken.
 */
import { closeSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { UtcMs } from '../../../../shared/domain.ts';
import type { Clock, Logger } from '../../ports.ts';
import type { WriteHandle } from '../connection.ts';
import type { GroupCommit } from '../group-commit.ts';
import { createMetaTable, metaKey } from '../meta.ts';
import { keepToOwner } from '../owner-only.ts';

/** Events that were acknowledged and are not in the database any more. */
export interface EventsLost {
  readonly count: number;
  /** Wall clock's: of the last one that is there; null where there is none. */
  readonly since: UtcMs | null;
  /** Of the last one that was acknowledged. */
  readonly until: UtcMs;
  /** When it was found, at a start. */
  readonly found: UtcMs;
}

interface Last {
  readonly seq: number;
  readonly at: UtcMs;
}

const fileIn = (folder: string): string => join(folder, 'relay.last');
const digits = 16;

/** Null where there is none, or it was cut off: then nothing can be told by it. */
export function lastAcknowledged(folder: string): Last | null {
  try {
    const [, seq, at, again] = /^(\d{16}) (\d{16}) (\d{16})\n$/.exec(readFileSync(fileIn(folder), 'utf8')) ?? [];
    return seq === undefined || seq !== again ? null : { seq: Number(seq), at: Number(at) as UtcMs };
  } catch {
    return null;
  }
}

/** To be called when another database takes the place of this one: it knows nothing of what was acknowledged here. */
export const forgetAcknowledged = (folder: string): void => rmSync(fileIn(folder), { force: true });

/**
 * Looks whether events are lost, and keeps that for {@link eventsLost}; from then on every commit is followed by the
 * last event's number. Those that are lost keep their numbers, which no later one gets.
 */
export async function watchAcknowledged(
  folder: string,
  writer: WriteHandle,
  commit: GroupCommit,
  clock: Pick<Clock, 'wallMs'>,
  logger: Logger,
): Promise<{ close(): void }> {
  // One row of a table that has one for each table of ours.
  const lastSeq = writer.prepare<[], number>("SELECT seq FROM sqlite_sequence WHERE name = 'events'").pluck();
  const now = (): UtcMs => Math.round(clock.wallMs()) as UtcMs;
  let noted = lastSeq.get() ?? 0;
  const last = lastAcknowledged(folder);
  if (last !== null && last.seq > noted) {
    const lost = await commit.transact(() => recordLost(writer, last, noted, now()));
    logger.error({ ...lost }, 'events that were acknowledged are not in the database any more');
    noted = last.seq;
  }

  const handle = open(folder, logger);
  commit.takePart({
    write() {},
    committed() {
      if (handle === null) return;
      // Whatever happens here, what was committed is: it is told so.
      try {
        const seq = lastSeq.get() ?? 0;
        if (seq === noted) return;
        writeSync(handle, lineOf({ seq, at: now() }), 0);
        noted = seq;
      } catch (error) {
        // A full disk, or a database that another program has for itself: it stays behind, as after a power cut.
        logger.debug({ error: String(error) }, 'the last acknowledged event was not noted');
      }
    },
  });
  return {
    close: () => {
      if (handle !== null) closeSync(handle);
    },
  };
}

function open(folder: string, logger: Logger): number | null {
  try {
    keepToOwner(fileIn(folder));
    // Neither emptied nor added to: it is one line, written over.
    return openSync(fileIn(folder), 'r+');
  } catch (error) {
    logger.warn({ error: String(error) }, 'the last acknowledged event cannot be noted');
    return null;
  }
}

const lineOf = ({ seq, at }: Last): string => {
  const [number, when] = [seq, at].map((value) => String(value).padStart(digits, '0'));
  return `${number} ${when} ${number}\n`;
};

function recordLost(writer: WriteHandle, last: Last, seq: number, found: UtcMs): EventsLost {
  const meta = createMetaTable(writer);
  // By the primary key, from its end.
  const newest = writer.prepare<[], UtcMs>('SELECT received_at FROM events ORDER BY seq DESC LIMIT 1').pluck();
  const before = readLost(meta.get(metaKey.eventsLost));
  const isRecent = before !== null && found - before.found < saidForMs;
  const lost: EventsLost = {
    count: last.seq - seq + (isRecent ? before.count : 0),
    since: isRecent ? before.since : (newest.get() ?? null),
    until: last.at,
    found,
  };
  meta.put(metaKey.eventsLost, JSON.stringify(lost));
  const moved = writer.prepare("UPDATE sqlite_sequence SET seq = ? WHERE name = 'events'").run(last.seq);
  if (moved.changes === 0) {
    writer.prepare("INSERT INTO sqlite_sequence (name, seq) VALUES ('events', ?)").run(last.seq);
  }
  return lost;
}

/** How long it is a condition, in milliseconds: nothing in the product can tell that the PMS has sent them again. */
const saidForMs = 3 * 24 * 3_600_000;

const readLost = (text: string | undefined): EventsLost | null =>
  text === undefined ? null : (JSON.parse(text) as EventsLost);

/** What was lost lately; null where nothing was. @param nowMs wall clock's */
export function eventsLost(text: string | undefined, nowMs: number): EventsLost | null {
  const lost = readLost(text);
  return lost !== null && nowMs - lost.found < saidForMs ? lost : null;
}
