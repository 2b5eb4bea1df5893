/** What a kind of endpoint is, for whoever sets one up or reads of it. How it shapes a body: `engine/endpoints/kinds/`. */
import type { Sentence } from '../domain.ts';
import type { endpointOptions, storedOptions } from './options.ts';

export interface EndpointKind {
  /** As it is stored. */
  readonly name: string;
  /** Receivers that many properties use and that take this kind. */
  readonly receivers: readonly KnownReceiver[];
  /** What a person may choose for it, as it is given; and as it is read from the store. */
  readonly options: typeof endpointOptions;
  readonly stored: typeof storedOptions;
  readonly lints: readonly AddressLint[];
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

/** An address that is taken only after a person's yes. */
export interface AddressLint {
  readonly name: string;
  readonly isFound: (address: URL) => boolean;
  readonly asks: Sentence;
}
