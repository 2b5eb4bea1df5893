/** What a kind of endpoint is, for whoever sets one up or reads of it. How it shapes a body: `engine/endpoints/kinds/`. */
import { z } from 'zod';
import type { Sentence } from '../domain.ts';
import type { ConfiguredKind } from '../kind-config.ts';
import { type SentenceKey, sentence } from '../sentences/sentence.ts';
import { endpointOptions, type OptionsChange, storedOptions } from './options.ts';

/** Longest template of an operator's own, in characters: what the longest message that a service takes may be made with. */
export const longestTemplate = 64 * 1024;

export interface EndpointKind extends ConfiguredKind {
  /** As it is stored. */
  readonly name: string;
  /** Receivers that many properties use and that take this kind: their hosts suggest it. */
  readonly receivers: readonly KnownReceiver[];
  /** What a person may choose for an endpoint of any kind, as it is given; and as it is read from the store. */
  readonly options: typeof endpointOptions;
  readonly stored: typeof storedOptions;
  /** Of these options, what is otherwise for this kind unless a person says so: its limits, say. */
  readonly usual: OptionsChange;
  /** What a person chooses for this kind alone, its secrets among it, as it is given and read from the store. */
  readonly config: ConfiguredKind['config'];
  /** Of the config's members: those that are secret, so that they are sealed and shown as a mask alone. */
  readonly secrets: readonly string[];
  /** Of the config's members that are needed: what stands there for a look at the rest, while nothing is given. */
  readonly standIns?: Readonly<Record<string, unknown>>;
  /** Whether it sends what a webhook sends: an endpoint of either kind can become the other without its receiver seeing it. */
  readonly sendsEvents: boolean;
  /** By more than its host: what stands on a machine of one's own, at a path of its own. */
  readonly isTold?: (address: URL) => boolean;
  /** True where no receiver of this kind stands anywhere else than at its receivers' hosts. */
  readonly hasOwnHosts?: true;
  readonly lints: readonly AddressLint[];
  /** What is said only of an address that this kind is chosen for, or told by. */
  readonly ownLint?: AddressLint;
  /** False where it refuses what Roost Relay says of itself. */
  readonly takesNotices?: false;
  /** A header of the endpoint's own may say who sends, instead of its token. */
  readonly loginByHeader?: true;
  /**
   * What its config cannot do without at this address, where it is not given: the member, and what is said of it.
   * `headers` are the names of the endpoint's own.
   */
  readonly lacks?: (
    address: URL,
    config: Readonly<Record<string, unknown>>,
    headers: readonly string[],
  ) => { readonly member: string; readonly says: Sentence } | null;
  /** How its addresses are written. */
  readonly address: AddressForm;
  /** Whether what is sent carries signatures, made with the endpoint's secret. */
  readonly isSigned: boolean;
  /** Why nobody can verify a signature there, where nobody can: its secret is of no use then. */
  readonly unverified?: SentenceKey;
  readonly words: {
    /** What it is called where kinds are chosen. */
    readonly name: SentenceKey;
    /** Of each member of its config: what it is called where it is asked for. */
    readonly asks?: Readonly<Record<string, SentenceKey>>;
  };
}

/** What people call a receiver, and what is known of its limits. */
export interface KnownReceiver {
  readonly name: string;
  /** They tell it, with all their subdomains. */
  readonly hosts: readonly string[];
  /** Largest message that it takes, in bytes; null where it names none. */
  readonly limitBytes: number | null;
  /** Its addresses hold the permission themselves: when refused, a new address is needed, not a password. */
  readonly addressIsKey: boolean;
}

/** What an address of a kind looks like. */
export interface AddressForm {
  /** The first is the usual one: `https:`. */
  readonly schemes: readonly string[];
  /** It names a server and nothing behind it: no path, and so no secret either. The ports are those of its schemes. */
  readonly server: Readonly<Record<string, number>> | null;
  /** Said of what is no address, and of one of another scheme. */
  readonly isNone: 'problem.address_invalid' | 'problem.address_no_mail_server';
  readonly isOther: 'problem.address_not_https' | 'problem.address_no_mail_server';
}

export const webAddress: AddressForm = {
  schemes: ['https:'],
  server: null,
  isNone: 'problem.address_invalid',
  isOther: 'problem.address_not_https',
};

/** A host, with or without a path, and nothing of what comes in front: `hooks.slack.com/services/…`. */
export const lacksScheme = (text: string): boolean => /^[\w-]+(?:\.[\w-]+)+(?:[:/?]|$)/.test(text.trim());

const withPort = /^(\s*[a-z][a-z\d+.-]*:\/\/(?:[^/?#@]*@)?(?:\[[^\]/]*\]|[^:/?#@[]+)):(\d+)(?=[/?#\s]|$)/i;

/** The port of an address that no machine has: 0, or past 65535; null where there is none, or one that can be. */
export function wrongPort(text: string): string | null {
  const port = withPort.exec(text)?.[2];
  return port === undefined || (Number(port) >= 1 && Number(port) <= 65_535) ? null : port.slice(0, 12);
}

/** What else an address says is read without its port. */
export const withoutWrongPort = (text: string): string =>
  wrongPort(text) === null ? text : text.replace(withPort, '$1');

/** `desk@hotel.example`: somebody's, which no server's and no receiver's is. */
export const isMailAddress = (text: string): boolean =>
  /^(?:mailto:)?[^\s@/:?#]+@[^\s@/:?#]+\.[^\s@/:?#]+$/i.test(text.trim());

/** What is said of an address, and asked about before it is taken. */
export interface AddressLint {
  readonly name: string;
  /** It is said and nothing is asked: there is nothing wrong with the address. */
  readonly isNote?: true;
  readonly isFound: (address: URL) => boolean;
  readonly asks: Sentence;
}

/**
 * What is said of an address that was not copied whole.
 * @param service what people call its service
 * @param form what a whole one looks like
 */
export const halfAddress = (
  name: string,
  service: string,
  form: string,
  isFound: AddressLint['isFound'],
): AddressLint => ({ name, isFound, asks: sentence('problem.address_half', { service, form }) });

/** Whether a name is one of these hosts, or of one below them. */
export const isUnder = (hostname: string, hosts: readonly string[]): boolean =>
  hosts.some((host) => hostname === host || hostname.endsWith(`.${host}`));

/** A kind that differs from the webhook only in what is given here. */
export const likeWebhook = (
  kind: Pick<EndpointKind, 'name' | 'receivers' | 'words'> & Partial<EndpointKind>,
): EndpointKind => ({
  options: endpointOptions,
  stored: storedOptions,
  usual: {},
  config: z.strictObject({}),
  secrets: [],
  sendsEvents: true,
  lints: [],
  address: webAddress,
  isSigned: true,
  ...kind,
});

/** @param more what differs from a receiver that names no limit and whose addresses hold the permission themselves */
export const receiver = (name: string, hosts: readonly string[], more: Partial<KnownReceiver> = {}): KnownReceiver => ({
  name,
  hosts,
  limitBytes: null,
  addressIsKey: true,
  ...more,
});
