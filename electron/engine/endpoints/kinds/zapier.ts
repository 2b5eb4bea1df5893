/** Zapier: `{"attempt", "id", "request_id", "status": "success"}`, and nothing at all of a hook that is silent. */
import type { Answer, SharedBodies } from './kind.ts';
import { isName, objectIn, proven, textOf } from './proof.ts';
import { webhook } from './webhook.ts';

const members = ['attempt', 'id', 'request_id', 'status'] as const;

function isItsOwn(answer: Answer): boolean {
  const said = objectIn(answer);
  return said === null ? textOf(answer) === '' : members.some((member) => isName(said[member]));
}

export const zapier: SharedBodies = { ...webhook, judge: proven(isItsOwn) };
