/** Every kind of endpoint. A further one is a file of its own here and in `engine/endpoints/kinds/`, and a line in both. */
import type { SentenceKey } from '../sentences/sentence.ts';
import { appsScript } from './apps-script.ts';
import { convoy } from './convoy.ts';
import { custom } from './custom.ts';
import { discord } from './discord.ts';
import { googleChat } from './google-chat.ts';
import { homeAssistant } from './home-assistant.ts';
import { type AddressForm, type AddressLint, type EndpointKind, type KnownReceiver, withoutWrongPort } from './kind.ts';
import { mail } from './mail.ts';
import { make } from './make.ts';
import { n8n } from './n8n.ts';
import { nodeRed } from './node-red.ts';
import { type EndpointOptions, usualOptions } from './options.ts';
import { outpost } from './outpost.ts';
import { rabbitmqHttp } from './rabbitmq-http.ts';
import { roostRelay } from './roost-relay.ts';
import { slack } from './slack.ts';
import { svix } from './svix.ts';
import { teams } from './teams.ts';
import { telegram } from './telegram.ts';
import { webhook } from './webhook.ts';
import { zapier } from './zapier.ts';

export const endpointKinds = {
  webhook,
  zapier,
  make,
  n8n,
  apps_script: appsScript,
  home_assistant: homeAssistant,
  node_red: nodeRed,
  slack,
  teams,
  discord,
  google_chat: googleChat,
  telegram,
  custom,
  mail,
  outpost,
  svix,
  convoy,
  rabbitmq_http: rabbitmqHttp,
  roost_relay: roostRelay,
} as const satisfies Record<string, EndpointKind>;
export type EndpointKindName = keyof typeof endpointKinds;
export const endpointKindNames = Object.keys(endpointKinds) as [EndpointKindName, ...EndpointKindName[]];

/** What an endpoint is unless a person says otherwise. */
export const usualKind: EndpointKindName = 'webhook';

export const isEndpointKind = (name: string): name is EndpointKindName => Object.hasOwn(endpointKinds, name);

export const kindNamed = (name: EndpointKindName): EndpointKind => endpointKinds[name];

/** @param name as it is stored; an unknown one is taken for the usual kind */
export const addressFormOf = (name: string = usualKind): AddressForm =>
  kindNamed(isEndpointKind(name) ? name : usualKind).address;

/** @param name as it is stored; an unknown one is taken for the usual kind */
export const isSigned = (name: string): boolean => kindNamed(isEndpointKind(name) ? name : usualKind).isSigned;

/**
 * Why a signature is of no use at an endpoint of this kind; null where its receiver can verify one.
 * @param name as it is stored; an unknown one is taken for the usual kind
 */
export const unverifiedBecause = (name: string): SentenceKey | null =>
  kindNamed(isEndpointKind(name) ? name : usualKind).unverified ?? null;

/** The options of a new endpoint of a kind, where a person says nothing of them. */
export const usualOptionsOf = (name: EndpointKindName): EndpointOptions =>
  ({ ...usualOptions, ...kindNamed(name).usual }) as EndpointOptions;

/**
 * Which kind an address tells, by its scheme or its host: what is suggested for it.
 * @param address as a person gives it; of what is no address the usual kind is told
 */
export function kindOf(address: string): EndpointKindName {
  const url = urlOf(address.trim());
  const told = url && kinds.find((kind) => kind.name !== usualKind && tells(kind, url));
  return told && isEndpointKind(told.name) ? told.name : usualKind;
}

function urlOf(text: string): URL | null {
  try {
    return new URL(withoutWrongPort(text));
  } catch {
    return null;
  }
}

const tells = ({ address: { schemes, server }, receivers, isTold }: EndpointKind, url: URL): boolean =>
  server === null
    ? receiverAmong(receivers, url.hostname) !== null || (isTold?.(url) ?? false)
    : schemes.includes(url.protocol);

/** What an address says against the kind that is chosen for it. */
export interface OtherAddress {
  /** Whose address it is; null: nobody's that is known, while the chosen kind's are all at hosts of its own. */
  readonly told: EndpointKindName | null;
  /** What people call the service whose address it is, or that it is none of. */
  readonly service: string;
  /** Its receiver cannot take what is chosen: to be said before it is used. */
  readonly isWrong: boolean;
}

/**
 * Whether an address is another kind's than the one that is chosen for it.
 * @param address as a person gives it; of what is no address nothing is said
 * @returns null where nothing speaks against the kind
 */
export function otherAddress(chosen: EndpointKindName, address: string): OtherAddress | null {
  const url = urlOf(address.trim());
  // What an operator's own template makes may be any service's.
  if (url === null || chosen === 'custom') return null;
  const kind = kindNamed(chosen);
  const told = kindOf(address);
  if (told === chosen || !kind.address.schemes.includes(url.protocol)) return null;
  const isNobodys = told === usualKind;
  const own = (isNobodys ? kind : kindNamed(told)).receivers;
  const known = isNobodys ? own[0] : receiverAmong(own, url.hostname);
  if (isNobodys) {
    return kind.hasOwnHosts === true && known && !isOfOnesOwn(url.hostname)
      ? { told: null, service: known.name, isWrong: true }
      : null;
  }
  // By its path or port it is only guessed: what looks alike may be anybody's.
  const isWrong = known !== null && known !== undefined && !(kind.sendsEvents && kindNamed(told).sendsEvents);
  return { told, service: known?.name ?? told, isWrong };
}

/** A machine of one's own, named by its number or as this PC: what stands there is known to whoever set it up. */
const isOfOnesOwn = (hostname: string): boolean => /^(?:[\d.]+|\[.*\]|localhost)$/.test(hostname);

const kinds: readonly EndpointKind[] = Object.values(endpointKinds);
const allLints = kinds.flatMap(({ lints }) => lints);
const allReceivers = kinds.flatMap(({ receivers }) => receivers);

/**
 * The first thing that is said of an address, what is asked about before the rest; null where there is nothing.
 * @param kind what is sent there, as it is stored: some want an address of their own form
 */
export function lintOf(address: string, kind: string = usualKind): AddressLint | null {
  const url = new URL(address);
  const found = allLints.filter(({ isFound }) => isFound(url));
  return found.find(({ isNote }) => isNote !== true) ?? ownLintOf(address, kind) ?? found[0] ?? null;
}

/** What its kind alone says of an address. */
export function ownLintOf(address: string, kind: string): AddressLint | null {
  const own = isEndpointKind(kind) ? kindNamed(kind).ownLint : undefined;
  return own?.isFound(new URL(address)) ? own : null;
}

/** It listens only while somebody tries it out. */
export const isTestAddress = (address: string): boolean => lintOf(address)?.name === 'test_address';

/** A property has a handful of hosts, and each is asked for at every attempt. */
const asked = new Map<string, KnownReceiver | null>();
const mostAsked = 100;

/** The receiver that a host belongs to, itself or as a subdomain; null where it is none that is known. */
export function knownReceiver(host: string): KnownReceiver | null {
  let known = asked.get(host);
  if (known !== undefined) return known;
  known = findReceiver(host);
  if (asked.size >= mostAsked) asked.clear();
  asked.set(host, known);
  return known;
}

const findReceiver = (host: string): KnownReceiver | null => receiverAmong(allReceivers, host);

function receiverAmong(receivers: readonly KnownReceiver[], host: string): KnownReceiver | null {
  const lower = host.toLowerCase().replace(/\.$/, '');
  const isOf = (domain: string) => lower === domain || lower.endsWith(`.${domain}`);
  return receivers.find(({ hosts }) => hosts.some(isOf)) ?? null;
}
