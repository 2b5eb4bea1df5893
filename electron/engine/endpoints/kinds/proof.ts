/**
 * What a service says whenever it has taken something. A 2xx without it is no delivery: a web filter, a sign-in page or a
 * proxy that looks inside answers in its place, and the event would be gone.
 */
import { keptAnswerBytes } from '../../../../shared/domain.ts';
import { sentence } from '../../../../shared/sentences/sentence.ts';
import { counted, type Judgement } from '../../evidence/judgement.ts';
import type { Answer, EndpointBehaviour, Receiver } from './kind.ts';

type Judge = EndpointBehaviour['judge'];

/**
 * @param isItsOwn whether a 2xx is an answer of that service; asked where `judge` knows nothing of it, and it says no no
 * @param judge what else its answers mean
 */
export const proven =
  (isItsOwn: (answer: Answer) => boolean, judge: Judge = () => null): Judge =>
  (answer, at) =>
    judge(answer, at) ??
    saysNo(answer, at) ??
    (isSuccess(answer) && !isItsOwn(answer) ? notItsAnswer(answer, at) : null);

export const isSuccess = ({ status }: Answer): boolean => status >= 200 && status <= 299;

export const notItsAnswer = ({ status }: Answer, { name }: Receiver): Judgement =>
  counted('setup', sentence('outcome.not_its_answer', { name, status }));

/** Its text says no, and names no status. */
export const refusedWithin = (name: string): Judgement =>
  counted('event_refused', sentence('outcome.refused_within', { name }));

export const textOf = ({ body }: Answer): string => Buffer.from(body).toString('utf8').trim();

/** An answer's JSON object; null where it is none. */
export function objectIn(answer: Answer): Readonly<Record<string, unknown>> | null {
  const text = textOf(answer);
  if (!text.startsWith('{')) return null;
  try {
    return JSON.parse(text) as Readonly<Record<string, unknown>>;
  } catch {
    return null;
  }
}

/**
 * Whether it is a JSON object of which that holds. One that is longer than what is kept of an answer cannot be read, and is
 * taken to be the service's.
 */
export const saysJson =
  (holds: (said: Readonly<Record<string, unknown>>) => boolean) =>
  (answer: Answer): boolean => {
    const said = objectIn(answer);
    if (said !== null) return holds(said);
    return answer.body.length >= keptAnswerBytes && textOf(answer).startsWith('{');
  };

/** An id, say: a text with something in it. */
export const isName = (value: unknown): boolean => typeof value === 'string' && value.trim() !== '';

/** As engines answer that name what they have made. */
export const saysId = saysJson(({ id }) => isName(id));

/** By its text: services say `text/html` of plain words too. */
export const isNoPage = (answer: Answer): boolean =>
  !/^(?:<!--[\s\S]*?-->\s*|<\?xml[^>]*>\s*)*<(?:!doctype\s+html|html|head|body)\b/i.test(textOf(answer));

/** A success that says no in its text, whatever stands beside it. */
const saysNo: Judge = (answer, { name }) => {
  const said = isSuccess(answer) ? objectIn(answer) : null;
  if (said === null) return null;
  const { status, statusCode, ok, success, error, errors } = said;
  const isNo =
    (typeof status === 'string' && /^(?:error|fail(?:ed|ure)?)$/i.test(status)) ||
    [status, statusCode].some((code) => typeof code === 'number' && code >= 400 && code <= 599) ||
    ok === false ||
    success === false ||
    isSaid(error) ||
    isSaid(errors);
  return isNo ? refusedWithin(name) : null;
};

/** `null`, `false`, 0 and what is empty say that there is none. */
const isSaid = (fault: unknown): boolean =>
  typeof fault === 'object' && fault !== null ? Object.keys(fault).length > 0 : Boolean(fault);
