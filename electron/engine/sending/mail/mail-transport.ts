/** Makes an attempt's message from its route and its shaped text, and sends it: what `signed-sender.ts` is for HTTP. */
import { createHash } from 'node:crypto';
import type { MailConfig } from '../../../../shared/endpoint-kinds/mail.ts';
import { behaviourOf } from '../../endpoints/kinds/index.ts';
import type { Shaped } from '../../endpoints/kinds/kind.ts';
import { type KnownSecrets, knownSecrets } from '../known-secrets.ts';
import { notSent } from '../not-sent.ts';
import { type AttemptForRequest, idHeaders } from '../request.ts';
import {
  type Made,
  madeBody,
  nothingSent,
  type SignedResult,
  type SigningRequest,
  type SigningRoute,
  withoutSecrets,
} from '../signed-sender.ts';
import { htmlOf } from './html.ts';
import { type MailMessage, oneLine } from './mail-message.ts';
import type { MailSender } from './mail-sender.ts';

/** Sends one message, and gives what was seen as of an HTTP request. */
export function createMailTransport(sender: MailSender): (request: SigningRequest) => Promise<SignedResult> {
  const secretsOfRoute = new WeakMap<SigningRoute, KnownSecrets>();

  function secretsOf(route: SigningRoute): KnownSecrets {
    const known = secretsOfRoute.get(route) ?? knownSecrets(route);
    secretsOfRoute.set(route, known);
    return known;
  }

  return async (request) => {
    const { route } = request;
    const made = textOf(request);
    if (!made.ok) return { ...notSent('aborted', 'UNSHAPED', ''), ...nothingSent, unshaped: made.problem };
    const { user, password = '' } = configOf(route);
    const message = messageOf(request, made);
    const result = await sender.send({
      endpointId: route.endpointId,
      address: route.url,
      ownPem: route.ownPem,
      commonPem: route.commonPem ?? null,
      login: user === undefined ? null : { user, password },
      message,
    });
    const shown = withoutSecrets(result, () => secretsOf(route));
    return { ...shown, sentBody: made.body, addsSlash: false, requestHeaders: JSON.stringify(storable(message)) };
  };
}

/** The text of the one event, or of all that the message is of. */
function textOf(request: SigningRequest): ReturnType<typeof madeBody> {
  const { route, attempt } = request;
  const join = route.ofKind && behaviourOf(route.ofKind.kind).digest?.join;
  if (!attempt.others?.length || !join) return madeBody(request);
  const parts = [request, ...attempt.others.map((other) => ({ ...other, route, body: Buffer.from(other.dataText) }))];
  return { ok: true, ...join(parts.map(partOf)) };
}

/** One that its template does not fit keeps no other from being sent, and is told with its data. */
function partOf(request: SigningRequest): Shaped {
  const made = madeBody(request);
  return made.ok
    ? { body: Buffer.from(made.body), headers: made.headers }
    : { body: Buffer.from(request.body), headers: ['Subject', request.attempt.event] };
}

const configOf = ({ ofKind }: SigningRoute): MailConfig => ofKind?.config as MailConfig;

/**
 * The id is the event's and the endpoint's: a mail program that gets it twice knows it. At the sender's domain, as mail
 * filters expect.
 */
function messageOf({ route, attempt }: SigningRequest, { body, headers }: Made): MailMessage {
  const { from, to } = configOf(route);
  const text = Buffer.from(body).toString('utf8');
  const domain = /@([^\s@>]+)>?\s*$/.exec(from)?.[1] ?? 'localhost';
  const [, subject = ''] = headers;
  return {
    from,
    to,
    subject,
    text,
    html: htmlOf(text),
    messageId: `${idOf(attempt)}.${route.endpointId}@${domain}`,
    at: attempt.at,
    // RFC 3834: nobody's "out of office" answers it; the second is how Exchange is told so.
    headers: [...idHeaders(attempt), 'Auto-Submitted', 'auto-generated', 'X-Auto-Response-Suppress', 'All'],
    attached: attempt.attached ?? [],
  };
}

/** Of a digest it is made of the ids of all its events: the same ones are the same message. */
function idOf({ eventId, others = [] }: AttemptForRequest): string {
  if (others.length === 0) return eventId;
  const ids = [eventId, ...others.map((other) => other.attempt.eventId)].sort();
  return `digest_${createHash('sha256').update(ids.join(' ')).digest('hex').slice(0, 26)}`;
}

/** As the log shows a message's head. */
function storable({ from, to, subject, messageId, headers }: MailMessage): [string, string][] {
  const further: [string, string][] = [];
  for (let index = 0; index < headers.length; index += 2) {
    further.push([headers[index] ?? '', headers[index + 1] ?? '']);
  }
  return [
    ['From', from],
    ['To', to.join(', ')],
    ['Subject', oneLine(subject)],
    ['Message-ID', `<${messageId}>`],
    ...further,
  ];
}
