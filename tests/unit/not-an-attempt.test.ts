/**
 * "What must not count as an attempt": from what this PC sees, through the ledger of facts, to what the attempt means. Each
 * line of the contract's table once; `outcome.test.ts` has the variants of each.
 */
import { expect, test } from 'vitest';
import type { Evidence, TransportFailure } from '../../electron/engine/evidence/evidence.ts';
import type { FactLedger } from '../../electron/engine/evidence/ledger.ts';
import { classifyOutcome } from '../../electron/engine/evidence/outcome.ts';
import type { Reach, Way } from '../../electron/engine/evidence/reachability.ts';
import type { OutcomeClass } from '../../shared/domain.ts';
import { inEnglish } from '../../shared/sentences/in-english.ts';
import { type LedgerMore, ledgerOf, type Said, way } from '../support/ledger.ts';
import { answered, certificate, failed } from './outcome-rows.ts';

const host = 'hooks.example.com';
const other = 'hooks.slack.test';
const checks = (said: Said): LedgerMore => ({ said: { 'a.test': said, 'b.test': said, 'c.test': said } });
const online = checks('ok');
const page = checks({ page: 'wifi.hotel.example' });
const hour = 3_600_000;

interface Row {
  /** How the attempt ended; `skewMs` of an answer is what its `Date` says. */
  readonly attempt: Evidence;
  readonly world?: LedgerMore;
  /** Where events go; two unrelated sites unless given. */
  readonly ways?: Way[];
  readonly reach?: Record<string, Reach>;
  /** What other attempts had shown before. */
  readonly before?: (saw: (at: string, seen?: Partial<Parameters<FactLedger['saw']>[0]>) => void) => void;
  readonly means: readonly [outcome: OutcomeClass, counts: boolean, words: string];
}

const strange: TransportFailure = { phase: 'tls', code: 'SELF_SIGNED_CERT_IN_CHAIN', message: '', proxyStatus: null };
const between = { ...certificate, issuer: 'Antivirus CA' };
const expired = failed('tls', 'CERT_HAS_EXPIRED', { certificate });

test.each<[string, Row]>([
  [
    'no network interface',
    {
      attempt: failed('dns', 'EAI_AGAIN'),
      world: { ...online, up: false },
      means: ['offline', false, 'There was no internet.'],
    },
  ],
  [
    'nothing answers anywhere',
    {
      attempt: failed('connect', 'DEADLINE'),
      world: checks('ETIMEDOUT'),
      means: ['offline', false, 'There was no internet.'],
    },
  ],
  [
    'nothing answers, and the addresses never have here',
    {
      attempt: failed('connect', 'DEADLINE'),
      world: { ...checks('ETIMEDOUT'), answeredBefore: false },
      ways: [way(host)],
      means: ['offline', false, 'Neither hooks.example.com nor the addresses of the internet check answered.'],
    },
  ],
  [
    'no names, and nobody behind them',
    {
      attempt: failed('dns', 'EAI_AGAIN'),
      world: checks('EAI_AGAIN'),
      means: ['offline', false, 'There was no internet.'],
    },
  ],
  [
    'the addresses blocked, the endpoint’s host reached',
    {
      attempt: failed('request', 'DEADLINE'),
      world: checks('ETIMEDOUT'),
      reach: { [host]: 'reached' },
      means: ['endpoint_down', true, 'did not answer within 30 seconds'],
    },
  ],
  [
    'a name not found while others answer',
    { attempt: failed('dns', 'ENOTFOUND'), world: online, means: ['wrong_address', true, 'does not exist'] },
  ],
  [
    'refused while others answer',
    { attempt: failed('connect', 'ECONNREFUSED'), world: online, means: ['endpoint_down', true, 'refused'] },
  ],
  [
    'a sign-in page instead, seen by a broken connection',
    { attempt: failed('tls', 'ECONNRESET'), world: page, means: ['captive_portal', false, 'wants a sign-in'] },
  ],
  [
    'a sign-in page instead, with a certificate of its own',
    {
      attempt: failed('tls', 'ERR_TLS_CERT_ALTNAME_INVALID', { certificate }),
      world: page,
      means: ['captive_portal', false, 'wants a sign-in'],
    },
  ],
  [
    'a sign-in page instead, saying so',
    { attempt: answered(511), world: online, means: ['captive_portal', false, 'wants a sign-in'] },
  ],
  [
    'an expired certificate while the clock is wrong',
    { attempt: expired, world: { ...online, skewMs: hour }, means: ['clock', false, 'clock is wrong'] },
  ],
  [
    'an expired certificate while the clock is right',
    { attempt: expired, world: online, means: ['certificate', true, 'expired'] },
  ],
  [
    '401 while two unrelated hosts say that the clock is wrong',
    {
      attempt: answered(401, { skewMs: hour }),
      world: online,
      before: (saw) => saw(other, { skewMs: hour }),
      means: ['clock', false, 'clock is wrong'],
    },
  ],
  [
    'one unknown issuer on unrelated hosts',
    {
      attempt: failed('tls', strange.code, { certificate: between }),
      world: online,
      before: (saw) => saw(other, { status: null, error: strange, certificate: between }),
      means: ['tls_interception', false, 'intercepting'],
    },
  ],
  [
    'another issuer than before',
    {
      attempt: failed('tls', strange.code, { certificate: between, verifiedIssuer: 'Let’s Encrypt' }),
      world: online,
      means: ['tls_interception', false, 'intercepting'],
    },
  ],
  [
    'a strange certificate on one host',
    {
      attempt: failed('tls', strange.code, { certificate: between }),
      world: online,
      means: ['certificate', true, 'Antivirus CA'],
    },
  ],
  [
    'a proxy that wants a password',
    {
      attempt: {
        ...failed('proxy', 'PROXY_STATUS'),
        error: { phase: 'proxy', code: 'PROXY_STATUS', message: '', proxyStatus: 407 },
      },
      world: checks('PROXY_407'),
      means: ['proxy', false, 'asks for a password'],
    },
  ],
  [
    'a proxy that is gone',
    {
      attempt: failed('proxy', 'ECONNREFUSED'),
      world: checks('PROXY_GONE'),
      means: ['proxy', false, 'cannot be reached'],
    },
  ],
  ['5xx', { attempt: answered(500), world: online, means: ['endpoint_down', true, 'hooks.example.com'] }],
  ['408', { attempt: answered(408), world: online, means: ['endpoint_down', true, 'hooks.example.com'] }],
  ['425', { attempt: answered(425), world: online, means: ['endpoint_down', true, 'hooks.example.com'] }],
  ['an unexpected 3xx', { attempt: answered(302), world: online, means: ['endpoint_down', true, 'sends us'] }],
  [
    '503 with Retry-After',
    {
      attempt: answered(503, { responseHeaders: [['retry-after', '60']] }),
      world: online,
      means: ['throttled', false, 'hooks.example.com'],
    },
  ],
  ['401', { attempt: answered(401), world: online, means: ['setup', true, 'hooks.example.com'] }],
  ['403', { attempt: answered(403), world: online, means: ['setup', true, 'hooks.example.com'] }],
  ['400', { attempt: answered(400), world: online, means: ['event_refused', true, 'hooks.example.com'] }],
  ['422', { attempt: answered(422), world: online, means: ['event_refused', true, 'hooks.example.com'] }],
  ['429', { attempt: answered(429), world: online, means: ['throttled', false, 'slow down'] }],
  ['404', { attempt: answered(404), world: online, means: ['setup', true, 'hooks.example.com'] }],
  ['410', { attempt: answered(410), world: online, means: ['gone', false, 'gone'] }],
  ['413', { attempt: answered(413), world: online, means: ['event_refused', true, 'too large'] }],
])('%s', async (_, { attempt, world = {}, ways = [way(host), way(other)], reach = {}, before, means }) => {
  const { ledger, saw } = ledgerOf(ways, { [other]: 'silent', ...reach }, world);
  before?.(saw);
  const { status, error, certificate: shown, verifiedIssuer } = attempt;
  saw(host, {
    ...{ status, error, certificate: shown, verifiedIssuer, skewMs: status === null ? null : attempt.skewMs },
    proxy: error?.phase === 'proxy' ? 'proxy.office:3128' : null,
  });
  if (error !== null) await ledger.probe(ledger.sight().answeredAt === null ? 0 : Number.MAX_SAFE_INTEGER);
  const outcome = classifyOutcome({ ...attempt, ...ledger.knownOf(host, false) });
  const [expected, counts, words] = means;
  expect([outcome.class, outcome.counts]).toEqual([expected, counts]);
  expect(inEnglish(outcome.sentence)).toContain(words);
});
