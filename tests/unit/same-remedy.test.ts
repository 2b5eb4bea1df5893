/**
 * The same trouble has the same remedy on card, chip, row, page, delivery, doctor, `status` and `endpoint show`: for every
 * outcome there is, whatever else is the case with its endpoint.
 */
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { atProperty } from '../../electron/cli/at-property.ts';
import { deliveryText } from '../../electron/cli/delivery-text.ts';
import { endpointText } from '../../electron/cli/endpoint-text.ts';
import { table } from '../../electron/cli/output.ts';
import { statusText } from '../../electron/cli/status-text.ts';
import { checkEndpoint } from '../../electron/engine/doctor/doctor-endpoint.ts';
import { troubleKind } from '../../electron/engine/evidence/trouble.ts';
import { decideNotices } from '../../electron/engine/notices/decisions.ts';
import { conditionsOf } from '../../shared/conditions/index.ts';
import { type OutcomeClass, type Sentence, utcMs } from '../../shared/domain.ts';
import { endpointFace } from '../../shared/endpoint-face.ts';
import { headlineOf, headlineText } from '../../shared/headline.ts';
import { remedyNow, remedyOfDelivery, stepOf } from '../../shared/remedies.ts';
import type { Delivery, Endpoint } from '../../shared/schemas.ts';
import { outcomesEn } from '../../shared/sentences/outcomes.en.ts';
import { endpoint, failingEndpoint, minutesAgo, noon, running, situation, troubled } from './desktop/situations.ts';

const at = atProperty({ timeZone: 'Asia/Manila', now: noon, program: 'roost-relay', note: () => {} });
const shell = {
  command: (...words: readonly string[]) => words.join(' '),
  table: (head: readonly string[], rows: Parameters<typeof table>[2]) => table(null, head, rows),
};

/** What a receiver's answer, or the lack of one, can be: its sentence, its class, and the status it may come with. */
const causes: readonly {
  readonly key: string;
  readonly outcome: OutcomeClass;
  readonly statuses: (number | null)[];
}[] = (Object.keys(outcomesEn) as (keyof typeof outcomesEn)[]).flatMap((key) => {
  const outcome = classOf(key.replace('outcome.', ''));
  return outcome === null ? [] : [{ key, ...outcome }];
});

/** Null for what is not an endpoint's trouble. */
function classOf(name: string): { outcome: OutcomeClass; statuses: (number | null)[] } | null {
  if (
    /^(delivered|mail_partly|script_unconfirmed|known_already|interrupted|asleep|offline|captive_portal|clock|tls_interception|proxy_|bench|network_|silence)/.test(
      name,
    )
  )
    return null;
  if (name.startsWith('certificate')) return { outcome: 'certificate', statuses: [null] };
  if (name.startsWith('event_')) return { outcome: 'event_refused', statuses: [400, 413, 422] };
  // What stands in an answer that came whole.
  if (/^answer_(?:says|lacks)$/.test(name)) return { outcome: 'event_refused', statuses: [200] };
  if (/^(throttled|busy)/.test(name)) return { outcome: 'throttled', statuses: [429, 503] };
  if (name === 'wrong_address') return { outcome: 'wrong_address', statuses: [null] };
  if (name === 'gone') return { outcome: 'gone', statuses: [410] };
  // Of an answer that broke off, or makes no sense, the status line may have come.
  if (/^(answer_|not_http)/.test(name)) return { outcome: 'endpoint_down', statuses: [null, 200, 204] };
  const silent = /^(no_answer|connection_|unreachable|lookup|no_secure|behind_proxy)/;
  if (silent.test(name)) return { outcome: 'endpoint_down', statuses: [null] };
  if (/^(server_error|unavailable)/.test(name)) return { outcome: 'endpoint_down', statuses: [500, 503] };
  if (name === 'script_failed') return { outcome: 'endpoint_down', statuses: [200] };
  if (name === 'for_nobody' || name === 'not_routed') return { outcome: 'setup', statuses: [200, 202] };
  return { outcome: 'setup', statuses: [302, 401, 403, 404] };
}

const params = {
  ...{ name: 'Bookkeeping', host: 'hooks.ledgerly.ph', status: 0, seconds: 30, validToOn: noon },
  chatId: '-1001234567890',
};
const said = (key: string, status: number | null): Sentence => ({ key, params: { ...params, status: status ?? 0 } });

interface Case {
  readonly cause: (typeof causes)[number];
  readonly which: number;
  readonly now: 'over' | 'begun' | 'lasting' | 'failing' | 'gone' | 'paused';
  readonly othersGotThrough: boolean;
  readonly local: boolean;
  readonly waiting: number;
  readonly retrying: number;
  readonly needsAttention: number;
  readonly attended: (typeof causes)[number];
  readonly othersGetThrough: boolean;
}

const anyCase = (cause: (typeof causes)[number]): fc.Arbitrary<Case> =>
  fc.record({
    cause: fc.constant(cause),
    which: fc.nat(3),
    now: fc.constantFrom('over', 'begun', 'lasting', 'failing', 'gone', 'paused'),
    othersGotThrough: fc.boolean(),
    local: fc.boolean(),
    waiting: fc.constantFrom(0, 1, 14),
    retrying: fc.constantFrom(0, 1),
    needsAttention: fc.constantFrom(0, 0, 2),
    attended: fc.constantFrom(...causes),
    othersGetThrough: fc.boolean(),
  });

/** An endpoint as the engine would have it: one that others get through to takes something. */
function endpointOf(one: Case): Endpoint {
  const { cause, now, local } = one;
  const status = cause.statuses[one.which % cause.statuses.length] ?? null;
  const { outcome } = cause;
  const inTrouble = now !== 'over' && now !== 'paused';
  const lasts = now === 'lasting' || now === 'failing';
  const sentence = said(cause.key, status);
  const trouble: Endpoint['trouble'] = inTrouble
    ? {
        ...{ kind: troubleKind(outcome, status), since: minutesAgo(120), failures: 9, lastAt: minutesAgo(20) },
        ...{ outcome, status, sentence, said: null, takesNothing: lasts },
        othersGotThrough: one.othersGotThrough && !lasts && now !== 'gone',
      }
    : null;
  const waiting = inTrouble || one.retrying > 0 ? Math.max(1, one.waiting) : one.waiting;
  const attendedStatus = one.attended.statuses[0] ?? null;
  return endpoint({
    ...{ local, trouble, waiting, needsAttention: one.needsAttention },
    switch: now === 'gone' || now === 'paused' ? 'paused' : 'on',
    state:
      now === 'gone' || now === 'paused' ? 'paused' : now === 'failing' ? 'failing' : inTrouble ? 'degraded' : 'active',
    failingSince: now === 'failing' ? minutesAgo(60) : null,
    lastAnswer: {
      ...{ at: minutesAgo(20), durationMs: 80 },
      ...(now === 'gone'
        ? { status: 410, outcome: 'gone', sentence: said('outcome.gone', 410) }
        : inTrouble
          ? { status, outcome, sentence }
          : { status: 200, outcome: 'delivered', sentence: said('outcome.delivered', 200) }),
    },
    retrying: one.retrying,
    retried: one.retrying === 0 ? null : { sentence, said: null },
    nextAttemptAt: utcMs(noon + 300_000),
    attention:
      one.needsAttention === 0
        ? null
        : {
            ...{ since: minutesAgo(90), lastAt: minutesAgo(30), status: attendedStatus, outcome: one.attended.outcome },
            ...{ sentence: said(one.attended.key, attendedStatus), said: null },
            othersGetThrough: one.othersGetThrough && !inTrouble,
          },
  } as Partial<Endpoint>);
}

/** What a step is called in the table of remedies; the time of the next try is another word for waiting. */
const others: Readonly<Record<string, string>> = {
  'conditions.endpoint_degraded.step': 'wait',
  'conditions.endpoint_slow_down.step': 'slow',
};
const nameOf = ({ key }: Sentence): string => others[key] ?? /^remedy\.(\w+)\.step$/.exec(key)?.[1] ?? key;

function expectOneRemedy(one: Case): void {
  const its = endpointOf(one);
  const all = situation({ endpoints: [its] });
  const cards = conditionsOf(all, running).filter(({ about, kind }) => about === its.id && kind !== 'endpoint_paused');
  const steps = cards.flatMap(({ step }) => (step ? [step] : []));
  const names = steps.map(nameOf);
  const row = remedyNow(its);
  // A row says what one of its cards says, and nothing where no card says more than to wait.
  if (row === null) expect(names.filter((name) => name !== 'wait')).toEqual([]);
  else expect(names).toContain(row.remedy.name);
  for (const { step, turn } of cards) {
    if (row && step && nameOf(step) === row.remedy.name) expect(turn).toBe(row.remedy.turn);
  }
  // The doctor, but for what it says of a pause.
  const { nextStep, state } = checkEndpoint(its, all);
  if (row !== null) expect(nextStep && nameOf(nextStep)).toBe(row.remedy.name);
  else if (one.now !== 'paused') expect(nextStep).toBeNull();
  // Who is told that nothing is taken reads so on the chip.
  if (one.now === 'begun' || one.now === 'lasting') expect(endpointFace(its)).not.toBe('active');
  if (row !== null) expect(state).not.toBe('ok');
  expectSameOfDelivery(its, one, row?.remedy.name ?? null, names);
}

/** The terminal: `endpoint show` as the row, `status` as the cards, `delivery` as its page. */
function expectSameInTerminal(one: Case): void {
  const its = endpointOf(one);
  const all = situation({ endpoints: [its] });
  const cards = conditionsOf(all, running).filter(({ about, kind }) => about === its.id && kind !== 'endpoint_paused');
  const row = remedyNow(its);
  const shown = endpointText(its, at).text;
  const step = row && stepOf(row.remedy, row.facts);
  if (step) expect(shown.replace(/\s+/g, ' ')).toContain(at.words(step));
  else expect(shown).not.toContain('To do');
  const status = statusText(shell, all, at).text;
  for (const { step: next, title } of cards) {
    if (next) expect(status).toContain(at.words(next));
    expect(status).toContain(at.words(title));
  }
  if (its.trouble === null) return;
  const { sentence, status: answered, since } = its.trouble;
  const own = remedyOfDelivery({ state: 'waiting', sentence, status: answered }, its);
  const delivery = {
    ...{
      id: 'dlv_1',
      event: 'booking.created',
      eventId: 'evt_1',
      endpointName: its.name,
      endpointId: its.id,
      summary: {},
    },
    ...{
      entity: null,
      address: '',
      pmsId: null,
      toBench: false,
      gone: null,
      state: 'waiting',
      reason: 'retry',
      status: answered,
    },
    ...{ at: minutesAgo(20), sentence, resendWaits: null, nextAttemptAt: null, hints: [], body: '{}' },
    attemptsMade: [],
    skipped: null,
  } as unknown as Delivery;
  const next = own && stepOf(own, { id: its.id, name: its.name, sinceAt: since, status: answered ?? 0 });
  if (next) expect(deliveryText(delivery, its, at).text).toContain(at.words(next));
}

/** A delivery that failed for the same reason, on its page. */
function expectSameOfDelivery(its: Endpoint, one: Case, row: string | null, names: readonly string[]): void {
  if (its.trouble !== null) {
    const { sentence, status } = its.trouble;
    const own = remedyOfDelivery({ state: 'waiting', sentence, status }, its);
    // What no template could be made of was never sent: it is no trouble of the endpoint's, and has its own step.
    if (one.now !== 'gone' && own?.name !== 'template') expect(own?.name).toBe(row);
  }
  if (its.attention?.sentence && !its.attention.othersGetThrough && !its.trouble?.takesNothing) {
    const { sentence, status } = its.attention;
    const own = remedyOfDelivery({ state: 'needs_attention', sentence, status }, its);
    expect(names).toContain(own?.name);
  }
}

/** What each surface says of an endpoint's trouble, in English. */
function surfacesOf(one: Case): Readonly<Record<string, string>> {
  const its = endpointOf({ ...one, needsAttention: 0 });
  const all = situation({ endpoints: [its] });
  const cards = conditionsOf(all, running).filter(({ about }) => about === its.id);
  const inWords = (said: readonly (Sentence | null | undefined)[]) =>
    said.map((each) => (each ? at.words(each) : '')).join('\n');
  const { says, nextStep } = checkEndpoint(its, all);
  const trouble = its.trouble;
  return {
    cards: inWords(cards.flatMap(({ title, meaning, brief, said: own, step }) => [title, meaning, brief, own, step])),
    'what IT is given': inWords(
      cards.flatMap(({ actions }) => actions.map(({ does }) => ('copy' in does ? does.copy : null))),
    ),
    headline: headlineText(headlineOf(all, conditionsOf(all, running)), at.words),
    notice: inWords(
      decideNotices([], {
        ...{ now: noon, conditions: cards, situation: all, showing: new Set<string>(), quiet: false },
      }).notices.flatMap(({ title, body }) => [title, ...body]),
    ),
    doctor: inWords([...says, nextStep]),
    status: statusText(shell, all, at).text,
    'endpoint show': endpointText(its, at).text,
    delivery: trouble
      ? inWords([
          trouble.sentence,
          stepOf(
            remedyOfDelivery({ state: 'waiting', sentence: trouble.sentence, status: trouble.status }, its) ?? {
              name: 'none',
            },
            { id: its.id, name: its.name, sinceAt: trouble.since, status: trouble.status ?? 0 },
          ),
        ])
      : '',
  };
}

/** What nobody may say of a receiver that did this. */
function neverOf(key: string): readonly RegExp[] {
  const isSilent = /(?:does|do|did) not answer|no answer\b|switched on/i;
  const isError = /you answer \d|answers with an error|\(2\d\d\)/i;
  const name = key.replace('outcome.', '');
  // It did something: it is there, and on. What it did is no answer with a status either.
  if (/^(answer_|not_http|connection_lost|no_secure)/.test(name)) return [isSilent, isError];
  if (/^(no_answer|connection_refused|unreachable|lookup|wrong_address|behind_proxy)/.test(name)) return [isError];
  return [/(?:does|do|did) not answer|switched on|\(2\d\d\)/i];
}

function expectOneStory(one: Case): void {
  for (const [surface, text] of Object.entries(surfacesOf(one))) {
    for (const never of neverOf(one.cause.key)) expect(text, surface).not.toMatch(never);
  }
}

describe('the same remedy wherever a trouble shows', () => {
  it('covers every outcome that is an endpoint’s', () => {
    expect(causes.length).toBeGreaterThan(35);
  });
  it.each(causes.map((cause) => [cause.key, cause] as const))('%s', (_key, cause) => {
    void fc.assert(fc.property(anyCase(cause), expectOneRemedy), { numRuns: 60 });
    void fc.assert(fc.property(anyCase(cause), expectSameInTerminal), { numRuns: 4 });
    void fc.assert(fc.property(anyCase(cause), expectOneStory), { numRuns: 12 });
  });
});

it('a pause is a person’s turn, in the same words, and hides no trouble from before; one with an end needs nobody', () => {
  const paused = { ...failingEndpoint(), switch: 'paused', state: 'paused', trouble: troubled() } as Endpoint;
  const told = (its: Endpoint) => {
    const all = situation({ endpoints: [its] });
    const card = conditionsOf(all, running).find(({ kind }) => kind === 'endpoint_paused');
    return { card, doctor: checkEndpoint(its, all), status: statusText(shell, all, at).text };
  };
  const { card, doctor, status } = told(paused);
  expect(card).toMatchObject({ turn: 'manager', said: { key: 'conditions.endpoint_paused.trouble' } });
  expect(card?.step).toEqual(doctor.nextStep);
  expect(doctor.says.map(({ key }) => key)).toContain('conditions.endpoint_paused.trouble');
  expect(status).toContain('for you');
  expect(status).toContain('when it may go on');
  const ending = told({ ...paused, trouble: null, pausedUntil: utcMs(noon + 3_600_000) });
  expect(ending.card).toMatchObject({ turn: 'nobody', step: null, said: null });
  expect(ending.doctor.nextStep).toBeNull();
  expect(ending.status).toContain('They go out from');
});
