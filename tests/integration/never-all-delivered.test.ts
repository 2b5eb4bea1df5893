/** For any history of answers and acts: no surface says that all is delivered while something accepted is not. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { trayMenu } from '../../electron/shell/tray/tray-menu.ts';
import { trayState } from '../../electron/shell/tray/tray-state.ts';
import { conditionsOf } from '../../shared/conditions/index.ts';
import type { Sentence } from '../../shared/domain.ts';
import { headlineOf } from '../../shared/headline.ts';
import { renderSentence } from '../../shared/sentences/index.ts';
import { minuteMs } from '../support/clock.ts';
import { pass, posted } from '../support/deliveries.ts';
import { startTestEngine, type TestEngine } from '../support/engine.ts';
import { startReceiver } from '../support/receiver.ts';

type Step =
  | { readonly does: 'post'; readonly wanted: boolean }
  | { readonly does: 'answer'; readonly status: number }
  | { readonly does: 'pass'; readonly minutes: number }
  | { readonly does: 'pause' | 'resume' | 'bench' | 'leave' | 'cancel' };

const steps = fc.array(
  fc.oneof(
    { weight: 5, arbitrary: fc.record({ does: fc.constant('post' as const), wanted: fc.boolean() }) },
    {
      weight: 3,
      arbitrary: fc.record({
        does: fc.constant('answer' as const),
        status: fc.constantFrom(200, 200, 404, 500, 429, 422, 410, 302),
      }),
    },
    { weight: 3, arbitrary: fc.record({ does: fc.constant('pass' as const), minutes: fc.constantFrom(1, 6, 40) }) },
    {
      weight: 2,
      arbitrary: fc.record({ does: fc.constantFrom('pause', 'resume', 'bench', 'leave', 'cancel') }),
    },
  ),
  { minLength: 3, maxLength: 12 },
) as fc.Arbitrary<Step[]>;

const claims = /\ball\b[^.]*\bdelivered\b|everything(?! else\b)[^.]*\bdelivered\b|all is well/i;

/** What headline, tray and menu say now, in words. */
async function whatIsSaid(test: TestEngine): Promise<string[]> {
  const situation = await test.call('situation.get', {});
  const conditions = conditionsOf(situation, {
    engine: 'running',
    engineProblem: null,
    loginItemWorks: true,
    keepAwake: null,
  });
  const { says, short } = headlineOf(situation, conditions);
  const menu = trayMenu(conditions, situation).flatMap((entry) => (entry.kind === 'fact' ? [entry.text] : []));
  const all: Sentence[] = [...says, short, ...trayState(conditions, situation).tooltip, ...menu];
  return all.map((said) => renderSentence(said, 'en', { timeZone: 'UTC', now: test.clock.wallMs() }));
}

it('no surface says that all is delivered while something accepted is not delivered, and was not cancelled', async () => {
  await fc.assert(
    fc.asyncProperty(steps, async (history) => {
      await using receiver = await startReceiver();
      await using test = await startTestEngine();
      const arrived = new Set<string>();
      let status = 200;
      receiver.answerWith(({ headers }) => {
        if (status === 200) arrived.add(String(headers['x-roostsync-event-id']));
        const date = new Date(test.clock.wallMs()).toUTCString();
        return { status, headers: { date, ...(status === 302 ? { location: 'https://login.example/' } : {}) } };
      });
      const { id } = await test.addEndpoint(receiver, { events: ['booking.created'] });
      await test.call('bench.start', {});
      // What no endpoint wanted is told for the day that it came on: the next one is told of for itself.
      const zone = (await test.call('situation.get', {})).timeZone;
      const today = () => new Date(test.clock.wallMs()).toLocaleDateString('en-CA', { timeZone: zone });
      const taken: { readonly id: string; readonly until: string | null }[] = [];
      const cancelled = new Set<string>();
      for (const [n, step] of history.entries()) {
        if (step.does === 'post') {
          const event = await posted(test, step.wanted ? 'booking.created' : 'inventory.low', {
            booking_id: `bk_${n}`,
          });
          taken.push({ id: event, until: step.wanted ? null : today() });
        } else if (step.does === 'answer') status = step.status;
        else if (step.does === 'pass') await pass(test, step.minutes * minuteMs);
        else if (step.does === 'cancel') {
          const { rows } = await test.call('deliveries.list', { filter: { states: ['waiting', 'needs_attention'] } });
          const [first] = rows;
          if (first && (await test.engine.call('deliveries.cancel', { id: first.id }, by)).ok)
            cancelled.add(first.eventId);
        } else {
          // Each is refused where it makes no sense: there is nothing to leave, or it is paused already.
          const name = ({ pause: 'endpoints.pause', resume: 'endpoints.resume', leave: 'bench.release' } as const)[
            step.does as 'pause'
          ];
          if (step.does === 'bench') await test.engine.call('bench.point', { id, confirmed: true }, by);
          else await test.engine.call(name, { id }, by);
        }
        const said = (await whatIsSaid(test)).filter((text) => claims.test(text));
        const open = taken.filter(
          ({ id, until }) => !arrived.has(id) && !cancelled.has(id) && (until === null || until === today()),
        );
        if (open.length > 0)
          expect(said, `${JSON.stringify(history.slice(0, n + 1))}: ${open.length} open`).toEqual([]);
      }
    }),
    { numRuns: Number(process.env.HISTORIES ?? 12) },
  );
}, 120_000);

const by = { account: 'tester', surface: 'window' } as const;
