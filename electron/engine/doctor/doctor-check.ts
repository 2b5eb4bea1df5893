/** One look of the doctor's: how it is, and the next step where it is not well. */
import type { z } from 'zod';
import type { Sentence } from '../../../shared/domain.ts';
import type { doctorCheck } from '../../../shared/schemas.ts';

export type DoctorCheck = z.output<typeof doctorCheck>;

type Says = Sentence | readonly Sentence[];

export const check = (
  state: DoctorCheck['state'],
  name: Sentence,
  says: Says,
  nextStep: Sentence | null,
): DoctorCheck => ({
  name,
  state,
  says: [says].flat(),
  nextStep,
});
export const ok = (name: Sentence, says: Says) => check('ok', name, says, null);
export const warning = (name: Sentence, says: Says, nextStep: Sentence) => check('warning', name, says, nextStep);
export const problem = (name: Sentence, says: Says, nextStep: Sentence) => check('problem', name, says, nextStep);
