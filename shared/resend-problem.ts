/** Why a delivery cannot be sent again: said before many are resent, and where it is refused. Null: it can. */
import type { EndpointSwitch, Sentence } from './domain.ts';
import { sentence } from './sentences/sentence.ts';

/** By the switch of its endpoint. */
export function resendProblem(switchedTo: EndpointSwitch, name: string): Sentence | null {
  switch (switchedTo) {
    case 'on':
      return null;
    case 'paused':
      return sentence('problem.endpoint_paused', { name });
    case 'draft':
      return sentence('problem.endpoint_draft', { name });
    default:
      return sentence('problem.endpoint_removed', { name });
  }
}

/** @param why what it said went: since its guest was forgotten, or since it is old */
export function goneProblem(why: string | null): Sentence | null {
  if (why === null) return null;
  return sentence(why === 'forgotten' ? 'problem.event_forgotten' : 'problem.event_data_gone');
}
