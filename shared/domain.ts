/**
 * The words of the product as types: what an event, endpoint, delivery, attempt and source are, and
 * the closed sets of states, kinds and outcome classes that the database, the API and the screens share.
 */

declare const brand: unique symbol;
type Branded<Base, Name extends string> = Base & { readonly [brand]: Name };

/** Milliseconds since the Unix epoch, UTC. The store keeps nothing else for time. */
export type UtcMs = Branded<number, 'UtcMs'>;
/** Marks a plain number of UTC milliseconds as such. */
export const utcMs = (value: number): UtcMs => value as UtcMs;

export type EventId = Branded<string, 'EventId'>;
export type EndpointId = Branded<string, 'EndpointId'>;
export type DeliveryId = Branded<string, 'DeliveryId'>;
export type AttemptId = Branded<string, 'AttemptId'>;
export type SourceId = Branded<string, 'SourceId'>;

/** The prefix that tells what an id names; the rest is a ULID. Ids are labels: `seq` alone is order. */
export const idPrefixes = {
  event: 'evt_',
  endpoint: 'ep_',
  delivery: 'dlv_',
  attempt: 'att_',
  source: 'src_',
  job: 'job_',
  session: 'ses_',
  schedule: 'sch_',
} as const;

/** What a person decided about an endpoint. */
export const endpointSwitches = ['draft', 'on', 'paused', 'removed'] as const;
export type EndpointSwitch = (typeof endpointSwitches)[number];

/** What its answers say about an endpoint. Kept while it is paused, so that pausing forgets nothing. */
export const endpointHealths = ['active', 'degraded', 'failing'] as const;
export type EndpointHealth = (typeof endpointHealths)[number];

/** The state shown: derived from switch and health, never stored. */
export const endpointStates = ['draft', 'active', 'degraded', 'failing', 'paused'] as const;
export type EndpointState = (typeof endpointStates)[number];

/** The one state that switch and health amount to; `removed` shows as paused, where it shows at all. */
export function endpointState(switchedTo: EndpointSwitch, health: EndpointHealth): EndpointState {
  if (switchedTo === 'draft') return 'draft';
  return switchedTo === 'on' ? health : 'paused';
}

export const deliveryStates = ['waiting', 'sending', 'delivered', 'needs_attention', 'cancelled'] as const;
export type DeliveryState = (typeof deliveryStates)[number];

/** Why an HTTP request was made. Only `scheduled`, `trial` and `canary` follow the schedule. */
export const attemptKinds = ['scheduled', 'trial', 'resend', 'test', 'canary'] as const;
export type AttemptKind = (typeof attemptKinds)[number];

/** What an answer, or the lack of one, means: the contract's table, row by row, and `interrupted`. */
export const outcomeClasses = [
  'delivered',
  'offline',
  'wrong_address',
  'endpoint_down',
  'captive_portal',
  'clock',
  'tls_interception',
  'certificate',
  'proxy',
  'throttled',
  'setup',
  'gone',
  'event_refused',
  'interrupted',
] as const;
export type OutcomeClass = (typeof outcomeClasses)[number];

/** The five faces of a state everywhere (tray, toast, chip, chart, export): see the look. */
export const tones = ['fine', 'wait', 'bad', 'away', 'still'] as const;
export type Tone = (typeof tones)[number];

export const endpointTone: Record<EndpointState, Tone> = {
  draft: 'still',
  active: 'fine',
  degraded: 'wait',
  failing: 'bad',
  paused: 'still',
};

export const deliveryTone: Record<DeliveryState, Tone> = {
  waiting: 'wait',
  sending: 'wait',
  delivered: 'fine',
  needs_attention: 'bad',
  cancelled: 'still',
};

/** Delays after the 1st, 2nd … 5th counted failure of a delivery, in milliseconds: the contract with receivers. */
export const retryDelaysMs = [60_000, 300_000, 1_800_000, 7_200_000, 86_400_000] as const;

/** Counted failures of one delivery after which its endpoint is failing, if nothing else got through. */
export const failuresUntilFailing = 5;

/** How long a receiver has for connect, send and answer, in milliseconds. */
export const attemptDeadlineMs = 30_000;

/** Most bytes of a decoded answer that are kept. */
export const keptAnswerBytes = 64 * 1024;

/** A failing endpoint gets one trial this often, in milliseconds. */
export const trialIntervalMs = 1_800_000;

/** `429` and `503` with `Retry-After` postpone without counting for this time, in milliseconds. */
export const throttleGraceMs = 86_400_000;

/** Where a person or program acted from; who = OS account + surface. */
export const surfaces = ['window', 'tray', 'command_line', 'engine'] as const;
export type Surface = (typeof surfaces)[number];
export interface Actor {
  readonly account: string;
  readonly surface: Surface;
  /** Which window of several, such as a browser's session: each is locked by itself. Is not recorded. */
  readonly session?: string;
}

/** A sentence by its key and the values it names; rendered in the reader's language (shared/sentences.ts). */
export interface Sentence {
  readonly key: string;
  readonly params: Readonly<Record<string, string | number>>;
}
