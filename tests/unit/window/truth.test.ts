/** The one sentence on Today says what is true, and never more. */
import { describe, expect, test } from 'vitest';
import { truthOf } from '../../../renderer/features/today/truth.ts';
import { utcMs } from '../../../shared/domain.ts';
import { calmSituation, morning, sampleEndpoints, sampleSituation } from '../../ui/support/sample-data.ts';

const runs = { engineRuns: true, somebodysTurn: false };
const say = (...args: Parameters<typeof truthOf>) => truthOf(...args).map((part) => part.say);

describe('with nothing wrong', () => {
  test('all events of today were delivered, and there is nothing to do', () =>
    expect(truthOf(calmSituation(), runs)).toEqual([
      { say: 'all', count: 63, by: calmSituation().lastDeliveredAt },
      { say: 'nothingToDo' },
    ]));
  test('it does not say “nothing to do” while it is somebody’s turn', () =>
    expect(say(calmSituation(), { ...runs, somebodysTurn: true })).toEqual(['all']));
  test('it does not say “all events” when some went to no endpoint', () =>
    expect(say({ ...calmSituation(), deliveredToday: 10 }, runs)).toEqual(['everything', 'nothingToDo']));
  test('before the first event it says that everything is ready', () =>
    expect(say({ ...calmSituation(), lastEventAt: null, eventsToday: 0 }, runs)[0]).toBe('ready'));
  test('deliveries that are only under way are no trouble', () =>
    expect(truthOf({ ...calmSituation(), waiting: 3 }, runs)).toEqual([{ say: 'sending', count: 3 }]));
});

describe('with something waiting', () => {
  test('one failing endpoint is named with its number', () => {
    const [failing, ...others] = sampleEndpoints();
    const endpoints = [failing, ...others.map((one) => ({ ...one, waiting: 0 }))].flatMap((one) => one ?? []);
    expect(truthOf(sampleSituation({ endpoints, needsAttention: 0 }), runs)).toEqual([
      { say: 'waitingFor', count: 14, name: 'Bookkeeping' },
      { say: 'restDelivered' },
    ]);
  });
  test('an event that an endpoint refused is not on its way, though others get through', () => {
    const endpoints = sampleEndpoints().filter(({ name }) => name === 'Door locks');
    const held = endpoints.map((one) => ({ ...one, waiting: 2, retrying: 1 }));
    expect(truthOf({ ...calmSituation(), endpoints: held, waiting: 2 }, runs)).toEqual([
      { say: 'waitingFor', count: 2, name: 'Door locks' },
      { say: 'restDelivered' },
    ]);
  });
  test('what an endpoint asked to wait for, or cannot be sent without its secret, is not on its way', () => {
    const endpoints = sampleEndpoints().filter(({ name }) => name === 'Door locks');
    const held = (more: object) => endpoints.map((one) => ({ ...one, waiting: 40, ...more }));
    for (const more of [{ heldUntil: morning }, { unreadable: ['secret' as const] }])
      expect(say({ ...calmSituation(), endpoints: held(more), waiting: 40 }, runs)[0]).toBe('waitingFor');
    expect(say({ ...calmSituation(), endpoints: held({}), waiting: 40 }, runs)[0]).toBe('sending');
  });
  test('several paused endpoints are counted', () => {
    const endpoints = sampleEndpoints().map((one) => ({ ...one, switch: 'paused' as const, waiting: 3 }));
    expect(truthOf({ ...calmSituation(), endpoints, waiting: 0 }, runs)[0]).toEqual({
      say: 'pausedMany',
      count: 12,
      endpoints: 4,
    });
  });
  test('several are counted, and what needs attention is said too', () =>
    expect(say(sampleSituation(), runs)).toEqual(['waitingForMany', 'attention', 'pausedEndpoint', 'restDelivered']));
  test('a paused endpoint alone is named', () => {
    const endpoints = sampleEndpoints().filter(({ state }) => state === 'paused' || state === 'active');
    expect(truthOf(sampleSituation({ endpoints, waiting: 0, needsAttention: 0 }), runs)[0]).toEqual({
      say: 'pausedEndpoint',
      count: 6,
      name: 'Dashboard',
    });
  });
});

test('no internet comes before every other trouble', () => {
  const connectivity = { state: 'offline' as const, since: morning };
  expect(truthOf(sampleSituation({ connectivity, waiting: 37 }), runs)).toEqual([
    { say: 'offline', count: 37, since: morning },
  ]);
});

test('a pause of everything says until when', () => {
  const until = utcMs(morning + 3_600_000);
  expect(truthOf(sampleSituation({ pausedUntil: until }), runs)).toEqual([{ say: 'paused', count: 14, until }]);
});

test('with nothing set up it says where to begin', () => {
  expect(say(sampleSituation({ endpoints: [], sources: [] }), runs)).toEqual(['new']);
});

test('without an enabled endpoint it does not call anything delivered', () => {
  const endpoints = sampleEndpoints().map((one) => ({ ...one, switch: 'draft' as const, waiting: 0 }));
  expect(say(sampleSituation({ endpoints, waiting: 0, needsAttention: 0 }), runs)).toEqual(['noEndpoint']);
});

test('while the engine is down it says nothing that it cannot know', () => {
  expect(say(calmSituation(), { ...runs, engineRuns: false })).toEqual(['engine']);
});
