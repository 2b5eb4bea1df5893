import { describe, expect, test } from 'vitest';
import {
  type Condition,
  conditionProviders,
  conditionsOf,
  overSentence,
  troublesOf,
} from '../../../shared/conditions/index.ts';
import { type Sentence, utcMs } from '../../../shared/domain.ts';
import { interceptorNamed } from '../../../shared/interceptors.ts';
import type { Fact, Situation, SourceFiles } from '../../../shared/schemas.ts';
import { catalogues, renderSentence } from '../../../shared/sentences/index.ts';
import { type CatalogueKey, sentence } from '../../../shared/sentences/sentence.ts';
import {
  answered,
  endpoint,
  failingEndpoint,
  minutesAgo,
  noon,
  running,
  situation,
  source,
  troubled,
} from './situations.ts';

const inManila = { timeZone: 'Asia/Manila', now: noon };
const words = (said: Condition['title'] | 'later' | null | undefined) =>
  said === 'later' ? said : said ? renderSentence(said, 'en', inManila) : '';
const only = (change: Partial<Situation>): Condition => {
  const conditions = conditionsOf(situation(change), running);
  expect(conditions).toHaveLength(1);
  const [condition] = conditions;
  if (!condition) throw new Error('no condition');
  return condition;
};

const withRejected = (rejected: SourceFiles['rejected']) => ({
  ...source().health,
  files: { last: null, rejected, mounted: false, stuck: null },
});

describe('conditions', () => {
  test('a quiet day has none', () => {
    expect(conditionsOf(situation(), running)).toEqual([]);
  });

  test('one that only asks to slow down is not said to get anything', () => {
    const why = { key: 'outcome.throttled', params: { name: 'Bookkeeping' } };
    const slow = troubled({ kind: 'slow_down', outcome: 'throttled', status: 429, said: null, sentence: why });
    const { incident, ...shown } = only({
      endpoints: [endpoint({ state: 'degraded', trouble: slow, waiting: 5, lastAnswer: answered('throttled', 429) })],
    });
    expect(incident).toBe(`endpoint_failing:${endpoint().id}:${slow.since}`);
    expect(words(shown.meaning)).toBe('It has taken nothing since then. 5 events are safe and wait.');
    expect(words(shown.step)).toBe('Nothing to do: what waits for it is tried again by itself.');
    expect(shown.headline?.map(words).at(-1)).toBe('It is tried again by itself; 5 events wait safely.');
  });

  test('an endpoint that lost its address says so, what waits, and who must do what', () => {
    const condition = only({ endpoints: [failingEndpoint()] });
    expect(words(condition.title)).toBe('Bookkeeping does not accept this address');
    expect(words(condition.meaning)).toBe(
      'It has not accepted anything since 10:00. Nothing is lost: 14 events are safe on this PC and go out by themselves as soon as they are taken.',
    );
    expect(words(condition.step)).toBe('Ask those who run Bookkeeping for its new webhook address, and enter it.');
    expect(condition.turn).toBe('it_helper');
    expect(condition.actions.map(({ label }) => words(label))).toEqual([
      'Change address',
      'Try now',
      'Copy what IT needs',
    ]);
  });

  test('a source is to be connected again only where that is what is missing', () => {
    const stepOf = (says: Sentence) =>
      words(only({ sources: [source({ health: { ...source().health, away: { since: minutesAgo(9), says } } })] }).step);
    expect(stepOf(sentence('source.folder_away', { folder: '/pms' }))).toMatch(/^Connect it again\./);
    expect(stepOf(sentence('source.database_away', { place: 'db:3306', detail: 'gone' }))).toMatch(
      /^Connect it again\./,
    );
    const twice = { column: 'id', table: 'dk', key: '5', count: 2 };
    expect(stepOf(sentence('source.database_key_twice', twice))).toMatch(/^It is looked at again by itself\./);
  });

  test('what goes to a receiver’s support quotes nothing of its answer, in which a guest may stand', () => {
    const said = 'Unknown guest: Mr. Wickersham';
    const endpoint = failingEndpoint({
      lastAnswer: answered('event_refused', 422),
      trouble: { ...failingEndpoint().trouble, kind: 'refused', status: 422, said } as never,
    });
    const copied = only({ endpoints: [endpoint] }).actions.flatMap(({ does }) =>
      'copy' in does ? [words(does.copy)] : [],
    );
    expect(copied).toHaveLength(1);
    expect(copied[0]).toContain('Its last answer was 422; its words stand in the delivery log');
    expect(copied[0]).not.toContain('Wickersham');
  });

  test.each([
    [
      answered('endpoint_down', null),
      'Bookkeeping does not answer',
      'Call those who run Bookkeeping and tell them: “You have taken nothing since 10:00; you do not answer.”',
    ],
    [
      answered('endpoint_down', 502),
      'Bookkeeping answers with an error (502)',
      'Call those who run Bookkeeping and tell them: “You have taken nothing since 10:00; you answer 502.”',
    ],
    [
      answered('wrong_address', null),
      'The address of Bookkeeping does not exist',
      'Check the spelling of the address of Bookkeeping.',
    ],
    [
      answered('certificate', null),
      'The security certificate of Bookkeeping is not valid',
      'Call those who run Bookkeeping and tell them: “Your security certificate is not valid.”',
    ],
  ])('the last answer decides the words: %#', (lastAnswer, title, step) => {
    const condition = only({ endpoints: [failingEndpoint({ lastAnswer })] });
    expect(words(condition.title)).toBe(title);
    expect(words(condition.step)).toBe(step);
  });

  test('the id stays the same through one incident and differs in the next', () => {
    const first = only({ endpoints: [failingEndpoint()] });
    const later = only({ endpoints: [failingEndpoint({ waiting: 20, lastAnswer: answered('endpoint_down', 500) })] });
    const next = only({ endpoints: [failingEndpoint({ failingSince: minutesAgo(3) })] });
    expect(later.id).toBe(first.id);
    expect(next.id).not.toBe(first.id);
  });

  test('a failing endpoint speaks for its refused events; elsewhere they speak for themselves', () => {
    expect(only({ endpoints: [failingEndpoint({ needsAttention: 3 })] }).kind).toBe('endpoint_failing');
    const alone = only({ endpoints: [endpoint({ needsAttention: 3 })] });
    expect(words(alone.meaning)).toBe('These are kept on this PC and wait for a person.');
    expect(alone).toMatchObject({ kind: 'delivery_needs_attention', amount: 3 });
    expect(words(alone.title)).toBe('Bookkeeping did not take 3 events');
  });

  test('a recovery tells since when, until when and how many waited, unless it fails again', () => {
    const { id, name } = endpoint();
    const recoveries = [{ endpointId: id, name, since: minutesAgo(90), until: minutesAgo(30), waited: 14 }];
    expect(words(only({ recoveries }).meaning)).toBe(
      'It accepted nothing from 10:30 until 11:30. All 14 events that waited were delivered.',
    );
    expect(
      words(conditionsOf(situation({ recoveries, endpoints: [endpoint({ waiting: 3 })] }), running)[0]?.meaning),
    ).toBe('It accepted nothing from 10:30 until 11:30. 14 events waited; 3 of them still do.');
    const record = { kind: 'receiver' as const, scope: 'host' as const, endpointId: id, name, hosts: [] };
    const told = { events: 15, deliveries: 15, skipped: 2, left: 0, asking: 0, outBy: minutesAgo(20) };
    const outages = [{ ...record, since: minutesAgo(90), until: minutesAgo(30), ...told }];
    expect(words(only({ recoveries, outages }).meaning)).toBe(
      'It accepted nothing from 10:30 until 11:30. 15 events waited; 2 were skipped, and no other is still here.',
    );
    expect(only({ recoveries, endpoints: [failingEndpoint()] }).kind).toBe('endpoint_failing');
  });

  test.each<[string, (since: Fact['since']) => Fact, string, string]>([
    [
      'the cable is out',
      (since) => ({ kind: 'no_interface', scope: { kind: 'pc' }, since }),
      'This PC has had no network connection since 11:30',
      "Check this PC's network cable",
    ],
    [
      'no name is answered',
      (since) => ({ kind: 'no_answer', scope: { kind: 'internet' }, since, why: 'names' }),
      'No internet since 11:30: names of websites are not found (DNS)',
      'finds websites by their names (DNS) gives no answer. Restart the router.',
    ],
    [
      'the line is dead',
      (since) => ({ kind: 'no_answer', scope: { kind: 'internet' }, since, why: 'line' }),
      'No internet since 11:30',
      'This PC is connected, but nothing out there answers.',
    ],
  ])('where %s, it says so and what to look at', (_, fact, title, step) => {
    const since = minutesAgo(30);
    const card = only({ facts: [fact(since)], connectivity: { state: 'offline', since } });
    expect(words(card.title)).toBe(title);
    expect(words(card.step)).toContain(step);
  });

  test('offline names the hour and what waits, and its end is told only when the internet is really back', () => {
    const condition = only({
      connectivity: { state: 'offline', since: minutesAgo(226) },
      waitingEvents: { events: 37, endpoints: 2 },
    });
    expect(words(condition.title)).toBe('No internet since 08:14');
    expect(words(condition.meaning)).toBe('37 events are safe and waiting. They go out by themselves later.');
    const portal = situation({ connectivity: { state: 'captive_portal', since: noon } });
    expect(overSentence(condition, portal)).toBeNull();
    const outage = {
      ...{ kind: 'offline' as const, scope: 'internet' as const, endpointId: null, name: null, hosts: [] },
      ...{ since: minutesAgo(226), events: 37, deliveries: 61, skipped: 0, asking: 0 },
    };
    const back = (left: number, ago: number | null, more = {}) =>
      words(
        overSentence(
          condition,
          situation({
            outages: [
              {
                ...outage,
                until: ago === null ? null : minutesAgo(ago),
                left,
                outBy: left === 0 && ago !== null ? minutesAgo(ago) : null,
                ...more,
              },
            ],
          }),
        ),
      );
    expect(words(overSentence(condition, situation()))).toBe('The internet is back.');
    expect(back(0, 1)).toBe('The internet is back. All 37 events that waited were delivered.');
    expect(back(37, 1)).toBe('later');
    expect(back(5, 3)).toBe('The internet is back. 37 events waited; 5 of them still do.');
    // What a person has to do is told at once, and nobody's end is told that nobody has seen.
    expect(back(5, 1, { asking: 5 })).toBe('The internet is back. 37 events waited; 5 of them need a person.');
    expect(back(0, 1, { skipped: 2 })).toBe(
      'The internet is back. 37 events waited; 2 were skipped, and no other is still here.',
    );
    expect(back(37, null)).toBe('later');
    // An earlier one of the day is not this one.
    expect(back(0, 230)).toBe('The internet is back.');
  });

  test('several facts are several conditions, and what IT gets names the proxy and the issuer', () => {
    const internet = { kind: 'internet' } as const;
    const proxy: Fact = {
      ...{
        kind: 'proxy',
        from: 'settings',
        scope: internet,
        since: minutesAgo(60),
        trouble: 'password',
        status: 407,
        asksFor: '',
        changedAt: null,
      },
      ...{ proxy: 'proxy.office:3128', hosts: [] },
    };
    const hosts = ['hooks.make.com', 'hooks.slack.com'];
    const between: Fact = {
      kind: 'interception',
      scope: internet,
      since: minutesAgo(30),
      hosts,
      issuer: 'Antivirus CA',
      product: null,
    };
    const present = conditionsOf(
      situation({ facts: [between, proxy], connectivity: { state: 'tls_interception', since: minutesAgo(30) } }),
      running,
    );
    expect(present.map(({ kind, since }) => [kind, since])).toEqual([
      ['tls_interception', minutesAgo(30)],
      ['proxy', minutesAgo(60)],
    ]);
    expect(words(present[1]?.step ?? null)).toBe('Send this to IT: the proxy proxy.office:3128 asks for a password.');
    const copied = present.flatMap(({ actions }) =>
      actions.flatMap(({ does }) => ('copy' in does ? [words(does.copy)] : [])),
    );
    expect(copied[0]).toContain('come from “Antivirus CA”');
    expect(copied[1]).toContain('since 11:00 the proxy proxy.office:3128 asks for a password (407)');
  });

  test('a sign-in page is told by its host, with a button that opens it and one that looks at once', () => {
    const page = (host: string | null, address: string | null): Fact => ({
      ...{ kind: 'sign_in_page', scope: { kind: 'internet' }, since: minutesAgo(30), hosts: [], host, address },
    });
    const at = (fact: Fact) =>
      only({ facts: [fact], connectivity: { state: 'captive_portal', since: minutesAgo(30) } });
    const known = at(page('wifi.hotel.example', 'http://wifi.hotel.example/login'));
    expect(words(known.step)).toBe(
      'Open a web browser on this PC and sign in. The sign-in page is at wifi.hotel.example.',
    );
    expect(known.turn).toBe('manager');
    expect(known.actions.map(({ label, does }) => [words(label), does])).toEqual([
      ['Open the sign-in page', { open: 'http://wifi.hotel.example/login' }],
      ['Try now', { lookNow: true }],
    ]);
    const unknown = at(page(null, null));
    expect(words(unknown.step)).toBe('Open a web browser on this PC and sign in to the Wi-Fi.');
    expect(unknown.actions.map(({ does }) => does)).toEqual([{ lookNow: true }]);
  });

  test('what was sent to a sign-in page before anybody knew of it is told as that page alone, once', () => {
    const moved = endpoint({
      ...{ state: 'degraded', waiting: 1, host: 'hooks.make.com' },
      trouble: {
        ...{ kind: 'setup', since: minutesAgo(30), failures: 1, lastAt: minutesAgo(30), outcome: 'setup', status: 302 },
        ...{
          sentence: sentence('outcome.redirect', { name: 'Make', target: 'wifi.example', status: 302 }),
          said: null,
        },
        ...{ othersGotThrough: false, takesNothing: false },
      },
    });
    const kindsUnder = (hosts: string[]) => {
      const since = minutesAgo(20);
      const page = {
        kind: 'sign_in_page',
        scope: { kind: 'internet' },
        since,
        host: 'wifi.example',
        address: null,
      } as const;
      const connectivity = { state: 'captive_portal' as const, since };
      const under = situation({ endpoints: [moved], facts: [{ ...page, hosts }], connectivity });
      return conditionsOf(under, running).map(({ kind }) => kind);
    };
    expect(kindsUnder(['hooks.make.com', 'hooks.slack.com'])).toEqual(['captive_portal']);
    expect(kindsUnder(['hooks.slack.com', 'hooks.zapier.com'])).toEqual(['captive_portal', 'endpoint_degraded']);
  });

  test.each([
    [
      'Kaspersky Anti-Virus Personal Root Certificate',
      'Kaspersky has been intercepting secure connections since 11:30',
    ],
    ['ESET, spol. s r. o.', 'ESET has been intercepting secure connections since 11:30'],
    ['Fortinet', 'Fortinet has been intercepting secure connections since 11:30'],
    ['O=Cisco, CN=Cisco Umbrella Primary SubCA', 'Cisco Umbrella has been intercepting secure connections since 11:30'],
    ['Norton Hotels CA', 'Security software has been intercepting secure connections since 11:30'],
    ['Norton Web/Mail Shield Root', 'Norton has been intercepting secure connections since 11:30'],
    ['Reset Ltd', 'Security software has been intercepting secure connections since 11:30'],
  ])('interception by %s', (issuer, title) => {
    const since = minutesAgo(30);
    const product = interceptorNamed(issuer);
    const between = { kind: 'interception', scope: { kind: 'internet' }, since, issuer } as const;
    const facts: Fact[] = [{ ...between, hosts: ['a.example'], product }];
    const card = only({ facts, connectivity: { state: 'tls_interception', since } });
    expect(words(card.title)).toBe(title);
    if (product === null) return expect(words(card.step)).toContain('needs an exception from HTTPS scanning');
    expect(words(card.step)).toBe(
      `Send this to IT: ${product} has to leave a.example alone, or its root certificate has to be trusted on this PC.`,
    );
  });

  test('a restore that waits says since when, what is lost by it, and where it is ended', () => {
    const asked = (at: number) =>
      only({
        database: {
          state: 'ok',
          since: null,
          shrinking: 'possible',
          lastBackupAt: null,
          restoreAskedAt: minutesAgo(at),
          lost: null,
          restored: null,
        },
      });
    const condition = asked(60);
    expect(words(condition.meaning)).toBe(
      'It was chosen at 11:00. Events that came after it was made are put aside then; those of them that still wait are not sent.',
    );
    expect(condition).toMatchObject({ turn: 'it_helper', toasts: true, path: '/settings/storage' });
    expect(condition.actions.map(({ does }) => does)).toEqual([{ go: '/settings/storage' }]);
    expect(asked(30).id).not.toBe(condition.id);
    expect(overSentence(condition, situation())).toBeNull();
  });

  const others: readonly [Partial<Situation>, kind: string, title: string][] = [
    [{ connectivity: { state: 'captive_portal', since: null } }, 'captive_portal', "This PC's Wi-Fi wants a sign-in"],
    [
      { connectivity: { state: 'tls_interception', since: null } },
      'tls_interception',
      'Security software is intercepting secure connections',
    ],
    [{ connectivity: { state: 'proxy', since: null } }, 'proxy', 'The office proxy does not let Roost Relay through'],
    [{ clock: { skewMs: 1_200_000, wrong: true, since: noon } }, 'clock_wrong', "This PC's clock is wrong"],
    [{ disk: { state: 'low', freeBytes: 9e7 } }, 'disk_low', "This PC's disk is nearly full"],
    [{ disk: { state: 'full', freeBytes: 0 } }, 'disk_full', "This PC's disk is full"],
    [
      {
        intake: {
          address: 'http://127.0.0.1:5123',
          missed: { port: 4780, why: 'forbidden', program: null, account: null },
          lan: null,
          lanProblem: null,
        },
      },
      'intake_elsewhere',
      'What the PMS sends to port 4780 does not arrive',
    ],
    [
      {
        intake: {
          ...{ address: 'http://127.0.0.1:4780', missed: null, lan: null },
          lanProblem: { key: 'problem.lan_failed', params: {} },
        },
      },
      'lan_missing',
      'Other PCs of the property cannot send events now',
    ],
    [
      { disk: { state: 'read_only', freeBytes: 9e9 } },
      'disk_read_only',
      "The disk of Roost Relay's data folder can only be read",
    ],
    [
      { closed: [{ what: 'backups', path: '/data/backups', since: minutesAgo(3) }] },
      'closed',
      'Roost Relay may not read and write /data/backups',
    ],
    [
      { openFiles: { of: 'pc', since: minutesAgo(3), most: 1024 } },
      'open_files',
      'This PC has as many files and connections open as it may',
    ],
    [
      { disk: { state: 'no_rights', freeBytes: 9e9 } },
      'disk_no_rights',
      'Roost Relay may not write its own data folder any more',
    ],
    [
      {
        upkeepUndone: [
          // The first time a scanner may have held a file.
          { work: 'hourly', since: minutesAgo(60), times: 1, says: sentence('problem.backup_no_room') },
          { work: 'nightly', since: minutesAgo(60), times: 1, says: sentence('problem.backup_no_room') },
        ],
      },
      'upkeep_undone',
      'The nightly backup cannot be made',
    ],
    [{ vault: { state: 'locked', unreadable: 2 } }, 'secrets_unreadable', 'Secrets cannot be read now'],
    [{ vault: { state: 'ok', unreadable: 1 } }, 'secrets_unreadable', 'Secrets have to be entered again'],
    [
      { vault: { state: 'no_key', unreadable: 1 } },
      'secrets_unreadable',
      'The key of the secrets is missing or damaged',
    ],
    [
      {
        database: {
          ...{ state: 'ok', since: null, shrinking: 'possible', lastBackupAt: null, restoreAskedAt: null },
          lost: { count: 3, since: null, until: minutesAgo(9), found: minutesAgo(1) },
          restored: null,
        },
      },
      'events_lost',
      'Events that were taken are missing',
    ],
    [
      { vault: { state: 'plain', unreadable: 0 } },
      'vault_plain',
      "Secrets on this PC are not protected by the system's keyring",
    ],
    [
      {
        database: {
          state: 'damaged',
          since: null,
          shrinking: 'possible',
          lastBackupAt: minutesAgo(60),
          restoreAskedAt: null,
          lost: null,
          restored: null,
        },
      },
      'database_damaged',
      'The database is damaged',
    ],
    [
      {
        database: {
          state: 'ok',
          since: null,
          shrinking: 'possible',
          lastBackupAt: null,
          restoreAskedAt: minutesAgo(60),
          lost: null,
          restored: null,
        },
      },
      'restore_pending',
      'A backup takes the place of everything at the next start',
    ],
    [{ pausedUntil: utcMs(noon + 3_600_000) }, 'all_paused', 'All deliveries are paused until 13:00'],
    [
      {
        sources: [
          source({
            health: {
              lastSeenAt: null,
              lastTrouble: null,
              nextLookAt: null,
              files: null,
              away: { since: minutesAgo(3), says: sentence('source.folder_away', { folder: '/pms' }) },
            },
          }),
        ],
      },
      'source_away',
      'Restaurant POS cannot be read',
    ],
    [
      { sources: [source({ health: withRejected({ count: 2, names: ['b.csv', 'a.csv'], since: minutesAgo(3) }) })] },
      'files_rejected',
      '2 files of Restaurant POS could not be read, or not whole',
    ],
    [
      {
        sources: [
          source({
            health: {
              ...source().health,
              files: {
                ...{ last: null, rejected: null, mounted: false },
                stuck: {
                  ...{ count: 6, names: ['b.csv', 'a.csv'], since: minutesAgo(3), why: 'full' as const },
                  says: sentence('source.stuck_full', { folder: '/pms' }),
                },
              },
            },
          }),
        ],
      },
      'files_stuck',
      '6 files of Restaurant POS cannot be taken or moved',
    ],
    [{ sources: [source({ quietSince: minutesAgo(60) })] }, 'source_quiet', 'Restaurant POS is quieter than usual'],
    [
      { endpoints: [endpoint({ switch: 'paused', state: 'paused', lastAnswer: answered('gone', 410) })] },
      'endpoint_gone',
      'Bookkeeping says this address is gone for good',
    ],
  ];
  test.each(others)('%# %s', (change, kind, title) => {
    const condition = only(change);
    expect(condition.kind).toBe(kind);
    expect(words(condition.title)).toBe(title);
  });

  test('each file that could not be read is named, up to a few, and is told for as long as it lies there', () => {
    const files = (count: number, names: string[]) => withRejected({ count, names, since: minutesAgo(3) });
    const condition = only({ sources: [source({ health: files(7, ['c.csv', 'b.csv', 'a.csv']) })] });
    expect(words(condition.meaning)).toContain(': c.csv, b.csv, a.csv and 4 more.');
    expect(condition).toMatchObject({ since: minutesAgo(3), amount: 7, turn: 'it_helper' });
    const revoked = source({ health: files(1, ['a.csv']), revokedAt: minutesAgo(1) });
    const [left] = conditionsOf(situation({ sources: [revoked, source({ health: withRejected(null) })] }), running);
    expect(left?.step && words(left.step)).toContain('is revoked and takes none of it.');
    expect(words(overSentence(condition, situation()))).toBe('No file of Restaurant POS lies in “rejected” any more.');
  });

  test('of a paused endpoint nobody hears that others get through, nor is told again', () => {
    const paused = endpoint({ switch: 'paused', state: 'paused', health: 'failing', needsAttention: 12 });
    const condition = only({ endpoints: [paused] });
    expect(condition).toMatchObject({ kind: 'delivery_needs_attention', toasts: false });
    expect(words(condition.meaning)).toBe(
      'These are kept on this PC. Bookkeeping is paused: nothing goes to it until it is resumed.',
    );
  });

  test('sleep at night is asked about until it is answered, calmly, and where there is a desktop alone', () => {
    const slept = { nights: 3, from: minutesAgo(480), until: minutesAgo(5), events: 2 };
    const now = situation({ pc: { slept, lateStarts: null, loginItemWorks: null } });
    const asked = conditionsOf(now, { ...running, keepAwake: 'ask' });
    expect(asked).toMatchObject([{ kind: 'sleeps_at_night', tone: 'still', toasts: false }]);
    expect(asked[0]?.actions.map(({ label, does }) => [words(label), does])).toEqual([
      ['Keep it awake while events wait', { prefer: { keepAwake: 'on' } }],
      ['No, thanks', { prefer: { keepAwake: 'off' } }],
    ]);
    expect(words(asked[0]?.meaning ?? null)).toContain('2 events that could have gone out waited');
    expect(troublesOf(asked)).toEqual([]);
    for (const keepAwake of ['on', 'off', null] as const) {
      expect(conditionsOf(now, { ...running, keepAwake })).toEqual([]);
    }
  });

  test('a PC that starts long before the sign-in is told with what to do, where the start at login works', () => {
    const pcAt = utcMs(Date.UTC(2026, 10, 22, 19, 10));
    const lateStarts = { count: 2, pcAt, appAt: utcMs(pcAt + 275 * 60_000) };
    const now = situation({ pc: { slept: null, lateStarts, loginItemWorks: null } });
    const [told] = conditionsOf(now, running);
    expect(told).toMatchObject({ kind: 'late_start', turn: 'it_helper', path: '/settings', since: pcAt });
    expect(words(told?.title ?? null)).toMatch(/^This PC started at .*3:10.*, but nobody signed in until .*7:45/);
    expect(words(told?.step ?? null)).toContain('without anybody signed in');
    expect(conditionsOf(now, { ...running, loginItemWorks: false }).map(({ kind }) => kind)).toEqual(['autostart_off']);
    expect(conditionsOf(now, { ...running, loginItemWorks: null })).toEqual([]);
    // Who knows only what the desktop told the engine says the same.
    const { loginItemWorks: _, ...elsewhere } = running;
    const toldEngine = situation({ pc: { slept: null, lateStarts: null, loginItemWorks: false } });
    expect(conditionsOf(toldEngine, elsewhere).map(({ kind }) => kind)).toEqual(['autostart_off']);
    expect(conditionsOf(toldEngine, running)).toEqual([]);
  });

  test('the surface adds what only it knows, and the engine speaks even before there is a situation', () => {
    const broken = { ...running, loginItemWorks: false };
    expect(conditionsOf(situation(), broken).map(({ kind }) => kind)).toEqual(['autostart_off']);
    const stopped = { ...running, engine: 'stopped' as const, engineProblem: sentence('problem.store_held') };
    const [condition] = conditionsOf(null, stopped);
    expect(words(condition?.step ?? null)).toContain('Another program holds the database, such as backup software');
  });

  test('a person who has to act comes before what passes by itself, and good news comes last', () => {
    const { id, name } = endpoint({ name: 'Door locks' });
    const kinds = conditionsOf(
      situation({
        endpoints: [failingEndpoint(), endpoint({ id: `${id.slice(0, -1)}W` as typeof id })],
        connectivity: { state: 'offline', since: noon },
        pausedUntil: utcMs(noon + 1000),
        recoveries: [{ endpointId: `${id.slice(0, -1)}W` as typeof id, name, since: noon, until: noon, waited: 0 }],
      }),
      running,
    ).map(({ kind }) => kind);
    expect(kinds).toEqual(['endpoint_failing', 'offline', 'all_paused', 'endpoint_recovered']);
  });

  test('every sentence that a condition says stands in both catalogues, with nothing left to fill in', () => {
    const all = others.flatMap(([change]) => conditionsOf(situation(change), running));
    const troubles = [answered('endpoint_down', 500), answered('endpoint_down', null), answered('certificate', null)];
    all.push(
      ...[0, 1, 2].flatMap((waiting) =>
        conditionsOf(
          situation({
            waiting,
            endpoints: [failingEndpoint({ waiting })],
            connectivity: { state: 'offline', since: noon },
          }),
          running,
        ),
      ),
      ...troubles.flatMap((lastAnswer) =>
        [null, noon].flatMap((nextTrialAt) =>
          conditionsOf(situation({ endpoints: [failingEndpoint({ lastAnswer, nextTrialAt })] }), running),
        ),
      ),
    );
    const said = all.flatMap(({ title, meaning, step, said, headline, actions }) => [
      title,
      meaning,
      ...(said ? [said] : []),
      ...(headline ?? []),
      ...(step ? [step] : []),
      ...actions.flatMap(({ label, does }) => ('copy' in does ? [label, does.copy] : [label])),
    ]);
    expect(said.length).toBeGreaterThan(60);
    for (const language of ['en', 'fil'] as const) {
      for (const sentence of said) {
        expect(catalogues[language][sentence.key as CatalogueKey], sentence.key).toBeTypeOf('string');
        expect(renderSentence(sentence, language, inManila)).not.toMatch(/[{}]|conditions\./);
      }
    }
  });

  test('each provider has a kind of its own', () => {
    const kinds = conditionProviders.map(({ kind }) => kind);
    expect(new Set(kinds).size).toBe(kinds.length);
  });
});
