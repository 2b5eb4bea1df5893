/** What a template can name of an event: `event`, `timestamp`, `data` and the rest. */
import type { EventType } from '../../../shared/events.ts';
import type { NumberRule } from '../../../shared/source-shaping.ts';
import { readLossless } from './lossless.ts';
import { type Message, messageOf } from './message.ts';

export interface ShapeScope {
  readonly event: EventType;
  /** UTC, ISO 8601. */
  readonly timestamp: string;
  /** `data` as it is stored: JSON text. */
  readonly dataText: string;
  readonly propertyId: string;
  readonly eventId: string;
  /** A test send. */
  readonly test: boolean;
  /** What a person chose for this endpoint's kind, without what is secret: `config.chatId`. */
  readonly config?: Readonly<Record<string, unknown>>;
  readonly property: {
    readonly name: string | null;
    /** ISO 4217. */
    readonly currency: string | null;
    /** BCP 47: how money and days are written. */
    readonly locale: string;
    /** IANA name. */
    readonly timeZone: string;
  };
}

/** For filters, which see what the template sees: not under a name, so that no template does. */
const whole = Symbol('scope');

/** What a filter goes by. */
export interface FilterScope {
  readonly property: ShapeScope['property'];
  /** Of a message that came in: what the system's own types are called here. */
  readonly types?: Readonly<Record<string, string>>;
  /** Of its source: how it writes numbers. */
  readonly numbers?: NumberRule | undefined;
}

export interface Variables {
  readonly [whole]: FilterScope;
}

/** The names as a template has them. What takes a while is made when it is first asked for. */
export function variablesOf(scope: ShapeScope): Variables {
  let data: unknown;
  let message: Message | undefined;
  return {
    [whole]: scope,
    event: scope.event,
    timestamp: scope.timestamp,
    property_id: scope.propertyId,
    event_id: scope.eventId,
    test: scope.test,
    config: scope.config ?? {},
    property: {
      id: scope.propertyId,
      name: scope.property.name,
      currency: scope.property.currency,
      locale: scope.property.locale,
      time_zone: scope.property.timeZone,
    },
    get data() {
      data ??= readLossless(scope.dataText);
      return data;
    },
    get message() {
      message ??= messageOf(scope);
      return message;
    },
  } as Variables;
}

/** What came from a source, and what a template that makes an event of it can name. */
export interface MessageScope {
  /** As it came: JSON text. */
  readonly raw: string;
  readonly types: Readonly<Record<string, string>>;
  /** How its source writes numbers; absent: nobody has said. */
  readonly numbers?: NumberRule;
  /** The source's own property, where it has one. */
  readonly propertyId: string | null;
  readonly property: ShapeScope['property'];
}

/** The names as such a template has them: `message`, `types`, `property`. */
export function variablesOfMessage({ raw, types, numbers, propertyId, property }: MessageScope): Variables {
  const message = readLossless(raw);
  return {
    [whole]: { property, types, numbers },
    message,
    types,
    property_id: propertyId,
    property: {
      id: propertyId,
      name: property.name,
      currency: property.currency,
      locale: property.locale,
      time_zone: property.timeZone,
    },
  } as Variables;
}

/** What is rendered, of what a filter has at hand. */
export const scopeOf = (variables: unknown): FilterScope => (variables as Variables)[whole];
