/** The product's own contract: four members, `data` byte for byte as it came, and what an answer's status says. */
import { sentence } from '../../../../shared/sentences/sentence.ts';
import { counted } from '../../evidence/judgement.ts';
import { refusedWithin } from './chat.ts';
import type { EventForBody, SharedBodies } from './kind.ts';
import { isNoPage, objectIn, proven, textOf } from './proof.ts';
import { echoOf } from './script-echo.ts';

const headers = ['Content-Type', 'application/json'] as const;

export const webhook: SharedBodies = {
  isShared: true,
  shape: (event) => ({ body: Buffer.from(bodyText(event), 'utf8'), headers }),
  // The answer of a script of Google's, which its own kind knows how to fetch (`apps-script.ts`).
  judge: ({ status, headers }, { name }) =>
    echoOf(status, headers) === null ? null : counted('setup', sentence('outcome.script_redirect', { name, status })),
};

/** An answer that says no in its text, whatever its status is. */
const saysNo: SharedBodies['judge'] = (answer, { name }) => {
  const said = answer.status <= 299 ? objectIn(answer) : null;
  if (said === null) return null;
  const { status, ok, success, error } = said;
  const isNo =
    (typeof status === 'string' && /^(?:error|fail(?:ed|ure)?)$/i.test(status)) ||
    ok === false ||
    success === false ||
    (typeof error === 'string' && error !== '');
  return isNo ? refusedWithin(name) : null;
};

/** Home Assistant: what it says differs, and is never a page. */
export const homeAssistant: SharedBodies = { ...webhook, judge: proven(isNoPage, saysNo) };

/** `{"attempt", "id", "request_id", "status": "success"}`, and nothing at all of a hook that is silent. */
export const zapier: SharedBodies = {
  ...webhook,
  judge: proven((answer) => {
    const said = objectIn(answer);
    return said === null
      ? textOf(answer) === ''
      : ['attempt', 'id', 'request_id', 'status'].some((member) => typeof said[member] === 'string');
  }, saysNo),
};

/** The exact text that is signed and sent. */
export function bodyText(event: EventForBody): string {
  return `{"event":${JSON.stringify(event.event)},"timestamp":${JSON.stringify(event.timestamp)},"data":${event.dataText},"property_id":${JSON.stringify(event.propertyId)}}`;
}
