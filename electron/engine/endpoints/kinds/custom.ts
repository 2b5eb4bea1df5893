/** The operator's own template, and what an answer must be to count. */
import type { CustomConfig } from '../../../../shared/endpoint-kinds/custom.ts';
import { sentence } from '../../../../shared/sentences/sentence.ts';
import { counted, type Judgement, uncounted } from '../../evidence/judgement.ts';
import { unconfirmed } from './apps-script.ts';
import { faultOf, shapedBy } from './by-template.ts';
import type { Answer, KindSetUp, OwnBodies, Receiver } from './kind.ts';
import { echoOf } from './script-echo.ts';

const configOf = ({ config }: KindSetUp): CustomConfig => config as CustomConfig;

export const custom: OwnBodies = {
  isShared: false,
  shape(event, setUp) {
    const { template, content } = configOf(setUp);
    return shapedBy(template, content, event);
  },
  fault(setUp) {
    const { template, content } = configOf(setUp);
    return faultOf(template, content);
  },
  alsoSigned(setUp) {
    const { signatureHeader, bareHex } = configOf(setUp);
    return signatureHeader === null ? null : { name: signatureHeader, bareHex };
  },
  // A web app of Apps Script takes any body, and answers each with this redirect.
  follows: echoOf,
  judge: judged,
};

/** Which statuses are a success, and what its text has to say or not to say. */
function judged({ status, body, followed = false }: Answer, { name, setUp }: Receiver): Judgement | null {
  const { successStatuses, mustContain, mustNotContain } = configOf(setUp);
  const usual = status >= 200 && status < 300;
  if (followed && (!usual || successStatuses.includes(302))) return unconfirmed(name);
  const isSuccess = successStatuses.length === 0 ? usual : successStatuses.includes(status);
  // What it does is all in order; what counts as a success is set up here.
  if (!isSuccess && usual) {
    return counted('setup', sentence('outcome.not_a_success', { name, status, statuses: successStatuses.join(', ') }));
  }
  if (!isSuccess) return null;
  const text = Buffer.from(body).toString('utf8');
  if (mustNotContain !== null && text.includes(mustNotContain)) {
    return counted('event_refused', sentence('outcome.answer_says', { name, text: mustNotContain }));
  }
  if (mustContain !== null && !text.includes(mustContain)) {
    return counted('event_refused', sentence('outcome.answer_lacks', { name, text: mustContain }));
  }
  return usual ? null : uncounted('delivered', sentence('outcome.delivered', { name }));
}
