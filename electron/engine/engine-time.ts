/**
 * Engine time: the wall clock plus a kept offset that absorbs jumps and never runs back (decision 3).
 *
 * When the wall clock moves otherwise than the monotonic one, the machine slept or somebody set the clock; the
 * uptime tells which. Sleep is let through; a set clock is taken up by the offset, so that a retry is never
 * earlier than its delay. The offset is kept in the store, so that a clock set back while the app was closed
 * does not run engine time back either.
 */
import type { UtcMs } from '../../shared/domain.ts';
import type { Clock } from './ports.ts';
import type { WriteHandle } from './store/connection.ts';
import { createMetaTable, metaKey, readMeta } from './store/meta.ts';

/** Clocks drift apart by less than this without anybody setting one, in milliseconds. */
const driftMs = 2_000;

export interface EngineTime {
  now(): UtcMs;
  /** What a person's clock shows at an engine time. */
  toWall(engineMs: number): UtcMs;
  /** Writes the offset and the latest time down; inside a transaction. */
  keep(): void;
}

interface KeptTime {
  readonly offsetMs: number;
  readonly latestMs: number;
}

const readKept = (writer: WriteHandle): KeptTime | null => {
  const kept = readMeta(writer).get(metaKey.engineTime);
  return kept === undefined ? null : (JSON.parse(kept) as KeptTime);
};

/** What the wall clock showed when time was written down last; null where it never was. */
export function keptWallMs(writer: WriteHandle): number | null {
  const kept = readKept(writer);
  return kept && kept.latestMs - kept.offsetMs;
}

export function createEngineTime(clock: Clock, writer: WriteHandle): EngineTime {
  const meta = createMetaTable(writer);
  const before = readKept(writer) ?? { offsetMs: 0, latestMs: 0 };
  let offsetMs = before.offsetMs;
  let latestMs = before.latestMs;
  let wallMs = clock.wallMs();
  let monotonicMs = clock.monotonicMs();
  /** By how much uptime is ahead of monotonic time: grows with every sleep. */
  let sleptMs = clock.uptimeMs() - monotonicMs;
  if (wallMs + offsetMs < latestMs) offsetMs = latestMs - wallMs;

  function advance(): number {
    const wallNow = clock.wallMs();
    const monotonicNow = clock.monotonicMs();
    const partedMs = wallNow - wallMs - (monotonicNow - monotonicMs);
    if (Math.abs(partedMs) > driftMs) {
      // Uptime is read here only: on some systems that is a file.
      const sleptNow = clock.uptimeMs() - monotonicNow;
      const jumpMs = partedMs - (sleptNow - sleptMs);
      if (Math.abs(jumpMs) > driftMs) offsetMs -= jumpMs;
      sleptMs = sleptNow;
    }
    wallMs = wallNow;
    monotonicMs = monotonicNow;
    latestMs = Math.max(latestMs, wallNow + offsetMs);
    return latestMs;
  }

  return {
    now: () => Math.round(advance()) as UtcMs,
    toWall: (engineMs) => Math.round(engineMs - offsetMs) as UtcMs,
    keep() {
      advance();
      meta.put(metaKey.engineTime, JSON.stringify({ offsetMs, latestMs }));
    },
  };
}
