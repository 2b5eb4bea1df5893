/** What a person chooses to make events of a source's messages. */
import { RelayError } from '../../../shared/api.ts';
import { sentence } from '../../../shared/sentences/sentence.ts';
import { presetNames, presetOf } from '../../../shared/source-presets/index.ts';
import { noShaping, type ShapingChange, type SourceShaping } from '../../../shared/source-shaping.ts';
import { shapeProblem } from './reading-of.ts';

/** Absent members stay as they are; with another preset, what was a person's own is the preset's. */
export function changedShaping(before: SourceShaping, change: ShapingChange | undefined): SourceShaping {
  if (change === undefined) return before;
  const given = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined));
  const isOther = change.preset !== undefined && change.preset !== before.preset;
  const from: SourceShaping = isOther ? noShaping : before;
  return { ...from, ...given };
}

/** @throws RelayError `bad_input` where the preset is not known, or the shape cannot be read: with its line and column */
export function refuseUnusable({ preset, shape }: SourceShaping): void {
  if (preset !== null && presetOf(preset) === null) {
    const says = sentence('problem.input_not_one_of', { member: 'preset', values: presetNames.join(', ') });
    throw new RelayError('bad_input', says, { member: 'shaping.preset' });
  }
  const problem = shape === null ? null : shapeProblem(shape);
  if (problem === null) return;
  throw new RelayError('bad_input', problem.why, {
    member: 'shaping.shape',
    detail: `line ${problem.line}, column ${problem.column}`,
  });
}
