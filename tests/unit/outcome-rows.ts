/** Evidence of an attempt for tests, and what each kind of it means. */
import type { CertificateFacts, Evidence, TransportFailure } from '../../electron/engine/evidence/evidence.ts';
import { type OutcomeClass, utcMs } from '../../shared/domain.ts';

export const now = utcMs(Date.UTC(2026, 4, 20, 6, 30));
export const tooFar = 240_001;
export const certificate: CertificateFacts = {
  names: ['hooks.example.com'],
  subject: 'CN=hooks.example.com',
  issuer: "Let's Encrypt",
  interceptor: null,
  validFrom: utcMs(Date.UTC(2026, 1, 3)),
  validTo: utcMs(Date.UTC(2026, 4, 3, 6)),
  fingerprint: 'AA:BB',
  selfSigned: false,
};

export const answered = (status: number, over: Partial<Evidence> = {}): Evidence => ({
  status,
  responseHeaders: [],
  error: null,
  certificate,
  connectivity: 'online',
  meanwhile: null,
  skewMs: 0,
  local: false,
  host: 'hooks.example.com',
  name: null,
  verifiedIssuer: null,
  sentBytes: 400,
  throttledSince: null,
  othersGetThrough: false,
  addsSlash: false,
  toTestAddress: false,
  isAlone: false,
  body: null,
  endedAt: now,
  deadlineMs: 30_000,
  ...over,
});
export const failed = (phase: TransportFailure['phase'], code: string, over: Partial<Evidence> = {}): Evidence =>
  answered(0, {
    status: null,
    responseHeaders: null,
    error: { phase, code, message: code, proxyStatus: null },
    ...over,
  });
export const throughProxy = (proxyStatus: number | null, over: Partial<Evidence> = {}): Evidence =>
  failed('proxy', 'X', { error: { phase: 'proxy', code: 'X', message: 'X', proxyStatus }, ...over });

/** What is known of an attempt, what it means by the contract with receivers, and words that its sentence has. */
export type OutcomeRow = readonly [
  what: string,
  evidence: Evidence,
  outcome: OutcomeClass,
  counts: boolean,
  words: string,
];

/** Every line of the table of outcomes. */
export const outcomeRows: readonly OutcomeRow[] = [
  // no network, or nothing answers anywhere
  [
    'name not found, nothing answers',
    failed('dns', 'ENOTFOUND', { connectivity: 'offline' }),
    'offline',
    false,
    'There was no internet. The event is safe and waits.',
  ],
  [
    'timed out, nothing answers',
    failed('connect', 'DEADLINE', { connectivity: 'offline' }),
    'offline',
    false,
    'no internet',
  ],
  [
    'reset inside the answer, nothing answers',
    failed('answer', 'ECONNRESET', { connectivity: 'offline', status: 200 }),
    'offline',
    false,
    'no internet',
  ],
  // name not found, other sites answer
  [
    'name not found, other sites answer',
    failed('dns', 'ENOTFOUND', { host: 'hooks.examp1e.com' }),
    'wrong_address',
    true,
    'The address hooks.examp1e.com does not exist.',
  ],
  [
    'name not found, nobody else known',
    failed('dns', 'ENOTFOUND', { host: 'hooks.examp1e.com', isAlone: true }),
    'wrong_address',
    true,
    'was not found: it is misspelt, or this PC cannot look addresses up now.',
  ],
  ['look-up failed for now', failed('dns', 'EAI_AGAIN'), 'endpoint_down', true, 'could not be looked up just now'],
  // refused, reset or timed out, other sites answer
  [
    'refused',
    failed('connect', 'ECONNREFUSED'),
    'endpoint_down',
    true,
    'hooks.example.com refused the connection: nothing is running there at the moment.',
  ],
  ['reset', failed('request', 'ECONNRESET'), 'endpoint_down', true, 'closed the connection without an answer'],
  ['closed without an answer', failed('request', 'CLOSED'), 'endpoint_down', true, 'closed the connection'],
  [
    'timed out',
    failed('request', 'DEADLINE', { host: 'hook.eu2.make.com' }),
    'endpoint_down',
    true,
    'Make.com did not answer within 30 seconds.',
  ],
  ['no way there', failed('connect', 'EHOSTUNREACH'), 'endpoint_down', true, 'cannot be reached from this PC'],
  ['no TLS there', failed('tls', 'EPROTO'), 'endpoint_down', true, 'could not agree on a secure connection'],
  ['no HTTP there', failed('request', 'NOT_HTTP'), 'endpoint_down', true, 'an answer that makes no sense'],
  [
    'a 200 whose body was reset',
    failed('answer', 'ECONNRESET', { status: 200 }),
    'endpoint_down',
    true,
    'began to answer, then the connection broke off',
  ],
  [
    'a 200 that dripped past the deadline',
    failed('answer', 'DEADLINE', { status: 200 }),
    'endpoint_down',
    true,
    'began to answer, but was not done within 30 seconds',
  ],
  ['a 410 whose body was reset', failed('answer', 'ECONNRESET', { status: 410 }), 'gone', false, 'gone for good'],
  // a sign-in page answers instead
  [
    'a certificate of the sign-in page',
    failed('tls', 'ERR_TLS_CERT_ALTNAME_INVALID', { connectivity: 'captive_portal' }),
    'captive_portal',
    false,
    "This PC's Wi-Fi wants a sign-in.",
  ],
  [
    'refused by the Wi-Fi',
    failed('connect', 'ECONNREFUSED', { connectivity: 'captive_portal' }),
    'captive_portal',
    false,
    'wants a sign-in',
  ],
  ['redirected by the Wi-Fi', answered(302, { connectivity: 'captive_portal' }), 'captive_portal', false, 'sign-in'],
  ['511 from the Wi-Fi', answered(511), 'captive_portal', false, 'sign-in'],
  // the clock is off by over 4 minutes
  [
    'expired, and the clock is ahead',
    failed('tls', 'CERT_HAS_EXPIRED', { skewMs: 7_200_000 }),
    'clock',
    false,
    "This PC's clock is wrong by 2 hours.",
  ],
  [
    'not yet valid, and the clock is behind',
    failed('tls', 'CERT_NOT_YET_VALID', { skewMs: -tooFar }),
    'clock',
    false,
    'wrong by 4 minutes',
  ],
  ['400, and the clock is off', answered(400, { skewMs: tooFar }), 'clock', false, 'clock is wrong'],
  ['401, and the clock is off', answered(401, { skewMs: -tooFar }), 'clock', false, 'clock is wrong'],
  ['403, and the clock is off', answered(403, { skewMs: tooFar }), 'clock', false, 'clock is wrong'],
  ['404, whatever the clock', answered(404, { skewMs: tooFar }), 'setup', true, 'does not know this address'],
  ['401, the clock off by 4 minutes only', answered(401, { skewMs: 240_000 }), 'setup', true, 'does not let us in'],
  [
    'unknown issuer, whatever the clock',
    failed('tls', 'UNABLE_TO_VERIFY_LEAF_SIGNATURE', { skewMs: tooFar }),
    'certificate',
    true,
    'which this PC does not know',
  ],
  // unknown issuer on unrelated hosts, or on a host that had another one before
  [
    'unknown issuer on unrelated hosts',
    failed('tls', 'SELF_SIGNED_CERT_IN_CHAIN', { connectivity: 'tls_interception' }),
    'tls_interception',
    false,
    'Security software is intercepting secure connections.',
  ],
  [
    'unknown issuer on a host that had another one before',
    failed('tls', 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY', {
      verifiedIssuer: "Let's Encrypt",
      certificate: { ...certificate, issuer: 'Shield Antivirus' },
    }),
    'tls_interception',
    false,
    'Security software is intercepting',
  ],
  [
    'unknown issuer that is a known product',
    failed('tls', 'SELF_SIGNED_CERT_IN_CHAIN', {
      connectivity: 'tls_interception',
      certificate: { ...certificate, issuer: 'Fortinet', interceptor: 'Fortinet' },
    }),
    'tls_interception',
    false,
    'Fortinet is intercepting secure connections.',
  ],
  [
    'unknown issuer, the same as before',
    failed('tls', 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY', { verifiedIssuer: "Let's Encrypt" }),
    'certificate',
    true,
    "comes from “Let's Encrypt”, which this PC does not know",
  ],
  [
    'unknown issuer on the local network, another one before',
    failed('tls', 'DEPTH_ZERO_SELF_SIGNED_CERT', { local: true, verifiedIssuer: 'x', host: 'nas.local' }),
    'certificate',
    true,
    'nas.local shows a security certificate that it made itself',
  ],
  // certificate error on one host
  [
    'expired',
    failed('tls', 'CERT_HAS_EXPIRED'),
    'certificate',
    true,
    'The security certificate of hooks.example.com expired on 3 May.',
  ],
  [
    'not yet valid',
    failed('tls', 'CERT_NOT_YET_VALID', {
      certificate: { ...certificate, validFrom: utcMs(Date.UTC(2027, 0, 2)) },
    }),
    'certificate',
    true,
    'is not valid before 2 January 2027',
  ],
  [
    'for another host',
    failed('tls', 'ERR_TLS_CERT_ALTNAME_INVALID', { certificate: { ...certificate, names: ['other.example'] } }),
    'certificate',
    true,
    'The security certificate at hooks.example.com belongs to another address: other.example.',
  ],
  ['self-signed', failed('tls', 'DEPTH_ZERO_SELF_SIGNED_CERT'), 'certificate', true, 'that it made itself'],
  ['revoked', failed('tls', 'CERT_REVOKED'), 'certificate', true, 'is not valid'],
  // 407, or the proxy cannot be reached
  ['407 to CONNECT', throughProxy(407), 'proxy', false, 'The office proxy asks for a password.'],
  [
    '407 to CONNECT with a name and a password',
    failed('proxy', 'PROXY_PASSWORD', {
      error: { phase: 'proxy', code: 'PROXY_PASSWORD', message: '407', proxyStatus: 407 },
    }),
    'proxy',
    false,
    'The office proxy refused the name and password that it was given.',
  ],
  ['407 as an answer', answered(407), 'proxy', false, 'asks for a password'],
  ['the proxy cannot be reached', throughProxy(null), 'proxy', false, 'The office proxy cannot be reached.'],
  ['the proxy forbids', throughProxy(403), 'proxy', false, 'did not let the event through (403)'],
  [
    'the proxy cannot reach the receiver',
    throughProxy(502),
    'endpoint_down',
    true,
    'The office proxy could not reach hooks.example.com (502).',
  ],
  [
    'the proxy cannot reach anything',
    throughProxy(504, { connectivity: 'proxy' }),
    'proxy',
    false,
    'did not let the event through',
  ],
  [
    'reset, and the proxy is broken',
    failed('request', 'ECONNRESET', { connectivity: 'proxy' }),
    'proxy',
    false,
    'proxy',
  ],
  // 5xx, 408, 425, an unexpected 3xx
  ['500', answered(500), 'endpoint_down', true, 'had a problem of its own (500)'],
  ['502', answered(502), 'endpoint_down', true, 'is not available at the moment (502)'],
  ['503 without a time', answered(503), 'endpoint_down', true, 'is not available at the moment (503)'],
  [
    '503 with a time that cannot be read',
    answered(503, { responseHeaders: [['retry-after', 'later']] }),
    'endpoint_down',
    true,
    'not available',
  ],
  ['408', answered(408), 'endpoint_down', true, 'not available at the moment (408)'],
  ['425', answered(425), 'endpoint_down', true, 'not available at the moment (425)'],
  [
    'a redirect, naming where to',
    answered(302, { responseHeaders: [['location', 'https://www.example.org/in?token=secret']] }),
    'endpoint_down',
    true,
    'hooks.example.com sends us on to www.example.org instead of taking the event (302).',
  ],
  ['a redirect to nowhere', answered(308), 'endpoint_down', true, 'sends us elsewhere'],
  ['304', answered(304), 'endpoint_down', true, 'sends us elsewhere'],
  // 429, 503 with Retry-After
  ['429', answered(429, { host: 'hooks.zapier.com' }), 'throttled', false, 'Zapier asked us to slow down.'],
  [
    '503 with Retry-After',
    answered(503, { responseHeaders: [['Retry-After', '120']] }),
    'throttled',
    false,
    'asked us to slow down',
  ],
  [
    '429 within 24 hours of the first',
    answered(429, { throttledSince: utcMs(now - 86_399_999) }),
    'throttled',
    false,
    'asked us to slow down',
  ],
  [
    '429, 24 hours after the first',
    answered(429, { throttledSince: utcMs(now - 86_400_000) }),
    'throttled',
    true,
    'for over a day',
  ],
  // 401, 403, 404
  [
    '404 of a service whose address is the key',
    answered(404, { host: 'hooks.slack.com' }),
    'setup',
    true,
    'Slack does not accept this address.',
  ],
  ['401', answered(401), 'setup', true, 'does not let us in (401)'],
  ['402', answered(402), 'setup', true, 'wants to be paid'],
  ['403', answered(403), 'setup', true, 'does not let us in (403)'],
  ['404', answered(404), 'setup', true, 'does not know this address (404)'],
  ['404 of a test address', answered(404, { toTestAddress: true }), 'setup', true, 'This is a test address'],
  ['500 of a test address', answered(500, { toTestAddress: true }), 'endpoint_down', true, '500'],
  [
    '301 that adds a slash',
    answered(301, { addsSlash: true, responseHeaders: [['location', '/hooks/']] }),
    'setup',
    true,
    'lacks the slash at its end (301)',
  ],
  // What real programs say in their own words: tests/receivers.
  [
    '500 of Django with DEBUG, for a slash',
    answered(500, {
      body: '<pre class="exception_value">You called this URL via POST, but the URL doesn&#x27;t end in a slash and you have APPEND_SLASH set.',
    }),
    'setup',
    true,
    'lacks the slash at its end (500)',
  ],
  [
    '400 of Django with DEBUG, for a size',
    answered(400, { body: '<title>RequestDataTooBig\n          at /hook/</title>' }),
    'event_refused',
    true,
    'refused this message: too large',
  ],
  [
    '500 of adnanh/webhook, for a secret',
    answered(500, { body: 'Error occurred while evaluating hook rules.' }),
    'setup',
    true,
    'does not accept our signature (500)',
  ],
  [
    'the same between successes',
    answered(500, { body: 'Error occurred while evaluating hook rules.', othersGetThrough: true }),
    'endpoint_down',
    true,
    '500',
  ],
  [
    '500 of adnanh/webhook, for its command',
    answered(500, {
      body: "Error occurred while executing the hook's command. Please check your logs for more details.",
    }),
    'endpoint_down',
    true,
    '500',
  ],
  [
    '302 to a sign-in page',
    answered(302, { responseHeaders: [['location', 'https://login.example.org/sign-in?token=secret']] }),
    'setup',
    true,
    'sends us on to login.example.org instead of taking the event (302). That is a sign-in page',
  ],
  ['405', answered(405), 'setup', true, 'does not take events (405)'],
  ['415', answered(415), 'setup', true, 'does not take events (415)'],
  ['426', answered(426), 'setup', true, 'does not take events (426)'],
  ['451', answered(451), 'setup', true, 'legal reasons (451)'],
  // 410
  [
    '410, Make’s scenario off',
    answered(410, { body: 'There is no scenario listening for this webhook.' }),
    'setup',
    true,
    'not active',
  ],
  ['410', answered(410), 'gone', false, 'says it is gone for good'],
  // 400, 413, 422, and the rest of 4xx
  ['400', answered(400), 'event_refused', true, 'refused this message (400)'],
  [
    '413 of a service whose limit is known',
    answered(413, { host: 'contoso.webhook.office.com', sentBytes: 31_000 }),
    'event_refused',
    true,
    'Teams refused this message: too large (31 kB, limit 28 kB).',
  ],
  ['413', answered(413, { sentBytes: 31_000 }), 'event_refused', true, 'refused this message: too large (31 kB).'],
  ['422', answered(422), 'event_refused', true, 'refused this message (422)'],
  ['409', answered(409), 'event_refused', true, 'refused this message (409)'],
  ['418', answered(418), 'event_refused', true, 'refused this message (418)'],
  // success
  ['200', answered(200), 'delivered', false, 'has it'],
  ['204', answered(204), 'delivered', false, 'has it'],
  ['299', answered(299), 'delivered', false, 'has it'],
  [
    '200 whatever connectivity and clock say',
    answered(200, { connectivity: 'captive_portal', skewMs: tooFar }),
    'delivered',
    false,
    'has it',
  ],
  // cut off by us
  ['descriptors used up', failed('connect', 'EMFILE'), 'interrupted', false, 'no room for a connection'],
  ['stopped', failed('aborted', 'SHUTDOWN'), 'interrupted', false, 'Interrupted: the app was stopped before'],
  [
    'asleep',
    failed('aborted', 'ASLEEP', { connectivity: 'offline' }),
    'interrupted',
    false,
    'Interrupted: this PC was asleep',
  ],
];
