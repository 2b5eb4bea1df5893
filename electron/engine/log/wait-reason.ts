/** Why a waiting delivery waits, and until when: a pure function of its row and what holds now. */
import { type EndpointHealth, type EndpointSwitch, type OutcomeClass, utcMs } from '../../../shared/domain.ts';
import { holdingUp } from '../../../shared/facts.ts';
import type { Fact, waitReasons } from '../../../shared/schemas.ts';
import { goesOutAt } from '../digest-times.ts';
import { type Present, toWall } from '../reader/present.ts';

export type WaitReason = (typeof waitReasons)[number];

export interface WaitingFacts {
  /** As the row has it: `order` behind another one of its booking, `throttled` or `retry` by its last answer. */
  readonly reason: string | null;
  /** Engine time. */
  readonly dueAt: number;
  readonly failures: number;
  readonly switch: EndpointSwitch;
  readonly health: EndpointHealth;
  /** 1: on the local network. */
  readonly local: number;
  /** The endpoint's, with its port. */
  readonly host: string;
  /** What its last attempt meant; null where there was none. */
  readonly outcome: OutcomeClass | null;
  /** Engine time until which the endpoint asked to be left alone. */
  readonly heldUntil: number | null;
  /** Of an endpoint that sends what fell due in so many minutes as one; null where each event is one. */
  readonly digestMinutes: number | null;
}

export interface Waiting {
  readonly reason: WaitReason;
  /** The wall clock's time of the next attempt; null where that depends on something else. */
  readonly nextAttemptAt: number | null;
}

/** What a person did comes first, then what keeps everything, then the endpoint's trouble, then the delivery's own. */
export function waitReason(facts: WaitingFacts, present: Present): Waiting {
  const { dueAt, failures, heldUntil } = facts;
  if (present.pausedUntil !== null && present.pausedUntil > present.wallMs) return onHold('all_paused');
  if (facts.switch !== 'on') return onHold('endpoint_paused');
  const [holding] = holdingUp(present.facts, { host: facts.host, local: facts.local === 1 });
  if (holding) return onHold(ofFact[holding.kind] ?? 'offline');
  if (facts.outcome === 'clock' && present.facts.some(({ kind }) => kind === 'clock_wrong')) return onHold('clock');
  if (facts.reason === 'order') return onHold('order');
  if (facts.health === 'failing' && failures === 0) return onHold('endpoint_failing');
  if (heldUntil !== null && heldUntil > present.engineMs && heldUntil > dueAt) {
    return { reason: 'throttled', nextAttemptAt: toWall(present, heldUntil) };
  }
  const goesAt = digestAt(facts.digestMinutes, dueAt);
  if (goesAt <= present.engineMs) return { reason: 'due', nextAttemptAt: toWall(present, present.engineMs) };
  const isTried = dueAt > present.engineMs || failures > 0;
  const reason = facts.reason === 'throttled' ? 'throttled' : isTried ? 'retry' : 'digest';
  return { reason, nextAttemptAt: toWall(present, goesAt) };
}

/** When it goes out with all else of its digest; when it falls due where there is none. */
export const digestAt = (minutes: number | null, dueAt: number): number =>
  minutes === null ? dueAt : goesOutAt(utcMs(dueAt), minutes * 60_000);

/**
 * Of an endpoint's row, for a statement: how many minutes are one mail.
 * @param table its name in the statement
 */
export const digestMinutesOf = (table: string): string =>
  `CASE WHEN ${table}.kind = 'mail' AND json_valid(${table}.options)
    THEN json_extract(${table}.options, '$.config.digestMinutes') END AS digestMinutes`;

/** What holds up everything is told as no internet. */
const ofFact: Partial<Record<Fact['kind'], WaitReason>> = {
  silence: 'silence',
  local_network: 'local_network',
  sign_in_page: 'sign_in_page',
  interception: 'interception',
  proxy: 'proxy',
};

const onHold = (reason: WaitReason): Waiting => ({ reason, nextAttemptAt: null });
