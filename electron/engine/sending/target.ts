/** An endpoint as sending needs it. */
import type { EndpointId, EndpointSwitch, UtcMs } from '../../../shared/domain.ts';
import type { EndpointOptions } from '../../../shared/endpoint-kinds/options.ts';
import type { EndpointBehaviour, KindSetUp } from '../endpoints/kinds/kind.ts';
import type { CustomHeader } from './custom-headers.ts';
import type { SigningKeys } from './signing.ts';

/** What a request to an endpoint is made from. */
export interface Access {
  readonly url: string;
  /** With its port, as `Host` says it. */
  readonly hostAndPort: string;
  readonly host: string;
  readonly headers: readonly CustomHeader[];
  readonly keys: SigningKeys;
}

export interface Target {
  readonly no: number;
  readonly id: EndpointId;
  readonly switch: EndpointSwitch;
  /** Null where it has no description. */
  readonly name: string | null;
  readonly local: boolean;
  /** It points at the test bench: what goes out does not reach its receiver. */
  readonly toBench: boolean;
  /** Of its receiver, or of the test bench while it points there. */
  readonly ownPem: string | null;
  /** Of its kind. */
  readonly behaviour: EndpointBehaviour;
  readonly options: EndpointOptions;
  /** Its kind with what was chosen for it; null where something of that cannot be decrypted now. */
  readonly ofKind: KindSetUp | null;
  /** Names kind and config as they are now: by it attempts with one template are told from those with another. */
  readonly shapeVersion: string;
  /** What falls due for it within so many milliseconds goes out as one; null where everything goes out by itself. */
  readonly digestMs: number | null;
  /** The wall clock's time. */
  readonly pausedUntil: UtcMs | null;
  /** Null where something of it cannot be decrypted now: its deliveries wait. */
  readonly access: Access | null;
}

/** What a person calls it; empty where nothing of it can be read now. */
export const targetName = ({ name, access }: Pick<Target, 'name' | 'access'>): string => name ?? access?.host ?? '';
