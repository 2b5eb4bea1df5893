/**
 * What an answer, or the lack of one, means: the contract's table as one pure function of the evidence.
 */
import { sentence } from '../../../shared/sentences/sentence.ts';
import type { Evidence, TransportFailure } from './evidence.ts';
import { counted, type Judgement, type Outcome, uncounted } from './judgement.ts';
import { certificateOutcome, isCertificateError } from './outcome-certificate.ts';
import { detailOf } from './outcome-detail.ts';
import { statusOutcome } from './outcome-status.ts';
import { receiverName } from './receiver-name.ts';

export type { Outcome } from './judgement.ts';

/**
 * Decides what one attempt means.
 * @param evidence what was seen of the attempt, and what is known of connectivity and clock at its end
 * @param answerMeans what an answer that came means; as the contract says of HTTP's unless given
 */
export function classifyOutcome(
  evidence: Evidence,
  answerMeans: (evidence: Evidence) => Judgement = statusOutcome,
): Outcome {
  const judged = evidence.error ? failureOutcome(evidence, evidence.error) : answerMeans(evidence);
  return { ...judged, detail: detailOf(evidence) };
}

function failureOutcome(evidence: Evidence, error: TransportFailure): Judgement {
  const name = receiverName(evidence);
  if (error.phase === 'aborted') {
    const key = error.code === 'ASLEEP' ? 'outcome.asleep' : 'outcome.interrupted';
    return uncounted('interrupted', sentence(key, { name }));
  }
  if (hasNoRoom(error.code)) {
    return { ...uncounted('interrupted', sentence('outcome.interrupted_no_room', { name })), holdsBack: true };
  }
  // A refusal whose status line has come is known, however the rest of the answer ended; only a success needs
  // its whole answer (decision 9).
  if (error.phase === 'answer' && evidence.status !== null && (evidence.status < 200 || evidence.status > 299)) {
    return statusOutcome(evidence);
  }
  if (error.phase === 'proxy') return proxyOutcome(evidence, error);
  const elsewhere = trouble(evidence);
  if (isCertificateError(error)) return certificateOutcome(evidence, error, elsewhere);
  if (elsewhere) return elsewhere;
  if (evidence.meanwhile !== null) {
    return uncounted('interrupted', sentence(`outcome.network_${evidence.meanwhile}`, { name }));
  }
  if (error.phase === 'dns' && nameIsUnknown(error.code)) {
    const says = evidence.isAlone ? 'outcome.name_not_found' : 'outcome.wrong_address';
    return counted('wrong_address', sentence(says, { host: evidence.host }));
  }
  if (error.code === 'NOT_SMTP') return counted('endpoint_down', sentence('outcome.not_smtp', { host: evidence.host }));
  // TLS from the beginning where it comes after STARTTLS, or the other way round.
  if (error.code === 'PLAIN_FIRST')
    return counted('setup', sentence('outcome.mail_plain_first', { host: evidence.host }));
  if (error.code === 'NO_GREETING') {
    return counted('endpoint_down', sentence('outcome.mail_no_greeting', { host: evidence.host }));
  }
  // Of a mail server: nothing of ours goes out in the clear, and waiting mends nothing.
  if (error.code === 'NO_STARTTLS')
    return counted('setup', sentence('outcome.mail_no_encryption', { host: evidence.host }));
  return counted('endpoint_down', sentence(downKey(error), downParams(evidence, name)));
}

/** This process, or this PC, has no descriptor or no memory for one more connection: that is nobody else's doing. */
export const hasNoRoom = (code: string | undefined): boolean =>
  code !== undefined && ['EMFILE', 'ENFILE', 'ENOBUFS', 'ENOMEM'].includes(code);

/** Trouble on this side of the receiver, which no delivery is to be blamed for. Local endpoints know their network's alone. */
function trouble(evidence: Evidence): Judgement | null {
  if (evidence.local) {
    const isCutOff = evidence.connectivity === 'local_network';
    return isCutOff ? uncounted('offline', sentence('outcome.local_network', { host: evidence.host })) : null;
  }
  switch (evidence.connectivity) {
    case 'offline':
      return uncounted('offline', sentence('outcome.offline'));
    case 'silence':
      return uncounted('offline', sentence('outcome.silence', { host: evidence.host }));
    case 'captive_portal':
      return uncounted('captive_portal', sentence('outcome.captive_portal'));
    case 'proxy':
      return uncounted('proxy', sentence('outcome.proxy_unreachable'));
    default:
      return null;
  }
}

/** A proxy that says which far side it could not reach (502, 504) speaks of the endpoint; anything else is its own. */
function proxyOutcome(evidence: Evidence, error: TransportFailure): Judgement {
  const status = error.proxyStatus;
  if (error.code === 'PROXY_SOCKS') return uncounted('proxy', sentence('outcome.proxy_socks'));
  if (status === null) return uncounted('proxy', sentence('outcome.proxy_unreachable'));
  if (error.code === 'PROXY_SIGN_IN') {
    return uncounted('proxy', sentence('outcome.proxy_sign_in', { asksFor: error.proxyAsksFor ?? '' }));
  }
  if (error.code === 'PROXY_PASSWORD') return uncounted('proxy', sentence('outcome.proxy_password_refused'));
  if (status === 407) return uncounted('proxy', sentence('outcome.proxy_password'));
  if ((status === 502 || status === 504) && evidence.connectivity === 'online' && evidence.meanwhile === null) {
    const params = { name: receiverName(evidence), status };
    return counted('endpoint_down', sentence('outcome.behind_proxy_unreachable', params));
  }
  return uncounted('proxy', sentence('outcome.proxy_refused', { status }));
}

/** Whoever was asked for a name said that there is none. */
export const nameIsUnknown = (code: string) => code === 'ENOTFOUND' || code === 'ENODATA' || code === 'EAI_NONAME';

function downKey(error: TransportFailure) {
  if (error.code === 'DEADLINE') return error.phase === 'answer' ? 'outcome.answer_unfinished' : 'outcome.no_answer';
  if (error.phase === 'dns') return 'outcome.lookup_failed';
  if (error.code === 'NOT_HTTP' || error.code === 'DEFECT') return 'outcome.not_http';
  if (error.phase === 'answer') return 'outcome.answer_broke_off';
  switch (error.code) {
    case 'ECONNREFUSED':
      return 'outcome.connection_refused';
    case 'ETIMEDOUT':
      return 'outcome.no_answer';
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
    case 'EHOSTDOWN':
    case 'EADDRNOTAVAIL':
      return 'outcome.unreachable';
    default:
      break;
  }
  return error.phase === 'tls' ? 'outcome.no_secure_connection' : 'outcome.connection_lost';
}

const downParams = (evidence: Evidence, name: string) => ({
  name,
  host: evidence.host,
  seconds: Math.round(evidence.deadlineMs / 1000),
});
