/** Records outcomes: those of one turn of the event loop share a transaction, and none is lost where that fails. */
import type { EngineContext } from '../context.ts';
import type { AttemptReport } from '../sending/attempt.ts';
import { recordAtBench } from './bench-recording.ts';
import type { Flight } from './lane.ts';
import { type Recorded, type RecordingParts, recordOutcome } from './recording.ts';
import { recordUnshaped } from './unshaped-recording.ts';

/** Wait before what could not be written down is tried again, in milliseconds. */
export const recordAgainMs = 1_000;

/** So many share a transaction at most: what else has ended is recorded in the next one, a turn later. */
export const mostTogether = 64;

export interface OutcomeRecorderParts {
  readonly context: Pick<EngineContext, 'clock' | 'commit' | 'logger' | 'meter'>;
  readonly recording: RecordingParts;
  /** Inside the transaction, before its round of claims: the next one of an entity goes out with it. */
  readonly moveUp: (recorded: Recorded) => void;
  /** After the commit: memory follows what was committed. */
  readonly follow: (recorded: Recorded) => void;
}

function recorderOf({ unshaped, row }: AttemptReport) {
  if (unshaped !== null) return recordUnshaped;
  return row.toBench ? recordAtBench : recordOutcome;
}

/** Returns what takes an attempt's report, to be recorded as soon as may be. */
export function createOutcomeRecorder(parts: OutcomeRecorderParts): (flight: Flight, report: AttemptReport) => void {
  const { context, recording, moveUp, follow } = parts;
  const { clock, commit, logger, meter } = context;
  let results: { readonly flight: Flight; readonly report: AttemptReport }[] = [];
  let asked = false;

  function record(): void {
    if (asked) return;
    asked = true;
    let batch: typeof results = [];
    let isBegun = false;
    commit
      .transact(() => {
        asked = false;
        isBegun = true;
        batch = results.slice(0, mostTogether);
        results = results.slice(mostTogether);
        if (results.length > 0) record();
        const recorded = batch.map(({ flight, report }) => recorderOf(report)(recording, flight, report));
        commit.beforeCommit(() => recorded.forEach(moveUp));
        commit.afterCommit(() => {
          batch.forEach(measure);
          recorded.forEach(follow);
        });
      })
      .catch((error) => {
        // Otherwise those that come after it have asked for their own already, or will.
        if (!isBegun) asked = false;
        logger.error({ err: error, attempts: batch.length }, 'attempts could not be recorded; trying again');
        clock.after(recordAgainMs, () => {
          results = [...batch, ...results];
          if (results.length > 0) record();
        });
      });
  }

  function measure({ report: { outcome, durationMs, unshaped } }: { readonly report: AttemptReport }): void {
    if (unshaped !== null) return;
    meter.count('attempts_recorded', 1, { outcome: outcome.class });
    meter.observe('attempt_ms', durationMs, { outcome: outcome.class });
  }

  return (flight, report) => {
    results.push({ flight, report });
    record();
  };
}
