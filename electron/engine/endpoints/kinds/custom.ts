/** The operator's own template, and what an answer must be to count. */
import type { CustomConfig } from '../../../../shared/endpoint-kinds/custom.ts';
import { inEnglish } from '../../../../shared/sentences/in-english.ts';
import { sentence } from '../../../../shared/sentences/sentence.ts';
import { counted, type Judgement, uncounted } from '../../evidence/judgement.ts';
import { contents } from '../../shaping/content.ts';
import { compileShape, isShapeProblem, type ShapeProblem } from '../../shaping/shape.ts';
import type { Answer, KindSetUp, OwnBodies, Receiver } from './kind.ts';

const configOf = ({ config }: KindSetUp): CustomConfig => config as CustomConfig;

export const custom: OwnBodies = {
  isShared: false,
  shape(event, setUp) {
    const { template, content } = configOf(setUp);
    const compiled = compileShape(template, content);
    if (isShapeProblem(compiled)) return { ok: false, problem: compiled };
    const rendered = compiled.render(event);
    if (!rendered.ok) return rendered;
    const headers = ['Content-Type', contents[content].mediaType];
    return { ok: true, body: Buffer.from(rendered.body, 'utf8'), headers };
  },
  fault(setUp) {
    const { template, content } = configOf(setUp);
    const compiled = compileShape(template, content);
    return isShapeProblem(compiled) ? { member: 'template', says: placed(compiled) } : null;
  },
  alsoSigned(setUp) {
    const { signatureHeader, bareHex } = configOf(setUp);
    return signatureHeader === null ? null : { name: signatureHeader, bareHex };
  },
  judge: judged,
};

const placed = ({ line, column, why }: ShapeProblem) =>
  sentence('problem.template', { line, column, why: inEnglish(why) });

/** Which statuses are a success, and what its text has to say or not to say. */
function judged({ status, body }: Answer, { name, setUp }: Receiver): Judgement | null {
  const { successStatuses, mustContain, mustNotContain } = configOf(setUp);
  const usual = status >= 200 && status < 300;
  const isSuccess = successStatuses.length === 0 ? usual : successStatuses.includes(status);
  if (!isSuccess) return usual ? counted('endpoint_down', sentence('outcome.not_a_success', { name, status })) : null;
  const text = Buffer.from(body).toString('utf8');
  if (mustNotContain !== null && text.includes(mustNotContain)) {
    return counted('event_refused', sentence('outcome.answer_says', { name, text: mustNotContain }));
  }
  if (mustContain !== null && !text.includes(mustContain)) {
    return counted('event_refused', sentence('outcome.answer_lacks', { name, text: mustContain }));
  }
  return usual ? null : uncounted('delivered', sentence('outcome.delivered', { name }));
}
