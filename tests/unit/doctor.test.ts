import { describe, expect, test } from 'vitest';
import { checksOf } from '../../electron/engine/doctor-checks.ts';
import type { Sentence } from '../../shared/domain.ts';
import { utcMs } from '../../shared/domain.ts';
import type { Endpoint, Situation, Source } from '../../shared/schemas.ts';
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
  interrupted: null,
  lastEventAt: now,
  lastDeliveredAt: now,
  pausedUntil: null,
  connectivity: { state: 'online', since: null },
  clock: { skewMs: 0, wrong: false, since: null },
  disk: { state: 'ok', freeBytes: 80e9 },
  vault: { state: 'ok', unreadable: 0 },
  database: { state: 'ok', lastBackupAt: now, restoreAskedAt: null },
  endpoints: [endpoint({})],
  sources: [source({})],
  recoveries: [],
  hours: [],
  intake: { address: 'http://127.0.0.1:4780', lan: null, lanProblem: null },
};

function source(more: Partial<Source>): Source {
  return {
    id: 'src_1' as Source['id'],
    name: 'PMS',
    propertyId: null,
    createdAt: now,
    revokedAt: null,
    lastEventAt: now,
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
    testedAt: now,
    waiting: 0,
    retrying: 0,
    needsAttention: 0,
    oldestWaitingAt: null,
    nextAttemptAt: null,
    heldUntil: null,
    trouble: null,
    toBench: null,
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
    [
      'a damaged database',
      { database: { state: 'damaged', lastBackupAt: null, restoreAskedAt: null } },
      'Database',
      'problem',
    ],
    ['no backup', { database: { state: 'ok', lastBackupAt: null, restoreAskedAt: null } }, 'Database', 'warning'],
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
  ])('finds %s, and says the next step', (_what, change, name, state) => {
    const checks = found(change);
    expect(checks.map((check) => [inEnglish(check.name), check.state])).toEqual([[name, state]]);
    expect(checks[0]?.nextStep).toBeTruthy();
  });

  test('tells a refusal that came after the last event, and none that is older', () => {
    const refusal = (at: number) => ({
      at: utcMs(at),
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

  test('says why there is no listener on the local network', () => {
    const taken = sentence('problem.lan_port.taken', { port: 4782 });
    expect(found({}, taken)).toMatchObject([{ name: { key: 'doctor.lan' }, state: 'problem', says: [taken] }]);
  });
});
