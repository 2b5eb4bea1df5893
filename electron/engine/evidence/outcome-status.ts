/** What a status means: success, slow down, our set-up, this event, or trouble at the receiver. */
import type { Sentence } from '../../../shared/domain.ts';
import { knownReceiver } from '../../../shared/endpoint-kinds/index.ts';
import { sentence } from '../../../shared/sentences/sentence.ts';
import { isClockWrong } from './clock-skew.ts';
import { type Evidence, headerValue } from './evidence.ts';
import { counted, type Judgement, uncounted } from './judgement.ts';
import { parseRateLimit } from './rate-limit.ts';
import { receiverName } from './receiver-name.ts';
import { isThrottleFree, parseRetryAfter } from './retry-after.ts';

const clockSensitive = new Set([400, 401, 403]);
const setUp = new Set([401, 402, 403, 404, 405, 415, 426, 451]);
const endpointTrouble4xx = new Set([408, 425]);

/** @param evidence of an attempt whose status line came */
export function statusOutcome(evidence: Evidence): Judgement {
  const status = evidence.status ?? 0;
  const name = receiverName(evidence);
  if (status >= 200 && status <= 299) return uncounted('delivered', sentence('outcome.delivered', { name }));
  // RFC 6585: 511 is never the receiver's own answer.
  if (!evidence.local && (status === 511 || (isRedirect(status) && evidence.connectivity === 'captive_portal'))) {
    return uncounted('captive_portal', sentence('outcome.captive_portal'));
  }
  if (status === 407) return uncounted('proxy', sentence('outcome.proxy_password'));
  if (clockSensitive.has(status) && isClockWrong(evidence.skewMs)) {
    return uncounted('clock', sentence('outcome.clock', { skewMs: evidence.skewMs ?? 0 }));
  }
  const throttled = throttledOutcome(evidence, status, name);
  if (throttled) return throttled;
  if ((status === 401 || status === 403) && evidence.othersGetThrough && !speaksOfCsrf(evidence)) {
    // A firewall that reads the body, say: secret and headers were right a moment ago.
    return counted('event_refused', sentence('outcome.event_blocked', { name, status }));
  }
  if (speaksOfSignature(evidence, status)) {
    return counted('setup', sentence('outcome.signature_refused', { name, status }));
  }
  if (setUp.has(status)) return counted('setup', setUpSentence(evidence, status, name));
  if (status === 500 && speaksOfSlash(evidence)) {
    return counted('setup', sentence('outcome.slash_missing', { name, status }));
  }
  const elsewhere = isRedirect(status) ? redirectSentence(evidence, status, name) : null;
  if (elsewhere) return counted('setup', elsewhere);
  // Make keeps an address whose scenario is switched off.
  if (status === 410 && /no scenario listening/i.test(evidence.body ?? '')) {
    return counted('setup', sentence('outcome.workflow_off', { name, status }));
  }
  if (status === 410) return uncounted('gone', sentence('outcome.gone', { name }));
  if (status >= 400 && status <= 499 && !endpointTrouble4xx.has(status)) {
    return counted('event_refused', refusalSentence(evidence, status, name));
  }
  return counted('endpoint_down', downSentence(evidence, status, name));
}

const isRedirect = (status: number) => status >= 300 && status <= 399;

/**
 * 429 with or without a time, 503 with one, and 503 between successes: nginx says so when it is asked too often, and
 * names no time. Uncounted for 24 hours from the delivery's first.
 */
function throttledOutcome(evidence: Evidence, status: number, name: string): Judgement | null {
  const asked = headerValue(evidence.responseHeaders, 'retry-after');
  const serverDate = headerValue(evidence.responseHeaders, 'date');
  const named = asked === null ? null : parseRetryAfter(asked, serverDate, evidence.endedAt);
  const limit = parseRateLimit(evidence.responseHeaders, evidence.endedAt);
  const isBusy = status === 503 && named === null && evidence.othersGetThrough;
  if (status !== 429 && !(status === 503 && (named !== null || isBusy))) return null;
  const free = isThrottleFree(evidence.throttledSince, evidence.endedAt);
  const retryAfterMs = named ?? (limit?.remaining === 0 ? Math.max(limit.resetMs, 1000) : isBusy ? busyHoldMs : null);
  return {
    class: 'throttled',
    counts: !free,
    sentence: throttledSentence(free, isBusy, name, status),
    ...(retryAfterMs === null ? {} : { retryAfterMs }),
  };
}

/** How long one that is asked too often is left alone, in milliseconds, where it names no time. */
const busyHoldMs = 5000;

function throttledSentence(free: boolean, isBusy: boolean, name: string, status: number): Sentence {
  if (!free) return sentence('outcome.throttled_too_long', { name });
  return isBusy ? sentence('outcome.busy', { name, status }) : sentence('outcome.throttled', { name });
}

type SetUpKey =
  | 'outcome.key_refused'
  | 'outcome.payment_required'
  | 'outcome.address_unknown'
  | 'outcome.not_for_events'
  | 'outcome.legally_blocked';

const setUpKeys: Readonly<Record<number, SetUpKey>> = {
  401: 'outcome.key_refused',
  402: 'outcome.payment_required',
  403: 'outcome.key_refused',
  404: 'outcome.address_unknown',
  405: 'outcome.not_for_events',
  415: 'outcome.not_for_events',
  426: 'outcome.not_for_events',
  451: 'outcome.legally_blocked',
};

function setUpSentence(evidence: Evidence, status: number, name: string): Sentence {
  const own = saidItself(evidence, status, name);
  if (own) return own;
  const addressRefused = status === 401 || status === 403 || status === 404;
  if (addressRefused && knownReceiver(evidence.host)?.addressIsKey)
    return sentence('outcome.address_refused', { name });
  return sentence(setUpKeys[status] ?? 'outcome.address_unknown', { name, status });
}

/** That is of no one event: whatever was taken before, all are refused until the receiver makes an exception. */
const speaksOfCsrf = ({ body }: Evidence): boolean => /\bcsrf|cross[- ]site request forgery/i.test(body ?? '');

const mayBeSignature = new Set([400, 401, 403, 422]);
const signature = String.raw`(?<![.\w])(?:signatures?|hmac|(?:signing|webhook) secret)\b`;
const isWrong = String.raw`(?:invalid|not valid|bad|wrong|incorrect|mismatch\w*|(?:not|no|\w+n['’]t|cannot|never|found) match\w*|(?:unable|fail\w*|not|\w+n['’]t) (?:to )?(?:be )?(?:verif\w+|validat\w+)|(?:verif\w+|validation|check) (?:has )?fail\w*|failed|no valid)`;
const wrongSignature = new RegExp(
  String.raw`${isWrong}.{0,40}?${signature}|${signature}.{0,60}?\b${isWrong}|\bno match\w* ${signature}`,
  'i',
);

/**
 * Its own words are that the signature is wrong, and nothing gets through: the secret is another there, whatever status
 * that comes with. A member of the event that is called so is none of that: `data.guest.signature`.
 */
function speaksOfSignature({ body, othersGetThrough }: Evidence, status: number): boolean {
  if (body === null || othersGetThrough) return false;
  // adnanh/webhook 2.8: the only thing about a request that keeps its rules from being evaluated is a wrong signature.
  if (status === 500 && body.trim() === 'Error occurred while evaluating hook rules.') return true;
  if (!mayBeSignature.has(status)) return false;
  // As words: invalid_signature, InvalidSignature, signature-mismatch.
  const words = body.replace(/[_\s-]+/g, ' ').replace(/([a-z])([A-Z])/g, '$1 $2');
  return wrongSignature.test(words);
}

/** Django with DEBUG: what it would send a browser on to the slash for, it cannot do for a POST. */
const speaksOfSlash = ({ body }: Evidence): boolean =>
  /via POST, but the URL (?:doesn(?:'|’|&#x27;|&#39;)t|does not) end in a slash/.test(body ?? '');

/** Where the receiver's own words lead to the next step (decision 46). */
function saidItself(evidence: Evidence, status: number, name: string): Sentence | null {
  const body = evidence.body ?? '';
  if ((status === 403 || status === 401) && speaksOfCsrf(evidence)) {
    return sentence('outcome.csrf', { name, status });
  }
  // n8n: a test address listens for two minutes after a click; a workflow that is not active does not listen at all.
  const isTest =
    evidence.toTestAddress || /webhook-test|in test mode|execute workflow|test workflow' button/i.test(body);
  if (status === 404 && isTest) {
    return sentence('outcome.test_address', { name, status });
  }
  if (status === 404 && /workflow must be active|activate the workflow/i.test(body)) {
    return sentence('outcome.workflow_off', { name, status });
  }
  const scheme = /^\s*([A-Za-z][A-Za-z0-9-]{1,19})\b/.exec(
    headerValue(evidence.responseHeaders, 'www-authenticate') ?? '',
  )?.[1];
  return status === 401 && scheme !== undefined
    ? sentence('outcome.credentials_wanted', { name, status, scheme })
    : null;
}

/** A redirect whose target tells what is wrong with the address; null for any other. */
function redirectSentence(evidence: Evidence, status: number, name: string): Sentence | null {
  if (evidence.addsSlash) return sentence('outcome.slash_missing', { name, status });
  const target = redirectTarget(evidence);
  if (target === null) return null;
  const isSignIn = signInHost.test(target.hostname) || signInPath.test(target.pathname);
  return isSignIn ? sentence('outcome.sign_in_page', { name, status, target: target.host }) : null;
}

const signInHost = /^(?:(?:log|sign)-?in|auth|sso|idp?|accounts?|oauth2?|adfs)\./i;
const signInPath =
  /(?:^|[/_.-])(?:(?:log|sign)[-_]?(?:in|on)|signin-oidc|sso|saml2?|oauth2?|authorize|auth)(?:$|[/_.-])/i;

function refusalSentence(evidence: Evidence, status: number, name: string): Sentence {
  const limitBytes = knownReceiver(evidence.host)?.limitBytes ?? null;
  const sizeBytes = evidence.sentBytes;
  if (limitBytes !== null && sizeBytes > limitBytes) {
    return sentence('outcome.event_too_large_limit', { name, sizeBytes, limitBytes });
  }
  if (status === 413 || (status === 400 && speaksOfSize(evidence))) {
    return sentence('outcome.event_too_large', { name, sizeBytes });
  }
  return sentence('outcome.event_refused', { name, status });
}

/** Some say it with a plain 400: Django with DEBUG, Go's `http.MaxBytesReader`, Rails and Java behind a proxy. */
const speaksOfSize = ({ body }: Evidence): boolean =>
  /\bRequestDataTooBig\b|\b(?:request|body|payload|entity|content)(?: (?:body|entity|content))? (?:is |was )?too (?:large|big)\b|\bhttp: request body too large\b/i.test(
    body ?? '',
  );

function downSentence(evidence: Evidence, status: number, name: string): Sentence {
  if (isRedirect(status)) {
    const target = redirectHost(evidence);
    return target === null
      ? sentence('outcome.redirect_unnamed', { name, status })
      : sentence('outcome.redirect', { name, status, target });
  }
  const unavailable = endpointTrouble4xx.has(status) || (status >= 502 && status <= 504);
  return sentence(unavailable ? 'outcome.unavailable' : 'outcome.server_error', { name, status });
}

/** The host that a redirect points to: its path and query may hold secrets. */
function redirectHost(evidence: Evidence): string | null {
  return redirectTarget(evidence)?.host || null;
}

function redirectTarget(evidence: Evidence): URL | null {
  const location = headerValue(evidence.responseHeaders, 'location');
  if (location === null || !URL.canParse(location, `https://${evidence.host}/`)) return null;
  return new URL(location, `https://${evidence.host}/`);
}
