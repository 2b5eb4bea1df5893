/** What the addresses that are asked amount to, and when they are asked. */
import { describe, expect, it } from 'vitest';
import { onlyItsClock, proxyAfter, proxyAfterProbes } from '../../electron/engine/evidence/notes.ts';
import type { Reach, Way } from '../../electron/engine/evidence/reachability.ts';
import { utcMs } from '../../shared/domain.ts';
import type { Fact } from '../../shared/schemas.ts';
import { failed, ledgerOf, type Said, way } from '../support/ledger.ts';

const minute = 60_000;
const [make, slack] = ['hooks.make.com', 'hooks.slack.com'];
const [one, two, three] = ['one.test', 'two.test', 'three.test'];
const page = { page: 'wifi.hotel.example' };
const all = (said: Said): Record<string, Said> => ({ [one]: said, [two]: said, [three]: said });
const proxied = () => ({ host: 'proxy.office', port: 3128 });

describe('what several addresses amount to', () => {
  it.each<[string, Record<string, Said>, Record<string, Reach>, Fact['kind'][]]>([
    ['all answer what is known: the endpoint alone is down', all('ok'), {}, []],
    ['two of three decide', { [one]: 'ok', [two]: 'ok', [three]: page }, {}, []],
    ['two of three decide for a page, too', { [one]: 'ok', [two]: page, [three]: page }, {}, ['sign_in_page']],
    ['one page and two errors are no page', { [one]: page, [two]: 'ETIMEDOUT', [three]: 'ETIMEDOUT' }, {}, []],
    ['one page of one address that is asked alone is none', { [one]: page }, {}, []],
    ['one address alone can say that all is well', { [one]: 'ok' }, {}, []],
    ['two pages of one owner are one word', { [`a.${one}`]: page, [`b.${one}`]: page }, {}, []],
    ['two against two decide nothing', { [one]: 'ok', [two]: 'ok', [`c.${three}`]: page, 'd.test': page }, {}, []],
    ['none answers, nor does the endpoint', all('ETIMEDOUT'), {}, ['no_answer']],
    ['none has a name, nor can the endpoint be reached', all('EAI_AGAIN'), {}, ['no_answer']],
    ['a firewall keeps them, the endpoint is reached', all('ETIMEDOUT'), { [make]: 'reached' }, []],
    ['a firewall refuses them, the one endpoint is silent: its own trouble', all('ECONNREFUSED'), {}, []],
    ['others than 2xx and 3xx are nobody’s page', all({ status: 403 }), {}, []],
    ['511 is', all({ status: 511 }), {}, ['sign_in_page']],
    ['a proxy in the way is told by what is sent', all('PROXY_SOCKS'), {}, []],
    ['what was cut off by sleep says nothing', all('ASLEEP'), {}, []],
  ])('%s', async (_, said, reach, expected) => {
    const { ledger, kinds } = ledgerOf([way(make)], reach, { said });
    await ledger.probe(0);
    expect(kinds()).toEqual(expected);
  });

  it('one of three that answers what is known decides nothing: whether the endpoints’ hosts are there does', async () => {
    const said = { [one]: 'ok', [two]: 'ETIMEDOUT', [three]: 'ETIMEDOUT' } as const;
    const { ledger, kinds } = ledgerOf([way(make), way(slack)], {}, { said });
    await ledger.probe(0);
    expect(kinds()).toEqual(['no_answer']);
  });

  it('the page is known by its host, its address has no query, and counts for every endpoint out there', async () => {
    const { ledger, kinds } = ledgerOf([way(make), way('10.0.0.5', true)], {}, { said: all(page) });
    await ledger.probe(0);
    expect(ledger.facts()).toEqual([
      {
        kind: 'sign_in_page',
        scope: { kind: 'internet' },
        since: expect.any(Number),
        hosts: [one, two, three],
        host: 'wifi.hotel.example',
        address: 'http://wifi.hotel.example/login',
      },
    ]);
    expect(ledger.knownOf(make, false).connectivity).toBe('captive_portal');
    expect(ledger.knownOf('10.0.0.5', true).connectivity).toBe('online');
    expect(kinds()).toEqual(['sign_in_page']);
    // One request goes first now and then: it may be a page that somebody shows only where these addresses are asked.
    expect(ledger.isOpen()).toBe(true);
  });

  it('what it rests on can be told: which addresses answered what, when', async () => {
    const { clock, ledger, saw } = ledgerOf([way(make)], {}, { said: { [one]: 'ok', [two]: page, [three]: 'ok' } });
    expect(ledger.sight()).toEqual({
      lookedAt: null,
      rests: 'nothing',
      answeredAt: null,
      isAsking: true,
      addresses: [],
    });
    await ledger.probe(0);
    const lookedAt = clock.wallMs();
    expect(ledger.sight()).toEqual({
      ...{ lookedAt, rests: 'addresses', answeredAt: null, isAsking: true },
      addresses: [
        { address: `http://${one}/`, says: 'online', status: 204 },
        { address: `http://${two}/`, says: 'page', status: 302 },
        { address: `http://${three}/`, says: 'online', status: 204 },
      ],
    });
    await clock.advance(minute);
    saw(make);
    expect(ledger.sight()).toMatchObject({ lookedAt, rests: 'answer', answeredAt: clock.wallMs() });
  });

  it('three that say the same time are three hosts’ word; a page’s time is nobody’s', async () => {
    const late = ledgerOf([way(make)], {}, { said: all('ok'), skewMs: 60 * minute });
    late.saw(make, { ...failed('tls', 'CERT_NOT_YET_VALID') });
    await late.ledger.probe(0);
    expect(late.ledger.clock()).toMatchObject({ wrong: true });
    expect(late.ledger.knownOf(make, false).skewMs).toBeGreaterThan(59 * minute);
    const at = ledgerOf([way(make)], {}, { said: all(page), skewMs: 60 * minute });
    await at.ledger.probe(0);
    expect(at.ledger.clock().wrong).toBe(false);
    // One of them alone is one host's word.
    const alone = ledgerOf([way(make)], {}, { said: { [one]: 'ok' }, skewMs: 60 * minute });
    await alone.ledger.probe(0);
    expect(alone.kinds()).toEqual(['clock_differs']);
  });
});

describe('addresses that have never answered in this network', () => {
  it('and one silent site beside them: which of them it is, nobody can know', async () => {
    const at = ledgerOf([way(make)], {}, { said: all('ETIMEDOUT'), answeredBefore: false });
    at.ledger.watch();
    await at.ledger.probe(0);
    expect(at.ledger.facts()).toMatchObject([{ kind: 'silence', scope: { kind: 'internet' }, host: make }]);
    expect(at.ledger.connectivity().state).toBe('silence');
    expect(at.ledger.knownOf(make, false).connectivity).toBe('silence');
    // Nothing is sent to nobody; it is looked for by itself, and known from then on.
    expect(at.ledger.isOpen()).toBe(false);
    at.checks.said = all('ok');
    await at.clock.advance(5_000);
    expect(at.kinds()).toEqual([]);
    at.checks.said = all('ETIMEDOUT');
    await at.clock.advance(minute);
    await at.ledger.probe(at.clock.monotonicMs());
    expect(at.kinds()).toEqual(['no_answer']);
    at.ledger.stop();
    const later = ledgerOf([way(make)], {}, { said: all('ETIMEDOUT'), memory: at.memory });
    await later.ledger.probe(0);
    expect(later.kinds()).toEqual(['no_answer']);
    const elsewhere = ledgerOf([way(make)], {}, { said: all('ETIMEDOUT'), memory: at.memory });
    elsewhere.network.name = 'a network of somebody else';
    await elsewhere.ledger.probe(0);
    expect(elsewhere.kinds()).toEqual(['silence']);
  });

  it.each<[string, Way[], Record<string, Reach>, Fact['kind'][]]>([
    ['two unrelated sites that are silent are no internet', [way(make), way(slack)], {}, ['no_answer']],
    ['two of one owner are one site', [way('a.make.com'), way('b.make.com')], {}, ['silence']],
    ['no way out at all is no internet', [way(make)], { [make]: 'no_network' }, ['no_answer']],
    ['a site that is reached is its own trouble', [way(make)], { [make]: 'reached' }, []],
    ['a proxy that is there says nothing', [way(make, false, proxied)], { 'proxy.office': 'reached' }, ['silence']],
  ])('%s', async (_, ways, reach, expected) => {
    const { ledger, kinds } = ledgerOf(ways, reach, { said: all('ETIMEDOUT'), answeredBefore: false });
    await ledger.probe(0);
    expect(kinds()).toEqual(expected);
  });

  it('a silence that two sites vouch for once stays no internet until somebody answers', async () => {
    const { ledger, kinds, ways, clock } = ledgerOf(
      [way(make), way(slack)],
      {},
      { said: all('ETIMEDOUT'), answeredBefore: false },
    );
    ledger.watch();
    await ledger.probe(0);
    ways.pop();
    ledger.waysChanged();
    await clock.advance(minute);
    expect(kinds()).toEqual(['no_answer']);
    ledger.stop();
  });
});

describe('why there is no internet', () => {
  const names = ['names'];
  it.each<[string, Said, Record<string, Reach>, readonly (string | undefined)[]]>([
    ['no name is answered anywhere', 'EAI_AGAIN', { [make]: 'no_names', [slack]: 'name_silent' }, names],
    ['each name is said to be none', 'ENOTFOUND', { [make]: 'name_unknown', [slack]: 'name_unknown' }, names],
    ['names are answered, what they lead to is silent', 'ETIMEDOUT', {}, ['line']],
    ['the addresses have no name, an endpoint has', 'ENOTFOUND', { [make]: 'name_silent' }, ['line']],
    [
      'the endpoints have no name, the addresses have',
      'ETIMEDOUT',
      { [make]: 'no_names', [slack]: 'no_names' },
      ['line'],
    ],
    [
      'there is no way, not even to a name server',
      'ENETUNREACH',
      { [make]: 'no_network', [slack]: 'no_network' },
      ['line'],
    ],
  ])('%s', async (_, said, reach, expected) => {
    const { ledger } = ledgerOf([way(make), way(slack)], reach, { said: all(said) });
    await ledger.probe(0);
    expect(ledger.facts().map((fact) => (fact.kind === 'no_answer' ? fact.why : fact.kind))).toEqual(expected);
  });

  it('where no name is answered, one endpoint in a new network is enough; a name that is none may be its own', async () => {
    const at = (said: Said, reach: Reach) =>
      ledgerOf([way(make)], { [make]: reach }, { said: all(said), answeredBefore: false });
    const unanswered = at('EAI_AGAIN', 'name_silent');
    await unanswered.ledger.probe(0);
    expect(unanswered.ledger.facts()).toMatchObject([{ kind: 'no_answer', why: 'names' }]);
    const unknown = at('ENOTFOUND', 'name_unknown');
    await unknown.ledger.probe(0);
    expect(unknown.kinds()).toEqual(['silence']);
  });

  it('is told anew when it changes, though there is still none', async () => {
    const { clock, ledger, checks, network } = ledgerOf(
      [way(make)],
      { [make]: 'no_names' },
      { said: all('EAI_AGAIN') },
    );
    ledger.watch();
    await ledger.probe(0);
    const { since } = ledger.connectivity();
    const heard: boolean[] = [];
    ledger.onChange((eased) => heard.push(eased));
    await clock.advance(minute);
    expect(heard).toEqual([]);
    checks.said = all('ETIMEDOUT');
    network.reach = {};
    await clock.advance(minute);
    expect(ledger.facts()).toMatchObject([{ kind: 'no_answer', why: 'line', since }]);
    expect(heard).toEqual([false]);
    ledger.stop();
  });
});

describe('behind an office proxy', () => {
  const ways = (): Way[] => [way(make, false, proxied)];

  it('that is there while nothing is behind it, there is no internet; one request goes now and then', async () => {
    const { ledger, kinds, saw, checks } = ledgerOf(ways(), { 'proxy.office': 'reached' }, { said: all('ETIMEDOUT') });
    await ledger.probe(0);
    expect(kinds()).toEqual(['no_answer']);
    expect(ledger.isOpen()).toBe(true);
    expect(ledger.knownOf(make, false).connectivity).toBe('offline');
    checks.said = all('ok');
    saw(make);
    expect(kinds()).toEqual([]);
  });

  it('that keeps us, its newest word counts at once, whoever heard it; since when it keeps us stays', async () => {
    const { ledger, saw, checks, clock } = ledgerOf(
      ways(),
      { 'proxy.office': 'reached' },
      { said: all('PROXY_SIGN_IN') },
    );
    const proxy = 'proxy.office:3128';
    const heard: boolean[] = [];
    const told = () =>
      ledger.facts().map((fact) => fact.kind === 'proxy' && [fact.trouble, fact.since - began, fact.changedAt]);
    saw(make, { proxy, ...failed('proxy', 'PROXY_PASSWORD', 407) });
    const began = clock.wallMs();
    ledger.onChange((eased) => heard.push(eased));
    expect(told()).toEqual([['password_refused', 0, null]]);
    await clock.advance(minute);
    await ledger.probe(clock.monotonicMs());
    expect(told()).toEqual([['sign_in', 0, began + minute]]);
    await clock.advance(minute);
    saw(make, { proxy, ...failed('proxy', 'ECONNREFUSED') });
    expect(told()).toEqual([['unreachable', 0, began + 2 * minute]]);
    expect(heard).toEqual([false, false]);
    // Where they do not agree, or it lets some of them through, nothing is known better.
    checks.said = { ...all('PROXY_SIGN_IN'), [one]: 'ETIMEDOUT' };
    await clock.advance(minute);
    await ledger.probe(clock.monotonicMs());
    expect(told()).toEqual([['unreachable', 0, began + 2 * minute]]);
  });

  it('an address that was asked before something was sent through it knows nothing better', async () => {
    const note = proxyAfter(null, 'proxy.office:3128', {
      ...onlyItsClock(make, 0, 1_000),
      ...failed('proxy', 'PROXY_PASSWORD', 407),
    });
    const answer = {
      ...{ status: null, headers: null, text: '', proxy: 'proxy.office:3128', endedAt: utcMs(2_000) },
      error: failed('proxy', 'ETIMEDOUT').error,
    };
    const troubleBy = (startedAt: number) =>
      note && proxyAfterProbes(note, [{ ...answer, startedAt: utcMs(startedAt) }], 2_000).trouble;
    expect(troubleBy(999)).toBe('password_refused');
    expect(troubleBy(1_001)).toBe('unreachable');
  });

  it('that keeps the addresses to itself while endpoints answer, the addresses’ silence is worth nothing', async () => {
    const at = ledgerOf(ways(), { 'proxy.office': 'reached' }, { said: all('ETIMEDOUT') });
    await at.ledger.probe(0);
    expect(at.kinds()).toEqual(['no_answer']);
    at.saw(make);
    await at.clock.advance(10_000);
    at.saw(make, failed('proxy', 'PROXY_STATUS', 503));
    await at.ledger.probe(at.clock.monotonicMs());
    expect(at.kinds()).toEqual([]);
  });
});

describe('when the addresses are asked', () => {
  it('never while all goes well, nor where nothing leads to the internet', async () => {
    const at = ledgerOf([way(make)], {}, { said: all('ok') });
    at.ledger.watch();
    for (let n = 0; n < 10; n += 1) {
      at.saw(make);
      await at.clock.advance(minute);
    }
    expect(at.checks.asked).toEqual([]);
    at.ledger.stop();
    const local = ledgerOf([way('127.0.0.1', true), way('10.0.0.5', true)], {}, { said: all('ok') });
    local.ledger.watch();
    await local.ledger.probe(local.clock.monotonicMs());
    await local.ledger.lookNow();
    local.ledger.resumed();
    local.network.name = 'Wi-Fi';
    await local.clock.advance(5 * minute);
    expect(local.checks.asked).toEqual([]);
    local.ledger.stop();
  });

  it('not after a failure while somebody has answered since it began, nor without an interface', async () => {
    const { clock, ledger, saw, checks, network, kinds } = ledgerOf([way(make), way(slack)], {}, { said: all('ok') });
    const begun = clock.monotonicMs();
    await clock.advance(1_000);
    saw(slack);
    await ledger.probe(begun);
    expect(checks.asked).toEqual([]);
    await clock.advance(1_000);
    // It answered, but before that one began: that it is there now is what is to be found out.
    await ledger.probe(clock.monotonicMs());
    expect(checks.asked).toHaveLength(3);
    network.up = false;
    await clock.advance(10_000);
    await ledger.probe(clock.monotonicMs());
    expect(checks.asked).toHaveLength(3);
    expect(kinds()).toEqual(['no_interface']);
  });

  it('once, however many fail at the same time', async () => {
    const { ledger, checks, clock } = ledgerOf([way(make), way(slack)], {}, { said: all('ok') });
    await Promise.all([ledger.probe(0), ledger.probe(0), ledger.probe(0)]);
    await ledger.probe(0);
    expect(checks.asked).toHaveLength(3);
    await clock.advance(5_000);
    await ledger.probe(clock.monotonicMs());
    expect(checks.asked).toHaveLength(6);
  });

  it('again after 5 s while there is no internet, then ever more seldom, up to once a minute', async () => {
    const { clock, ledger, checks } = ledgerOf([way(make)], {}, { said: all('ETIMEDOUT') });
    ledger.watch();
    await ledger.probe(0);
    const begun = clock.monotonicMs();
    const at: number[] = [];
    let asked = 3;
    while (clock.monotonicMs() - begun < 5 * minute) {
      await clock.advance(1_000);
      if (checks.asked.length === asked) continue;
      asked = checks.asked.length;
      at.push((clock.monotonicMs() - begun) / 1_000);
    }
    expect(at).toEqual([5, 15, 35, 75, 135, 195, 255]);
    checks.said = all('ok');
    await clock.advance(minute);
    expect(ledger.connectivity().state).toBe('online');
    asked = checks.asked.length;
    await clock.advance(10 * minute);
    expect(checks.asked).toHaveLength(asked);
    ledger.stop();
  });

  it('at once in another network and after sleep, and from then on every 5 s again', async () => {
    const { clock, network, ledger, checks } = ledgerOf([way(make)], {}, { said: all('ETIMEDOUT') });
    ledger.watch();
    await ledger.probe(0);
    await clock.advance(5 * minute);
    let asked = checks.asked.length;
    network.name = 'Wi-Fi';
    await clock.advance(5_000);
    expect(checks.asked).toHaveLength(asked + 3);
    await clock.advance(5_000);
    expect(checks.asked).toHaveLength(asked + 6);
    await clock.advance(5 * minute);
    asked = checks.asked.length;
    ledger.resumed();
    await clock.advance(0);
    expect(checks.asked).toHaveLength(asked + 3);
    ledger.stop();
  });

  it('where nothing has failed, what a network that has only just come up shows is believed the second time', async () => {
    const { clock, network, ledger, checks, kinds } = ledgerOf([way(make)], {}, { said: all('ETIMEDOUT') });
    ledger.watch();
    network.name = 'Wi-Fi';
    await clock.advance(5_000);
    expect(checks.asked).toHaveLength(3);
    expect(kinds()).toEqual([]);
    checks.said = all(page);
    await clock.advance(5_000);
    expect(kinds()).toEqual(['sign_in_page']);
    ledger.stop();
  });

  it('a network that comes and goes while all is well is asked about once a minute', async () => {
    const { clock, network, ledger, checks } = ledgerOf([way(make)], {}, { said: all('ok') });
    ledger.watch();
    for (let n = 0; n < 12; n += 1) {
      network.name = `network ${n}`;
      await clock.advance(5_000);
    }
    expect(checks.asked).toHaveLength(3);
    ledger.stop();
  });

  it('at a person’s word three times in two minutes, and says when again', async () => {
    const { clock, ledger, checks } = ledgerOf([way(make)], {}, { said: all('ok') });
    for (let n = 0; n < 3; n += 1) {
      expect(await ledger.lookNow()).toBeNull();
      await clock.advance(10_000);
    }
    expect(await ledger.lookNow()).toBe(90_000);
    expect(checks.asked).toHaveLength(9);
    await clock.advance(90_000);
    expect(await ledger.lookNow()).toBeNull();
    expect(checks.asked).toHaveLength(12);
  });

  it('while a proxy wants a password, so that one request can try as soon as it lets through', async () => {
    const { clock, ledger, saw, checks, kinds } = ledgerOf([way(make, false, proxied)], {}, { said: all('PROXY_407') });
    const heard: boolean[] = [];
    ledger.watch();
    saw(make, { ...failed('proxy', 'PROXY_STATUS', 407), proxy: 'proxy.office:3128' });
    await ledger.probe(0);
    ledger.onChange((eased) => heard.push(eased));
    await clock.advance(2 * minute);
    expect(heard).toEqual([]);
    checks.said = all('ok');
    await clock.advance(2 * minute);
    // Whether it lets deliveries through is theirs to show: told once, and not said to be over.
    expect(heard).toEqual([true]);
    expect(kinds()).toEqual(['proxy']);
    ledger.stop();
  });

  it('while the clock is wrong, so that it is known when it is right again', async () => {
    const at = ledgerOf([way(make)], {}, { said: all('ok'), skewMs: 60 * minute });
    at.ledger.watch();
    at.saw(make, failed('tls', 'CERT_HAS_EXPIRED'));
    await at.ledger.probe(0);
    expect(at.kinds()).toEqual(['clock_wrong']);
    at.checks.skewMs = 0;
    await at.clock.advance(minute);
    expect(at.kinds()).toEqual([]);
    at.ledger.stop();
  });
});

describe('somebody signs in', () => {
  it('what the addresses answer next ends it, without anything being sent', async () => {
    const { clock, ledger, checks, kinds } = ledgerOf([way(make)], {}, { said: all(page) });
    ledger.watch();
    await ledger.probe(0);
    const heard: boolean[] = [];
    ledger.onChange((eased) => heard.push(eased));
    checks.said = all('ok');
    await clock.advance(5_000);
    expect([kinds(), heard]).toEqual([[], [true]]);
    ledger.stop();
  });

  it('an endpoint’s verified answer ends it at once, and the page counts again when it is shown again', async () => {
    const { clock, ledger, saw, checks, kinds } = ledgerOf([way(make)], {}, { said: all(page) });
    ledger.watch();
    await ledger.probe(0);
    checks.said = all('ok');
    saw(make);
    expect(kinds()).toEqual([]);
    await clock.advance(minute);
    checks.said = all(page);
    await ledger.probe(clock.monotonicMs());
    expect(kinds()).toEqual(['sign_in_page']);
    ledger.stop();
  });

  it('a web filter’s page for these addresses alone, while endpoints answer, is no sign-in page', async () => {
    const { clock, ledger, saw, kinds } = ledgerOf([way(make)], { [make]: 'reached' }, { said: all(page) });
    ledger.watch();
    await ledger.probe(0);
    expect(kinds()).toEqual(['sign_in_page']);
    saw(make);
    await clock.advance(minute);
    await ledger.probe(clock.monotonicMs());
    expect(kinds()).toEqual([]);
    // What it shows by a certificate of its own does count.
    saw(make, { status: 511 });
    expect(kinds()).toEqual(['sign_in_page']);
    ledger.stop();
  });

  it('the page goes with the addresses that showed it', async () => {
    const { ledger, checks, kinds } = ledgerOf([way(make)], {}, { said: all(page) });
    await ledger.probe(0);
    checks.said = {};
    ledger.waysChanged();
    expect(kinds()).toEqual([]);
  });
});
