/**
 * What is known of the world, and of each endpoint's trouble: the one set of facts that every sentence on a
 * screen, in the tray, a toast or the command line is derived from (principle 5).
 */
import { z } from 'zod';
import { at, count, endpointId, outcomeClass, sentence } from './values.ts';

/**
 * What is wrong with an endpoint, by its last failure:
 * - `setup`: it does not accept what it is sent at all (401, 402, 403, 404, 405, 415, 426, 451, 410)
 * - `address`: its name does not exist
 * - `certificate`: its certificate is not accepted
 * - `errors`: it answers with an error of its own (5xx, 408, 425, a redirect), or with what cannot be read
 * - `silent`: it does not answer
 * - `slow_down`: it asks to be sent less (429, 503 with a time)
 * - `refused`: it refuses this event as such (400, 413, 422)
 */
export const troubleKinds = ['setup', 'address', 'certificate', 'errors', 'silent', 'slow_down', 'refused'] as const;
export type TroubleKind = (typeof troubleKinds)[number];

export const endpointTrouble = z.object({
  /** Of the last failure. */
  kind: z.enum(troubleKinds),
  /** The first failure after the last success: when it began, not when it was named. Survives a restart. */
  since: at,
  /** Failures in a row since then, those that use up nothing ("slow down") included. */
  failures: count,
  lastAt: at,
  outcome: outcomeClass,
  /** The status that was answered; null where none was. */
  status: z.number().int().nullable(),
  /** What the last failure amounts to, for the manager. */
  sentence,
  /** What the receiver said in its own words, one line, cleaned: "phone is required". Null where it said nothing. */
  said: z.string().nullable(),
  /**
   * Whether another event got through since the one that failed last began to fail: then it is that event's own
   * trouble. Only where this is true may it be said that other events reach the endpoint.
   */
  othersGotThrough: z.boolean(),
  /** It has taken nothing for ten minutes, or three times in a row: a person is told. */
  takesNothing: z.boolean(),
});
export type EndpointTrouble = z.output<typeof endpointTrouble>;

/** The deliveries of an endpoint that need a person. */
export const endpointAttention = z.object({
  /** When the first of them came to need one, and the last. */
  since: at,
  lastAt: at,
  /** Whether anything was delivered after the last of them failed, and nothing has failed since. */
  othersGetThrough: z.boolean(),
  /** Of the last of them: the status, what it amounts to, and the receiver's own words. */
  status: z.number().int().nullable(),
  outcome: outcomeClass.nullable(),
  sentence: sentence.nullable(),
  said: z.string().nullable(),
});

const onHost = z.object({ kind: z.literal('host'), host: z.string() });
const onPc = z.object({ kind: z.literal('pc') });
const onLocalNetwork = z.object({ kind: z.literal('local_network') });
const onInternet = z.object({ kind: z.literal('internet') });

/** Who can name a proxy. */
export const proxyOrigins = ['settings', 'environment', 'system'] as const;
export type ProxyOrigin = (typeof proxyOrigins)[number];

/** One thing known of the world. Several hold at once; those of this PC and of the internet come first. */
export const fact = z.discriminatedUnion('kind', [
  /** No network interface is up. */
  z.object({ kind: z.literal('no_interface'), scope: onPc, since: at }),
  /** Nothing answers anywhere: since no name leads to an address (`names`), or what names and addresses lead to is silent (`line`). */
  z.object({ kind: z.literal('no_answer'), scope: onInternet, since: at, why: z.enum(['names', 'line']) }),
  /**
   * The one site that events go to is silent, and so are the addresses of the internet check, which have never answered in
   * this network: whether the internet is away, or that site is down and the addresses are blocked, cannot be known.
   */
  z.object({ kind: z.literal('silence'), scope: onInternet, since: at, host: z.string() }),
  /**
   * Machines of the property's own network cannot be reached: since this PC has no connection into it (`interface`), or
   * since none of several answers (`silent`).
   */
  z.object({
    kind: z.literal('local_network'),
    scope: onLocalNetwork,
    since: at,
    hosts: z.array(z.string()),
    why: z.enum(['interface', 'silent']),
  }),
  /** A sign-in page answers instead of whoever was asked. */
  z.object({
    kind: z.literal('sign_in_page'),
    scope: onInternet,
    since: at,
    /** Whoever was asked and gave it. */
    hosts: z.array(z.string()),
    /** Where it is: the host that it sends to, or that its certificate names. Null where it names none. */
    host: z.string().nullable(),
    /** What a browser is to open, `http:` or `https:`, without what a page was sent to with. Null where nothing is known that it could. */
    address: z.string().nullable(),
  }),
  /** Somebody between answers with certificates of their own. */
  z.object({
    kind: z.literal('interception'),
    scope: onInternet,
    since: at,
    hosts: z.array(z.string()),
    issuer: z.string().nullable(),
    /** What does it, as people know it: by what its authority is called. Null where that tells nothing. */
    product: z.string().nullable(),
  }),
  /** The office's proxy does not let us through: it asks for a password (407) or a sign-in of another kind, cannot be reached, refuses, or speaks SOCKS. */
  z.object({
    kind: z.literal('proxy'),
    scope: onInternet,
    since: at,
    /**
     * `password_refused`: it was given a name and a password, and does not take them; `sign_in`: it asks for a name, by no
     * way that we know (NTLM, Negotiate).
     */
    trouble: z.enum(['password', 'password_refused', 'sign_in', 'unreachable', 'refused', 'socks']),
    status: z.number().int().nullable(),
    /** Of a 407: the ways to sign in that it names, and what for; empty where it says nothing. */
    asksFor: z.string(),
    /** When it began to do this, where it kept us by something else before; null where it did so from the beginning. */
    changedAt: at.nullable(),
    /** Host and port. */
    proxy: z.string(),
    /** Who names it: Roost Relay's own settings, a variable of its environment, or this PC's settings. */
    from: z.enum(proxyOrigins),
    /** Where it refuses some hosts only, these; empty where it lets nothing through. */
    hosts: z.array(z.string()),
  }),
  /** Positive where this PC is ahead. `hosts` say so; none where this PC knows it by itself. */
  z.object({ kind: z.literal('clock_wrong'), scope: onPc, since: at, skewMs: z.number(), hosts: z.array(z.string()) }),
  z.object({
    kind: z.literal('disk'),
    scope: onPc,
    since: at,
    state: z.enum(['low', 'full', 'read_only', 'no_rights']),
    freeBytes: count,
  }),
  /** One host's own clock: it says nothing of this PC's. */
  z.object({ kind: z.literal('clock_differs'), scope: onHost, since: at, skewMs: z.number() }),
  /** One host shows a certificate that nobody vouches for. */
  z.object({ kind: z.literal('unknown_issuer'), scope: onHost, since: at, issuer: z.string().nullable() }),
  /** An endpoint's trouble, see {@link endpointTrouble}. */
  z.object({ kind: z.literal('receiver'), scope: onHost, since: at, endpointId, trouble: z.enum(troubleKinds) }),
]);
export type Fact = z.output<typeof fact>;

/** How one address of the settings answered when it was asked whether the internet is there (`engine/evidence/probes.ts`). */
export const probeWords = ['online', 'page', 'other', 'unreachable', 'proxy', 'nothing'] as const;

/** What it rests on that the internet is said to be there or not. */
export const internetSight = z.object({
  /** The last look; null while there was no reason for one. */
  lookedAt: at.nullable(),
  /** `interface`: no network interface is up; `answer`: an endpoint's own; `endpoints`: whether their hosts can be reached. */
  rests: z.enum(['nothing', 'interface', 'answer', 'addresses', 'endpoints']),
  /** The last answer of an endpoint out there, over verified TLS. */
  answeredAt: at.nullable(),
  /** Whether any addresses are asked at all. */
  isAsking: z.boolean(),
  /** Those that were asked at the last look. */
  addresses: z.array(z.object({ address: z.string(), says: z.enum(probeWords), status: z.number().int().nullable() })),
});

/**
 * Today's events by what became of them, by the property's clocks: each is in one of these, the first that fits,
 * and they add up to `taken`. A manager reads these; a helper reads deliveries.
 */
export const eventsToday = z.object({
  /** When the property's day began. */
  since: at,
  taken: count,
  /** A person must decide about one of its deliveries. */
  needsAttention: count,
  /** Not yet with everybody who wants it. */
  waiting: count,
  /** At the test bench, not at its receiver. */
  bench: count,
  /** Cancelled by a person, or with the endpoint that was removed. */
  skipped: count,
  /** No endpoint wanted it. */
  toNobody: count,
  /** With everybody who wanted it. */
  delivered: count,
});

/**
 * An outage, present or over: the record of an incident of this PC, its networks or a receiver. It outlives the events
 * that waited in it.
 */
export const outage = z.object({
  kind: z.enum(['offline', 'sign_in_page', 'interception', 'proxy', 'clock', 'local_network', 'receiver']),
  scope: z.enum(['pc', 'internet', 'local_network', 'host']),
  /** Of a receiver's outage. */
  endpointId: endpointId.nullable(),
  name: z.string().nullable(),
  /** Of the property's own network: the machines that could not be reached. */
  hosts: z.array(z.string()),
  since: at,
  /** Null while it lasts. */
  until: at.nullable(),
  /** How many events waited at its end; while it lasts, how many wait now. */
  events: count,
  /** The same as deliveries: one event for three receivers is three. */
  deliveries: count,
  /** Of these events: how many were skipped, for one receiver at least. */
  skipped: count,
  /** Of these events: how many still wait, or need a person. */
  left: count,
  /** Of those left: how many wait for a person's word, or at a receiver that one paused. */
  asking: count,
  /** When the last of them was delivered; null while any is left, and where none was. */
  outBy: at.nullable(),
});
export type Outage = z.output<typeof outage>;
