/**
 * What a mail server's answer means: the same classes as an HTTP status, by the command that it answers and its code
 * (RFC 5321, 4.2; RFC 4954, 6). Pure.
 */
import type { Sentence } from '../../../../shared/domain.ts';
import { sentence } from '../../../../shared/sentences/sentence.ts';
import { type Evidence, headerValue } from '../../evidence/evidence.ts';
import { counted, type Judgement, uncounted } from '../../evidence/judgement.ts';
import { receiverName } from '../../evidence/receiver-name.ts';
import { isThrottleFree } from '../../evidence/retry-after.ts';

/** Before a login, or a secure connection, nothing is taken. */
const loginWanted = 530;
const tooLarge = 552;

/** @param evidence of an attempt that the server answered, whatever command it was that it answered last */
export function mailOutcome(evidence: Evidence): Judgement {
  const status = evidence.status ?? 0;
  const { host } = evidence;
  const saidTo = headerValue(evidence.responseHeaders, 'answer-to') ?? '';
  const recipients = refusedRecipients(evidence);
  if (status >= 200 && status <= 299) return taken(evidence, recipients);
  const refused = (says: Sentence) => counted('setup', says);
  if (status >= 400 && status <= 499) return later(evidence, recipients, saidTo);
  if (status === loginWanted) return refused(sentence('outcome.mail_login_wanted', { host, status }));
  switch (saidTo) {
    case 'CONNECT':
      return refused(sentence('outcome.mail_not_from_here', { host, status }));
    case 'STARTTLS':
      return refused(sentence('outcome.mail_no_encryption', { host }));
    case 'AUTH':
      return refused(sentence('outcome.mail_login_refused', { host, status }));
    case 'MAIL FROM':
      return status === tooLarge
        ? tooLargeOutcome(evidence)
        : refused(sentence('outcome.mail_sender_refused', { host, status }));
    case 'RCPT TO':
      return refused(sentence('outcome.mail_recipient_refused', { host, recipients, status }));
    default:
      return status === tooLarge || /\b5\.3\.4\b/.test(evidence.body ?? '')
        ? tooLargeOutcome(evidence)
        : counted('event_refused', sentence('outcome.mail_refused', { host, status }));
  }
}

/** It was taken: for all, or for all but those whom the server named. */
function taken(evidence: Evidence, recipients: string): Judgement {
  return uncounted(
    'delivered',
    recipients === ''
      ? sentence('outcome.delivered', { name: receiverName(evidence) })
      : sentence('outcome.mail_partly', { host: evidence.host, recipients }),
  );
}

/** Greylisting, a full mailbox, too many sessions, a login that it cannot check (454): what a server cannot take now, it says itself, it may take later. */
function later(evidence: Evidence, recipients: string, saidTo: string): Judgement {
  const { host } = evidence;
  const status = evidence.status ?? 0;
  const free = isThrottleFree(evidence.throttledSince, evidence.endedAt);
  const says = !free
    ? sentence('outcome.mail_later_too_long', { host, status })
    : recipients === ''
      ? sentence(saidTo === 'AUTH' ? 'outcome.mail_login_later' : 'outcome.mail_later', { host, status })
      : sentence('outcome.mail_later_for', { host, recipients, status });
  return { class: 'throttled', counts: !free, sentence: says };
}

const tooLargeOutcome = (evidence: Evidence): Judgement =>
  counted(
    'event_refused',
    sentence('outcome.event_too_large', { name: receiverName(evidence), sizeBytes: evidence.sentBytes }),
  );

/** `one@hotel.example, two@hotel.example`; empty where nobody was refused. */
const refusedRecipients = ({ responseHeaders }: Evidence): string =>
  (responseHeaders ?? [])
    .filter(([name]) => name === 'refused')
    .map(([, value]) => value.split(': ')[0] ?? value)
    .join(', ');
