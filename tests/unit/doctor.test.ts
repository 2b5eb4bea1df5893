import { describe, expect, test } from 'vitest';
import { checksOf } from '../../electron/engine/doctor/doctor-checks.ts';
import type { Sentence } from '../../shared/domain.ts';
import { utcMs } from '../../shared/domain.ts';
import type { Endpoint, Fact, Situation, Source } from '../../shared/schemas.ts';
import { renderSentence } from '../../shared/sentences/index.ts';
import { sentence } from '../../shared/sentences/sentence.ts';

const inEnglish = (said: Sentence) => renderSentence(said, 'en', { timeZone: 'UTC' });

const now = utcMs(Date.UTC(2024, 2, 15, 10, 30));

const healthy: Situation = {
  now,
  version: '1.0.0',
  propertyId: 'prop_1',
  timeZone: 'Asia/Manila',
  currency: 'PHP',
  waiting: 0,
  oldestWaitingAt: null,
  needsAttention: 0,
  eventsToday: 1,
  waitingEvents: { events: 0, endpoints: 0 },
  attentionEvents: 0,
  deliveredToday: 1,
  today: { since: now, taken: 1, needsAttention: 0, waiting: 0, bench: 0, skipped: 0, toNobody: 0, delivered: 1 },
  facts: [],
  outages: [],
  pc: { slept: null, lateStarts: null, loginItemWorks: null },
  interrupted: null,
  lastEventAt: now,
  lastDeliveredAt: now,
  pausedUntil: null,
  connectivity: { state: 'online', since: null },
  internet: { lookedAt: null, rests: 'nothing', answeredAt: null, isAsking: true, addresses: [] },
  clock: { skewMs: 0, wrong: false, since: null },
  disk: { state: 'ok', freeBytes: 80e9 },
  vault: { state: 'ok', unreadable: 0 },
  database: {
    state: 'ok',
    since: null,
    shrinking: 'possible',
    lastBackupAt: now,
    restoreAskedAt: null,
    lost: null,
    restored: null,
  },
  endpoints: [endpoint({})],
  sources: [source({})],
  recoveries: [],
  exportsAway: [],
  upkeepUndone: [],
  closed: [],
  openFiles: null,
  dataFolder: '/data',
  hours: [],
  intake: { address: 'http://127.0.0.1:4780', missed: null, lan: null, lanProblem: null },
};

function source(more: Partial<Source>): Source {
  return {
    id: 'src_1' as Source['id'],
    name: 'PMS',
    kind: 'http',
    config: {},
    health: { lastSeenAt: now, lastTrouble: null, away: null, nextLookAt: null, files: null },
    propertyId: null,
    createdAt: now,
    revokedAt: null,
    lastEventAt: now,
    shaping: { preset: null, shape: null, types: null, times: null, numbers: null },
    draft: false,
    kept: 0,
    lastTestAt: null,
    unordered: 0,
    eventsToday: 1,
    usualByNow: null,
    quietSince: null,
    lastRefusal: null,
    ...more,
  };
}

function endpoint(more: Partial<Endpoint>): Endpoint {
  return {
    id: 'ep_1' as Endpoint['id'],
    name: 'Make',
    description: 'Make',
    host: 'hook.example.com',
    address: 'https://hook.example.com/••••',
    local: false,
    plain: null,
    events: ['booking.created'],
    state: 'active',
    switch: 'on',
    health: 'active',
    failingSince: null,
    nextTrialAt: null,
    pausedUntil: null,
    pausedBy: null,
    headers: [],
    secretTail: 'abcd',
    unreadable: [],
    rotation: null,
    ca: null,
    limits: { inFlight: 5, perSecond: 10 },
    ordered: true,
    holdOlderThanHours: null,
    tooOld: null,
    kind: 'webhook',
    config: {},
    kindSecrets: [],
    rules: null,
    suggestedKind: null,
    atDefault: [],
    testedAt: now,
    waiting: 0,
    retrying: 0,
    retried: null,
    needsAttention: 0,
    oldestWaitingAt: null,
    nextAttemptAt: null,
    heldUntil: null,
    trouble: null,
    toBench: null,
    benchCutOff: null,
    swallowed: 0,
    attention: null,
    lastAnswer: null,
    successRate: null,
    createdAt: now,
    removedAt: null,
    ...more,
  };
}

const found = (change: Partial<Situation>, lanProblem: Sentence | null = null) =>
  checksOf({ ...healthy, ...change }, lanProblem).filter(({ state }) => state !== 'ok');

describe('doctor', () => {
  test('finds nothing where nothing is wrong', () => {
    expect(found({})).toEqual([]);
  });

  test.each<[string, Partial<Situation>, string, 'warning' | 'problem']>([
    ['a nearly full disk', { disk: { state: 'low', freeBytes: 4e8 } }, 'Disk', 'problem'],
    ['a full disk', { disk: { state: 'full', freeBytes: 0 } }, 'Disk', 'problem'],
    ['a disk that may not be written', { disk: { state: 'no_rights', freeBytes: 4e9 } }, 'Disk', 'problem'],
    [
      'another program that holds the database',
      { database: { ...healthy.database, state: 'held', since: now } },
      'Database',
      'problem',
    ],
    [
      'a damaged database',
      {
        database: {
          state: 'damaged',
          since: null,
          shrinking: 'possible',
          lastBackupAt: null,
          restoreAskedAt: null,
          lost: null,
          restored: null,
        },
      },
      'Database',
      'problem',
    ],
    [
      'a database that was deleted',
      {
        database: {
          state: 'gone',
          since: null,
          shrinking: 'possible',
          lastBackupAt: now,
          restoreAskedAt: null,
          lost: null,
          restored: null,
        },
      },
      'Database',
      'problem',
    ],
    [
      'no room to rebuild the database',
      {
        database: {
          state: 'ok',
          since: null,
          shrinking: 'no_room',
          lastBackupAt: now,
          restoreAskedAt: null,
          lost: null,
          restored: null,
        },
      },
      'Database',
      'warning',
    ],
    [
      'no backup',
      {
        database: {
          state: 'ok',
          since: null,
          shrinking: 'possible',
          lastBackupAt: null,
          restoreAskedAt: null,
          lost: null,
          restored: null,
        },
      },
      'Database',
      'warning',
    ],
    ['secrets that are locked', { vault: { state: 'locked', unreadable: 0 } }, 'Secrets', 'problem'],
    ['a wrong clock', { clock: { skewMs: 600_000, wrong: true, since: now } }, 'Clock', 'problem'],
    ['no internet', { connectivity: { state: 'offline', since: now } }, 'Internet', 'problem'],
    ['no source', { sources: [] }, 'Sources', 'warning'],
    ['a source that is silent', { sources: [source({ lastEventAt: null })] }, 'Source PMS', 'warning'],
    ['no property', { propertyId: null }, 'Property', 'problem'],
    ['no endpoint', { endpoints: [] }, 'Endpoints', 'warning'],
    ['a failing endpoint', { endpoints: [endpoint({ state: 'failing' })] }, 'Endpoint Make', 'problem'],
    ['a draft', { endpoints: [endpoint({ state: 'draft' })] }, 'Endpoint Make', 'warning'],
    [
      'a secret that cannot be read',
      { endpoints: [endpoint({ unreadable: ['address', 'secret'] })] },
      'Endpoint Make',
      'problem',
    ],
  ])('finds %s, and says the next step', (what, change, name, state) => {
    const checks = found(change);
    const others = checks.filter((check) => check.name.key !== 'doctor.intake');
    expect(others.map((check) => [inEnglish(check.name), check.state])).toEqual([[name, state]]);
    // What keeps events from being stored is said of the intake as well.
    const isRefused = /disk|deleted|holds|damage/.test(what);
    expect(checks.length - others.length).toBe(isRefused ? 1 : 0);
    expect(checks[0]?.nextStep).toBeTruthy();
  });

  const trouble = (more: Partial<NonNullable<Endpoint['trouble']>>): Endpoint['trouble'] => ({
    ...{ kind: 'setup', since: utcMs(now - 9_000_000), failures: 49, lastAt: now, outcome: 'setup', status: 404 },
    ...{ sentence: sentence('outcome.address_unknown', { name: 'Make', status: 404 }), said: 'No such hook' },
    ...{ othersGotThrough: false, takesNothing: true, ...more },
  });
  const proxy: Fact = {
    ...{
      kind: 'proxy',
      from: 'settings',
      scope: { kind: 'internet' },
      since: now,
      trouble: 'password',
      status: 407,
      asksFor: '',
      changedAt: null,
    },
    ...{ proxy: 'proxy.office:3128', hosts: [] },
  };
  const said = (change: Partial<Situation>) => {
    const [check] = found(change).filter(({ name }) => name.key === 'doctor.endpoint');
    return [check?.state, ...(check?.says ?? []), ...(check?.nextStep ? [check.nextStep] : [])].map((one) =>
      typeof one === 'string' ? one : one && inEnglish(one),
    );
  };

  test('a draft is tested first, and then enabled', () => {
    const step = (testedAt: Endpoint['testedAt']) =>
      said({ endpoints: [endpoint({ state: 'draft', testedAt })] }).at(-1);
    expect(step(null)).toMatch(/^Test it, then enable it\./);
    expect(step(now)).toMatch(/^It took its test\. Enable it: .* endpoint enable ep_/);
  });

  test('says of an endpoint what its card says: since when, why, in whose words, and the same next step', () => {
    expect(said({ endpoints: [endpoint({ state: 'degraded', trouble: trouble({}), waiting: 14 })] })).toEqual([
      'problem',
      expect.stringMatching(/^It has taken nothing since .*; 14 deliveries wait\.$/),
      expect.stringContaining('404'),
      'It said: “No such hook”.',
      'Ask those who run Make for its new webhook address, and enter it.',
    ]);
  });

  test('of the clock nothing is claimed before anybody answered', () => {
    const clock = (more: Partial<Situation>) =>
      checksOf({ ...healthy, ...more }, null).find(({ name }) => name.key === 'doctor.clock')?.says[0]?.key;
    expect(clock({ lastDeliveredAt: null })).toBe('doctor.clock.unknown');
    expect(clock({})).toBe('doctor.clock.ok');
  });

  test('an endpoint that only asks to slow down is not well, however it is called', () => {
    const why = sentence('outcome.throttled', { name: 'Make' });
    const slow = trouble({ kind: 'slow_down', outcome: 'throttled', status: 429, said: null, sentence: why });
    const told = endpoint({ state: 'active', trouble: slow, waiting: 9 });
    expect(said({ endpoints: [told] })[0]).toBe('warning');
    // Once.
    const check = checksOf({ ...healthy, endpoints: [told] }, null).find(({ state }) => state === 'warning');
    expect(check?.says.map(({ key }) => key)).toEqual(['doctor.endpoint.slow_down']);
  });

  test('the internet’s row says what it rests on: which evidence, when, and who answered what', () => {
    const said = (internet: Situation['internet'], more: Partial<Situation> = {}) =>
      checksOf({ ...healthy, internet, ...more }, null)
        .find(({ name }) => name.key === 'doctor.internet')
        ?.says.map((each) => each.key);
    const none = { lookedAt: null, answeredAt: null, isAsking: true, addresses: [] };
    expect(said({ ...none, rests: 'nothing' })).toEqual(['doctor.internet.untried']);
    const answers = (['online', 'page', 'other', 'unreachable'] as const).map((says) => ({
      ...{ address: `http://${says}.example/`, says, status: null },
    }));
    const asked = { ...none, lookedAt: now, addresses: answers };
    expect(said({ ...asked, rests: 'addresses' })).toEqual([
      'doctor.internet.ok',
      'doctor.internet.rests.addresses',
      'doctor.internet.said.online',
      'doctor.internet.said.page',
      'doctor.internet.said.refused',
      'doctor.internet.said.unreachable',
    ]);
    expect(said({ ...asked, answeredAt: now, rests: 'answer' })).toEqual([
      'doctor.internet.ok',
      'doctor.internet.rests.answer',
    ]);
    expect(said({ ...none, lookedAt: now, isAsking: false, rests: 'endpoints' })).toEqual([
      'doctor.internet.ok',
      'doctor.internet.rests.endpoints',
      'doctor.internet.off',
    ]);
  });

  test.each<[string, Fact, string, string]>([
    [
      'a cable that is out',
      { kind: 'no_interface', scope: { kind: 'pc' }, since: now },
      'This PC has no network connection (10:30).',
      'Look at this PC’s network cable',
    ],
    [
      'names that nobody answers',
      { kind: 'no_answer', scope: { kind: 'internet' }, since: now, why: 'names' },
      'This PC is connected, but no name leads to an address (DNS).',
      'Restart the router. Where other devices have internet, look at the DNS server',
    ],
    [
      'a dead line',
      { kind: 'no_answer', scope: { kind: 'internet' }, since: now, why: 'line' },
      'This PC is connected, but nothing out there answers.',
      'Look at the router and its cables',
    ],
  ])('tells %s from the other reasons why there is no internet', (_, fact, why, step) => {
    const rests = fact.kind === 'no_interface' ? ('interface' as const) : ('endpoints' as const);
    const [check] = found({
      ...{ facts: [fact], connectivity: { state: 'offline', since: now } },
      internet: { lookedAt: now, rests, answeredAt: null, addresses: [], isAsking: true },
    });
    expect(check?.says.map(inEnglish)).toContain(why);
    expect(check?.nextStep && inEnglish(check.nextStep).replaceAll("'", '’')).toContain(step);
  });

  test('a sign-in page that the addresses do not meet is told in one way: what it answers for, and that they get through', () => {
    const hosts = ['hooks.make.com', 'hooks.slack.com'];
    const page: Fact = {
      ...{ kind: 'sign_in_page', scope: { kind: 'internet' }, since: now, hosts, host: 'wifi.example', address: null },
    };
    const online = { address: 'http://one.example/', says: 'online' as const, status: 204 };
    const seen = (internet: Partial<Situation['internet']>) => {
      const [check] = found({
        ...{ facts: [page], connectivity: { state: 'captive_portal', since: now } },
        internet: {
          lookedAt: now,
          rests: 'addresses',
          answeredAt: now,
          addresses: [online],
          isAsking: true,
          ...internet,
        },
      });
      return check?.says.map(inEnglish);
    };
    const story = [
      "This PC's Wi-Fi wants a sign-in.",
      'The sign-in page is at wifi.example.',
      'It answers in the place of hooks.make.com, hooks.slack.com.',
    ];
    expect(seen({})).toEqual([...story, 'The addresses that are asked over plain HTTP are let through (10:30).']);
    expect(seen({ rests: 'answer', addresses: [], isAsking: false })).toEqual([
      ...story,
      'No addresses are asked: that is switched off in the settings.',
    ]);
    // Where they meet it too, they are what it rests on.
    const met = seen({ addresses: [{ ...online, says: 'page', status: 302 }] });
    expect(met).toContain('http://one.example/ answered with somebody else’s page (302).');
  });

  test('an endpoint that was sent to a page before anybody knew of it is held by that page, as others are', () => {
    const page = (hosts: string[]): Fact => ({
      ...{ kind: 'sign_in_page', scope: { kind: 'internet' }, since: now, hosts, host: 'wifi.example', address: null },
    });
    const redirected = {
      ...{ status: 302, sentence: sentence('outcome.redirect', { name: 'Make', target: 'wifi.example', status: 302 }) },
      ...{ said: null, takesNothing: false },
    };
    const sent = endpoint({ state: 'degraded', waiting: 1, trouble: trouble(redirected) });
    const at = (facts: Fact[], one: Endpoint) =>
      said({ facts, connectivity: { state: 'captive_portal', since: now }, endpoints: [one] }).slice(0, 2);
    const [host = ''] = sent.host.split(':');
    expect(at([page([host])], sent)).toEqual([
      'warning',
      'Nothing reaches it now; 1 delivery waits and uses up none of its tries.',
    ]);
    expect(at([page(['hooks.slack.com'])], sent)[1]).toBe('Its last attempt failed.');
    const told = endpoint({ ...sent, trouble: trouble({ ...redirected, takesNothing: true }) });
    expect(at([page([host])], told)[1]).toContain('It has taken nothing since');
  });

  test('what an endpoint was held by and is not seen now is not said to be there', () => {
    const lastAnswer = {
      ...{ at: now, outcome: 'captive_portal' as const, status: null, durationMs: 20 },
      sentence: sentence('outcome.captive_portal'),
    };
    const at = (waiting: number) => found({ endpoints: [endpoint({ waiting, lastAnswer })] });
    expect(at(2).map(({ state, says, nextStep }) => [state, says.map(inEnglish), nextStep])).toEqual([
      ['warning', ['What its last attempt was kept by is not seen now; 2 deliveries go out by themselves.'], null],
    ]);
    expect(at(0)[0]?.says.map(inEnglish)).toEqual([
      'What its last attempt was kept by is not seen now. Nothing waits.',
    ]);
  });

  test('a proxy that wants a password is said of the internet, by name, and of each endpoint that it keeps', () => {
    const change = { facts: [proxy], connectivity: { state: 'proxy' as const, since: now }, endpoints: [endpoint({})] };
    const internet = found(change).find(({ name }) => name.key === 'doctor.internet');
    expect(internet?.says.map(inEnglish).join(' ')).toContain('proxy.office:3128 asks for a password (407)');
    expect(said(change)[0]).toBe('warning');
    expect(said({ ...change, endpoints: [endpoint({ local: true })] })[0]).toBeUndefined();
  });

  test('what needs a person, what the bench takes and what this PC kept back is not well', () => {
    const refused = {
      ...{ since: now, lastAt: now, othersGetThrough: true, status: 422, outcome: 'event_refused' as const },
      ...{ sentence: sentence('outcome.event_refused', { name: 'Make', status: 422 }), said: 'phone is required' },
    };
    expect(said({ endpoints: [endpoint({ needsAttention: 2, attention: refused })] })).toContain(
      'It said: “phone is required”.',
    );
    // A proxy that is away hides neither what waits for a person, nor the step for it.
    const both = { facts: [proxy], endpoints: [endpoint({ needsAttention: 2, attention: refused, waiting: 3 })] };
    expect(said(both)).toEqual(expect.arrayContaining(['problem', 'It said: “phone is required”.']));
    expect(found(both).flatMap(({ says }) => says.map(({ key }) => key))).toEqual(
      expect.arrayContaining(['doctor.endpoint.held', 'doctor.endpoint.attention']),
    );
    const clock = { at: now, status: 401, outcome: 'clock' as const, durationMs: 1 };
    const held = { ...clock, sentence: sentence('outcome.clock', { skewMs: 3_600_000 }) };
    expect(said({ endpoints: [endpoint({ lastAnswer: held })] })[0]).toBe('warning');
  });

  test('a receiver’s own clock is said of the receiver', () => {
    const host = { kind: 'host', host: 'hook.example.com' } as const;
    const facts: Fact[] = [{ kind: 'clock_differs', scope: host, since: now, skewMs: 3_600_000 }];
    const heard = { at: now, status: 200, outcome: 'delivered' as const, durationMs: 1 };
    const lastAnswer = { ...heard, sentence: sentence('outcome.delivered', { name: 'Make' }) };
    const checks = checksOf({ ...healthy, facts, endpoints: [endpoint({ lastAnswer })] }, null);
    expect(checks.find(({ name }) => name.key === 'doctor.clock')?.state).toBe('ok');
    expect(checks.flatMap(({ says }) => says.map(inEnglish))).toContain("Its clock is 1 hour behind this PC's.");
    // Another endpoint at the same host, which has never heard anything from it, has nothing to say of it.
    const untried = checksOf({ ...healthy, facts, endpoints: [endpoint({ lastAnswer: null })] }, null);
    expect(untried.flatMap(({ says }) => says.map(inEnglish)).join()).not.toContain('Its clock');
  });

  test('tells a refusal that came after the last event, and none that is older', () => {
    const refusal = (at: number) => ({
      at: utcMs(at),
      file: null,
      member: 'data',
      says: sentence('refusal.expected_object', { member: 'data', foundType: 'number' }),
    });
    expect(
      found({ sources: [source({ lastRefusal: refusal(now + 1) })] })[0]
        ?.says.map(inEnglish)
        .join(' '),
    ).toContain('data: expected');
    expect(found({ sources: [source({ lastRefusal: refusal(now - 1) })] })).toEqual([]);
  });

  test('names the files that were refused, and where they lie, for as long as they do; of one also why', () => {
    const lastRefusal = { at: utcMs(now + 1), file: 'c.csv', member: null, says: sentence('file.empty') };
    const checkOf = (names: string[], count = names.length) => {
      const rejected = count === 0 ? null : { count, names, since: now };
      const health = {
        lastSeenAt: now,
        lastTrouble: null,
        away: null,
        nextLookAt: now,
        files: { last: null, rejected, mounted: false, stuck: null },
      };
      return found({ sources: [source({ kind: 'folder', lastRefusal, health })] })[0];
    };
    expect(checkOf(['c.csv'])?.says.map(inEnglish)).toEqual([
      '1 file of PMS could not be read, or not whole',
      'In “rejected” in its folder, each with the reason beside it: c.csv.',
      'It is empty.',
    ]);
    expect(checkOf(['c.csv', 'b.csv'], 9)?.says.map(inEnglish)).toEqual([
      '9 files of PMS could not be read, or not whole',
      'In “rejected” in its folder, each with the reason beside it: c.csv, b.csv and 7 more.',
    ]);
    expect(checkOf(['c.csv'])?.nextStep?.key).toBe('conditions.files_rejected.step');
    expect(checkOf([])).toBeUndefined();
  });

  test.each([
    ['http', 'curl'],
    ['folder', 'folder'],
    ['sql', 'rows'],
    ['fias', 'interface'],
  ])('a source of kind %s from which nothing came is told how something comes', (kind, word) => {
    const [check] = found({ sources: [source({ kind, lastEventAt: null })] });
    expect(inEnglish(check?.nextStep ?? sentence('file.empty'))).toContain(word);
  });

  test('says what is kept of a source, also of a revoked one, as Today does; a draft keeps on purpose', () => {
    const kept = (more: Partial<Source>) => found({ sources: [source({ kept: 2, ...more }), source({})] });
    expect(kept({})[0]?.says.map(inEnglish)[0]).toBe('2 messages of PMS are kept: no event was made of them');
    expect(kept({ revokedAt: now })[0]?.nextStep?.key).toBe('conditions.messages_kept.step.revoked');
    expect(kept({ draft: true })).toEqual([]);
  });

  test('says why there is no listener on the local network', () => {
    const taken = sentence('problem.lan_port.taken', { port: 4782, free: 4783 });
    expect(found({}, taken)).toMatchObject([{ name: { key: 'doctor.lan' }, state: 'problem', says: [taken] }]);
  });
});
