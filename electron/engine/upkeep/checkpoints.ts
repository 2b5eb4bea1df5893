/**
 * Checkpoints beside the work (decision 31): what stands in the write-ahead log is carried over into the
 * database, so that the log does not grow without bound while deliveries go on.
 *
 * A PASSIVE checkpoint holds nobody up, but under steady writing it never catches up quite, and so the log never
 * starts anew. When it is long, RESTART makes it: that holds the writer up for the rest alone, which the PASSIVE
 * one just before has made small.
 */
import BetterSqlite3 from 'better-sqlite3';
import { openCheckpointer } from '../store/connection.ts';

/** Pages in the log, and how many of them have been carried over. */
export interface WalState {
  readonly pages: number;
  readonly carriedOver: number;
}

export type CheckpointStep = 'none' | 'passive' | 'restart' | 'truncate';

/** 4 kB pages: carried over from 4 MB on, or when the rest has lain for the second time. */
const passiveFromPages = 1_000;
const longestWaitMs = 30_000;
/** From 64 MB on the log is to start anew, if no more than 400 kB would have to be written meanwhile. */
const restartFromPages = 16_000;
const restartRestPages = 100;
/** What came during one PASSIVE checkpoint is little for the next one. */
const mostPassives = 3;

/** What to do next. @param sinceLastMs since the last checkpoint of any kind */
export function nextCheckpoint({ pages, carriedOver }: WalState, sinceLastMs: number): CheckpointStep {
  const rest = pages - carriedOver;
  if (rest <= 0) return pages >= restartFromPages ? 'truncate' : 'none';
  return rest >= passiveFromPages || sinceLastMs >= longestWaitMs ? 'passive' : 'none';
}

/** Whether, after a PASSIVE checkpoint that left the log so, it is to be started anew. */
export const wantsRestart = ({ pages, carriedOver }: WalState): boolean =>
  pages >= restartFromPages && pages - carriedOver <= restartRestPages;

/** Longest wait of a checkpoint for a reader, and of the writer with it, in milliseconds. */
const busyMs = 5;
const lookEveryMs = 250;

export interface Checkpoints {
  step(): CheckpointStep;
  /** Empties the log, so that nothing of what was deleted is left in it. @returns false where a reader is in it */
  truncate(): boolean;
  stop(): void;
}

/** Looks after the write-ahead log until the thread ends; on a writing connection of its own. */
export function startCheckpoints(dataFolder: string): Checkpoints {
  const connection = openCheckpointer(dataFolder, busyMs);
  let lastMs = performance.now();

  function run(mode: 'NOOP' | 'PASSIVE' | 'RESTART' | 'TRUNCATE'): WalState {
    const [row] = connection.pragma(`wal_checkpoint(${mode})`) as { log: number; checkpointed: number }[];
    return { pages: row?.log ?? 0, carriedOver: row?.checkpointed ?? 0 };
  }

  function step(): CheckpointStep {
    const next = nextCheckpoint(run('NOOP'), performance.now() - lastMs);
    if (next === 'none') return next;
    lastMs = performance.now();
    if (next === 'truncate') {
      run('TRUNCATE');
      return next;
    }
    let state = run('PASSIVE');
    for (let more = 1; more < mostPassives && state.pages >= restartFromPages && !wantsRestart(state); more += 1) {
      state = run('PASSIVE');
    }
    if (!wantsRestart(state)) return 'passive';
    run('RESTART');
    return 'restart';
  }

  const timer = setInterval(() => {
    try {
      step();
    } catch (error) {
      // Another connection is at it, or the disk is full: the log stays as it is, and the next look comes soon.
      if (!(error instanceof BetterSqlite3.SqliteError)) throw error;
    }
  }, lookEveryMs);
  return {
    step,
    truncate() {
      // What is left to be carried over holds the writer up; most of it is carried over before.
      run('PASSIVE');
      lastMs = performance.now();
      return run('TRUNCATE').pages === 0;
    },
    stop() {
      clearInterval(timer);
      connection.close();
    },
  };
}
