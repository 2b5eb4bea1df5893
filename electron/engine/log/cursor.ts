/** Cursors of the log's pages: opaque text outside, a place in the order of `seq` inside. */
import { RelayError } from '../../../shared/errors.ts';
import { sentence } from '../../../shared/sentences/sentence.ts';

/** Everything newer than this has been given: rows with `seq` below `below`, of events up to `eventSeq`. */
export interface Position {
  readonly below: number;
  /** Set by searches that walk along the events: the event to go on with. */
  readonly eventSeq: number | null;
}

const radix = 36;
const shape = /^p([0-9a-z]{1,11})(?:\.([0-9a-z]{1,11}))?$/;

export const newestPosition: Position = { below: Number.MAX_SAFE_INTEGER, eventSeq: null };
export const oldestPosition: Position = { below: 0, eventSeq: null };

export function cursorOf({ below, eventSeq }: Position): string {
  const event = eventSeq === null ? '' : `.${eventSeq.toString(radix)}`;
  return `p${below.toString(radix)}${event}`;
}

/**
 * @param member the member of the input that holds the cursor
 * @throws RelayError `bad_input` where the text is no cursor of ours
 */
export function positionOf(cursor: string | undefined, member: 'cursor' | 'downTo' | 'than' = 'cursor'): Position {
  if (cursor === undefined) return newestPosition;
  const [, below, eventSeq] = shape.exec(cursor) ?? [];
  if (below === undefined) {
    throw new RelayError('bad_input', sentence('problem.bad_cursor', { member }), { member });
  }
  return {
    below: Number.parseInt(below, radix),
    eventSeq: eventSeq === undefined ? null : Number.parseInt(eventSeq, radix),
  };
}
