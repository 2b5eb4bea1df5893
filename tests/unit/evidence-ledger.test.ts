import { describe, expect, it } from 'vitest';
import type { CertificateFacts } from '../../electron/engine/evidence/evidence.ts';
import type { Reach, Way } from '../../electron/engine/evidence/reachability.ts';
import { siteOf } from '../../electron/engine/evidence/sites.ts';
import { utcMs } from '../../shared/domain.ts';
import { hostOf } from '../../shared/facts.ts';
import { interceptorNamed } from '../../shared/interceptors.ts';
import type { Fact } from '../../shared/schemas.ts';
import { failed, ledgerOf, way } from '../support/ledger.ts';

const minute = 60_000;
const certificate = (issuer: string, fingerprint: string, names: string[]): CertificateFacts => ({
  ...{ names, subject: '', issuer, interceptor: interceptorNamed(issuer), selfSigned: false },
  ...{ validFrom: utcMs(0), validTo: utcMs(9e12), fingerprint },
});
const strange = (issuer: string, host: string, more: { verifiedIssuer?: string; fingerprint?: string } = {}) => ({
  ...failed('tls', 'UNABLE_TO_VERIFY_LEAF_SIGNATURE'),
  certificate: certificate(issuer, more.fingerprint ?? `of ${host}`, [host]),
  verifiedIssuer: more.verifiedIssuer ?? null,
});
const [make, slack] = ['hooks.make.com', 'hooks.slack.com'];

describe('the way out to the internet', () => {
  it.each<[string, Way[], Record<string, Reach>, boolean, Fact['kind'][]]>([
    ['one host of two answers', [way(make), way(slack)], { [make]: 'silent', [slack]: 'reached' }, true, []],
    ['none of two unrelated hosts answers', [way(make), way(slack)], {}, true, ['no_answer']],
    ['none of two hosts of one owner answers', [way('a.make.com'), way('b.make.com')], {}, true, []],
    ['the only host is silent: that is its own trouble', [way(make)], {}, true, []],
    ['there is no way to the only host', [way(make)], { [make]: 'no_network' }, true, ['no_answer']],
    ['no interface is up', [way(make)], { [make]: 'reached' }, false, ['no_interface']],
    ['only the local network is asked of', [way('10.0.0.5', true), way('10.0.0.6', true)], {}, true, []],
  ])('%s', async (_, ways, reach, up, expected) => {
    const { ledger, kinds } = ledgerOf(ways, reach, { up });
    await ledger.probe(0);
    expect(kinds()).toEqual(expected);
    expect(ledger.isOpen()).toBe(expected.length === 0);
  });

  it('offline ends with the first host that can be reached, without anybody asking', async () => {
    const { clock, network, ledger } = ledgerOf([way(make), way(slack)]);
    ledger.watch();
    await ledger.probe(0);
    const heard: boolean[] = [];
    ledger.onChange((eased) => heard.push(eased));
    await clock.advance(3 * minute);
    expect(heard).toEqual([]);
    network.reach = { [slack]: 'reached' };
    await clock.advance(minute);
    expect(heard).toEqual([true]);
    expect(ledger.connectivity().state).toBe('online');
    ledger.stop();
  });

  it('began with the first that failed, not when that was found to be the internet', async () => {
    const { clock, ledger, saw } = ledgerOf([way(make), way(slack)]);
    const answered = clock.wallMs();
    saw(make, { status: 200 });
    await clock.advance(1_000);
    const [begunMs, began] = [clock.monotonicMs(), clock.wallMs()];
    await clock.advance(30_000);
    await ledger.probe(begunMs);
    expect(ledger.connectivity()).toEqual({ state: 'offline', since: began });
    // Another one had begun before it, and is given up later.
    await ledger.probe(begunMs - 500);
    expect(ledger.connectivity().since).toBe(began - 500);
    // What began before the last answer was under way while all was well.
    await ledger.probe(begunMs - 1_500);
    expect(ledger.connectivity().since).toBe(began - 500);
    expect(began - 500).toBeGreaterThan(answered);
  });

  it('that failed while this PC slept is told from its waking, not from the evening before', async () => {
    const { clock, ledger } = ledgerOf([way(make), way(slack)]);
    const begunMs = clock.monotonicMs();
    await clock.advance(9 * 60 * minute);
    await ledger.probe(begunMs);
    expect(ledger.connectivity().since).toBe(clock.wallMs() - minute);
  });

  it('a failure that was one endpoint’s own is no beginning of a later outage', async () => {
    const { clock, network, ledger } = ledgerOf([way(make), way(slack)], { [slack]: 'reached' });
    await ledger.probe(clock.monotonicMs());
    expect(ledger.connectivity().state).toBe('online');
    await clock.advance(10_000);
    network.reach = {};
    const began = clock.wallMs();
    await ledger.probe(clock.monotonicMs());
    expect(ledger.connectivity()).toEqual({ state: 'offline', since: began });
  });

  it('began once, whatever it is called meanwhile, and an answer from away ends it at once', async () => {
    const { clock, network, ledger, saw, kinds } = ledgerOf([way(make), way(slack)]);
    ledger.watch();
    await ledger.probe(0);
    const { since } = ledger.connectivity();
    network.up = false;
    await clock.advance(20_000);
    expect(kinds()).toEqual(['no_interface']);
    expect(ledger.connectivity()).toEqual({ state: 'offline', since });
    saw(make, { status: 404 });
    expect(kinds()).toEqual([]);
    ledger.stop();
  });
});

describe('this PC’s clock', () => {
  const hour = 60 * minute;
  it.each<[string, [string, number][], string[]]>([
    ['one local receiver an hour off', [['10.0.0.5', hour]], ['clock_differs']],
    ['a program on this PC an hour off', [['127.0.0.1', hour]], ['clock_differs']],
    ['one host out there an hour off', [[make, hour]], ['clock_differs']],
    [
      'two hosts of one owner',
      [
        ['a.make.com', hour],
        ['b.make.com', hour],
      ],
      ['clock_differs', 'clock_differs'],
    ],
    [
      'two unrelated hosts',
      [
        [make, hour],
        [slack, hour + 1_000],
      ],
      ['clock_wrong'],
    ],
    [
      'two that disagree',
      [
        [make, hour],
        [slack, -hour],
      ],
      ['clock_differs', 'clock_differs'],
    ],
    [
      'two against two',
      [
        [make, hour],
        [slack, hour],
        ['a.org', 0],
        ['b.org', 0],
      ],
      ['clock_differs', 'clock_differs'],
    ],
    [
      'three minutes, which receivers tolerate',
      [
        [make, 3 * minute],
        [slack, 3 * minute],
      ],
      [],
    ],
  ])('%s', (_, said, expected) => {
    const { ledger, saw, kinds } = ledgerOf(said.map(([host]) => way(host, /^\d/.test(host))));
    for (const [host, skewMs] of said) saw(host, { skewMs });
    expect(kinds()).toEqual(expected);
    const isWrong = expected.includes('clock_wrong');
    expect(ledger.clock().wrong).toBe(isWrong);
    // What others answer is not turned into the clock's fault.
    expect(ledger.knownOf('another.example', false).skewMs !== null).toBe(isWrong);
  });

  it('is known to be wrong by itself once somebody has set it, and is right when it is set again', () => {
    const { clock, ledger, saw } = ledgerOf([way(make)]);
    saw(make, { skewMs: 0 });
    clock.setWall(hour);
    saw(make, { skewMs: hour });
    expect(ledger.clock()).toMatchObject({ wrong: true, skewMs: hour });
    clock.setWall(-hour);
    saw(make, { skewMs: 0 });
    expect(ledger.clock()).toMatchObject({ wrong: false, skewMs: 0 });
  });

  it('set back while the app was closed, one host is enough to know it; ahead, one is not', () => {
    const back = ledgerOf([way(make)], {}, { setBackMs: -26 * hour });
    back.saw(make, { skewMs: -30 * hour });
    expect(back.kinds()).toEqual(['clock_wrong']);
    const ahead = ledgerOf([way(make)], {}, { setBackMs: -26 * hour });
    ahead.saw(make, { skewMs: hour });
    expect(ahead.kinds()).toEqual(['clock_differs']);
  });

  it('set back while the app was closed, a certificate that is not valid yet says so too, if it was valid before', () => {
    const early = (aheadMs: number, now: number): Partial<Parameters<typeof back.saw>[1]> => ({
      ...failed('tls', 'CERT_NOT_YET_VALID'),
      certificate: { ...certificate('Let’s Encrypt', 'one', [make]), validFrom: utcMs(now + aheadMs) },
    });
    const back = ledgerOf([way(make)], {}, { setBackMs: -30 * hour });
    back.saw(make, early(26 * hour, back.clock.wallMs()));
    expect(back.ledger.clock()).toMatchObject({ wrong: true, skewMs: -30 * hour });
    expect(back.ledger.knownOf(make, false).skewMs).toBe(-30 * hour);
    back.saw(make);
    expect(back.kinds()).toEqual([]);
    // By the time that this PC had before, it would not be valid either; or nobody set the clock.
    const later = ledgerOf([way(make)], {}, { setBackMs: -30 * hour });
    later.saw(make, early(40 * hour, later.clock.wallMs()));
    expect(later.kinds()).toEqual([]);
    const vouched = ledgerOf([way(make), way(slack)], {}, { setBackMs: -30 * hour });
    vouched.saw(slack, { skewMs: 0 });
    vouched.saw(make, early(26 * hour, vouched.clock.wallMs()));
    expect(vouched.kinds()).toEqual([]);
    const unset = ledgerOf([way(make)]);
    unset.saw(make, early(26 * hour, unset.clock.wallMs()));
    expect(unset.kinds()).toEqual([]);
  });

  it('a fact ends with the endpoints that it rests on', () => {
    const { ledger, saw, kinds, ways } = ledgerOf([way(make), way(slack), way('10.0.0.5', true)]);
    for (const host of [make, slack, '10.0.0.5']) saw(host, { skewMs: hour });
    expect(kinds()).toEqual(['clock_wrong']);
    ways.splice(1, 2);
    ledger.waysChanged();
    expect(kinds()).toEqual(['clock_differs']);
    ways.splice(0);
    ledger.waysChanged();
    expect(kinds()).toEqual([]);
  });
});

describe('who stands between', () => {
  it('one unknown issuer on two unrelated hosts is interception, and ends when they are verified again', () => {
    const { ledger, saw, kinds } = ledgerOf([way(make), way(slack)]);
    saw(make, strange('Antivirus CA', make));
    expect(kinds()).toEqual(['unknown_issuer']);
    expect(ledger.knownOf(make, false).connectivity).toBe('online');
    saw(slack, strange('Antivirus CA', slack));
    expect(ledger.facts()).toMatchObject([{ kind: 'interception', hosts: [make, slack], issuer: 'Antivirus CA' }]);
    expect(ledger.knownOf(make, false).connectivity).toBe('tls_interception');
    expect(ledger.knownOf('elsewhere.example', false).connectivity).toBe('online');
    saw(make, { status: 500 });
    expect(kinds()).toEqual(['unknown_issuer']);
    saw(slack);
    expect(kinds()).toEqual([]);
  });

  it('another issuer than before is enough on one host; two receivers with certificates of their own are not', () => {
    const one = ledgerOf([way(make)]);
    one.saw(make, strange('Antivirus CA', make, { verifiedIssuer: 'Let’s Encrypt' }));
    expect(one.kinds()).toEqual(['interception']);
    const own = ledgerOf([way(make), way(slack)]);
    own.saw(make, strange('make.com', make));
    own.saw(slack, strange('slack.com', slack));
    expect(own.kinds()).toEqual(['unknown_issuer', 'unknown_issuer']);
    const local = ledgerOf([way('10.0.0.5', true)]);
    local.saw('10.0.0.5', strange('New till', '10.0.0.5', { verifiedIssuer: 'Old till' }));
    expect(local.kinds()).toEqual(['unknown_issuer']);
  });

  it('an issuer that is a product known for it is enough on one host, if it made the certificate for that host', () => {
    const zscaler = 'O=Zscaler Inc., CN=Zscaler Intermediate Root CA';
    const { ledger, saw, kinds } = ledgerOf([way(make)]);
    saw(make, strange(zscaler, make));
    expect(ledger.facts()).toMatchObject([{ kind: 'interception', hosts: [make], product: 'Zscaler' }]);
    expect(ledger.knownOf(make, false).connectivity).toBe('tls_interception');
    saw(make, { status: 500 });
    expect(kinds()).toEqual([]);
    const own = { ...failed('tls', 'DEPTH_ZERO_SELF_SIGNED_CERT'), verifiedIssuer: null };
    const kindsOf = (host: string, shown: CertificateFacts, local = false) => {
      const at = ledgerOf([way(host, local)]);
      at.saw(host, { ...own, certificate: shown });
      return at.kinds();
    };
    // The firewall's own administration answers where the receiver should.
    expect(kindsOf(make, certificate('Fortinet', 'one', ['FGT60F']))).toEqual(['unknown_issuer']);
    expect(kindsOf(make, { ...certificate('Fortinet', 'one', [make]), selfSigned: true })).toEqual(['unknown_issuer']);
    const resort = 'hooks.avast-resort.example';
    expect(kindsOf(resort, certificate('Avast Resort CA', 'one', [resort]))).toEqual(['unknown_issuer']);
    expect(kindsOf('10.0.0.5', certificate('Sophos', 'one', ['10.0.0.5']), true)).toEqual(['unknown_issuer']);
  });

  it('a sign-in page says so itself, shows everybody the same certificate, or sends everybody to one place', () => {
    const wifi = certificate('WiFi', 'one', ['login.wifi.example']);
    const says = ledgerOf([way(make)]);
    says.saw(make, { status: 511 });
    expect(says.kinds()).toEqual(['sign_in_page']);
    says.saw(make);
    expect(says.kinds()).toEqual([]);
    const shows = ledgerOf([way(make), way(slack)]);
    shows.saw(make, { ...failed('tls', 'ERR_TLS_CERT_ALTNAME_INVALID'), certificate: wifi });
    expect(shows.kinds()).toEqual([]);
    shows.saw(slack, { ...failed('tls', 'ERR_TLS_CERT_ALTNAME_INVALID'), certificate: wifi });
    expect(shows.kinds()).toEqual(['sign_in_page']);
    expect(shows.ledger.knownOf('elsewhere.example', false).connectivity).toBe('captive_portal');
    expect(shows.ledger.knownOf('10.0.0.5', true).connectivity).toBe('online');
    const sends = ledgerOf([way(make), way(slack)]);
    sends.saw(make, { status: 302, redirectHost: 'login.wifi.example' });
    expect(sends.kinds()).toEqual([]);
    sends.saw(slack, { status: 302, redirectHost: 'login.wifi.example' });
    expect(sends.kinds()).toEqual(['sign_in_page']);
    sends.saw(slack, { status: 404 });
    expect(sends.kinds()).toEqual([]);
  });

  it.each([
    ['asks for a password', failed('proxy', 'PROXY_STATUS', 407), { trouble: 'password', status: 407, hosts: [] }],
    ['cannot be reached', failed('proxy', 'ECONNREFUSED'), { trouble: 'unreachable', status: null, hosts: [] }],
    ['refuses this host', failed('proxy', 'PROXY_STATUS', 403), { trouble: 'refused', status: 403, hosts: [make] }],
  ] as const)('a proxy that %s is a fact until it lets us through, and as long as it is used', (_, seen, expected) => {
    const proxy = 'proxy.office:3128';
    const through = { host: 'proxy.office', port: 3128 };
    const ways = [way(make, false, () => through), way(slack, false, () => through)];
    const { ledger, saw } = ledgerOf(ways);
    saw(make, { ...seen, proxy });
    expect(ledger.facts()).toMatchObject([{ kind: 'proxy', proxy, ...expected }]);
    expect(ledger.isOpen()).toBe(true);
    saw(slack, { proxy });
    // What it refuses to one host it may let pass to another.
    expect(ledger.facts().length).toBe(expected.trouble === 'refused' ? 1 : 0);
    saw(make, { proxy });
    expect(ledger.facts()).toEqual([]);
    saw(make, { ...seen, proxy });
    ways.splice(0, 2, way(make), way(slack));
    ledger.waysChanged();
    expect(ledger.facts()).toEqual([]);
  });

  it('a proxy that cannot reach the far side speaks of that side', () => {
    const { saw, kinds } = ledgerOf([way(make)]);
    saw(make, { ...failed('proxy', 'PROXY_STATUS', 504), proxy: 'proxy.office:3128' });
    expect(kinds()).toEqual([]);
  });
});

describe('several at once', () => {
  it('hold beside each other, each since its own beginning', async () => {
    const { clock, disk, ledger, saw } = ledgerOf([way(make), way(slack)]);
    const began = clock.wallMs();
    saw(make, { skewMs: 60 * minute });
    saw(slack, { skewMs: 60 * minute });
    await clock.advance(minute);
    saw(make, { ...failed('proxy', 'PROXY_STATUS', 407), proxy: 'proxy.office:3128' });
    await clock.advance(minute);
    disk.state = 'low';
    expect(ledger.facts().map(({ kind, since }) => [kind, since - began])).toEqual([
      ['disk', 2 * minute],
      ['clock_wrong', 0],
      ['proxy', minute],
    ]);
  });
});

it.each([
  ['hooks.make.com', 'make.com'],
  ['a.b.example.co.uk', 'example.co.uk'],
  ['bay.com.ph', 'bay.com.ph'],
  ['10.0.0.5', '10.0.0.5'],
  ['[fd00::1]', 'fd00::1'],
])('%s belongs to %s', (host, site) => {
  expect(siteOf(host)).toBe(site);
});

it.each([
  ['hooks.make.com:8443', 'hooks.make.com'],
  ['[::1]:80', '::1'],
  ['[fd00::1]', 'fd00::1'],
  ['::1', '::1'],
])('the host of %s is %s', (text, host) => {
  expect(hostOf(text)).toBe(host);
});
