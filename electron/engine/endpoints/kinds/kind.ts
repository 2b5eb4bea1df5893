/** How a kind of endpoint makes requests of events, and what it makes of answers. Its description: `shared/endpoint-kinds/`. */
import type { Sentence } from '../../../../shared/domain.ts';
import type { EndpointKindName } from '../../../../shared/endpoint-kinds/index.ts';
import type { EndpointOptions } from '../../../../shared/endpoint-kinds/options.ts';
import type { EventType } from '../../../../shared/events.ts';
import type { SentenceKey } from '../../../../shared/sentences/sentence.ts';
import type { Evidence, HeaderPairs } from '../../evidence/evidence.ts';
import type { Judgement } from '../../evidence/judgement.ts';
import type { ShapeScope } from '../../shaping/scope.ts';
import type { ShapeProblem } from '../../shaping/shape.ts';
import type { Message, MessageFault } from './message-fault.ts';

export interface EventForBody {
  readonly event: EventType;
  /** UTC, ISO 8601. */
  readonly timestamp: string;
  /** `data` as it came, after masking: JSON text, taken over byte for byte. */
  readonly dataText: string;
  readonly propertyId: string;
}

/** A kind as one endpoint has it: what a person chose. The same object until that changes. */
export interface KindSetUp {
  readonly kind: EndpointKindName;
  readonly options: EndpointOptions;
  /** As the kind's `config` says, secrets among it. */
  readonly config: Readonly<Record<string, unknown>>;
  /** What is secret of it, as text. */
  readonly secrets: readonly string[];
}

export interface Shaped {
  /** The exact bytes that are signed and sent. */
  readonly body: Buffer;
  /** What they are: names and values in one flat list, before all other headers. */
  readonly headers: readonly string[];
}

/** What becomes of an event by a template that may not fit it. */
export type ShapedOrNot =
  | ({ readonly ok: true } & Shaped)
  /** `member` of the config: `template` unless given. */
  | { readonly ok: false; readonly problem: ShapeProblem; readonly member?: string };

/** A second header that says the signature: with or without `sha256=` before its hex digits. */
export interface AlsoSigned {
  readonly name: string;
  readonly bareHex: boolean;
}

/** An answer that came whole. */
export interface Answer {
  readonly status: number;
  readonly headers: HeaderPairs;
  /** The beginning of what it said, without our secrets. */
  readonly body: Uint8Array;
  /** Its redirect was followed; whatever is here then, it had taken the event before. */
  readonly followed?: boolean;
}

/** Who answered. */
export interface Receiver {
  /** What a person calls it. */
  readonly name: string;
  readonly setUp: KindSetUp;
}

interface Behaviour {
  /** What an answer means that is not HTTP's. */
  readonly answerMeans?: (evidence: Evidence) => Judgement;
  /** Where it can send what fell due in a while as one. */
  readonly digest?: {
    /** How long that is, in milliseconds; null where a person wants each event by itself. */
    readonly everyMs: (setUp: KindSetUp) => number | null;
    /** One body of several, in their order. */
    readonly join: (parts: readonly Shaped[]) => Shaped;
  };
  /** What of a config cannot be, beyond its schema: the member, and what is wrong with it. Null where it is well. */
  readonly fault?: (setUp: KindSetUp) => { readonly member: string; readonly says: Sentence } | null;
  /** Where it is sent, where that is not the address itself. */
  readonly addressOf?: (address: string, setUp: KindSetUp) => string;
  /** Headers of its own, as an operator could add them: their values are as secret. */
  readonly headersOf?: (setUp: KindSetUp) => readonly { readonly name: string; readonly value: string }[];
  /**
   * Where its redirect is followed to, once, with a GET without body or headers of ours; null for all others. What it
   * redirects so it has taken: it is never sent again, whatever becomes of the GET.
   */
  readonly follows?: (status: number, headers: HeaderPairs) => string | null;
  /** Of what a status says, what is said here in its place: the field that is wrong, by the name that it has in the form. */
  readonly says?: Partial<Readonly<Record<SentenceKey, SentenceKey>>>;
  readonly alsoSigned?: (setUp: KindSetUp) => AlsoSigned | null;
  /**
   * Of the answers that this kind knows better than their status tells, what they mean: of a receiver, say, that answers
   * 200 and means no. Null for all others. Never asked where the trouble is on this side.
   */
  readonly judge: (answer: Answer, at: Receiver) => Judgement | null;
}

/** Its body is the event's alone: made once and sent to all endpoints of the kind, and known wherever the event is. */
export interface SharedBodies extends Behaviour {
  readonly isShared: true;
  readonly shape: (event: EventForBody) => Shaped;
}

/** Its body differs from endpoint to endpoint, and is made at each attempt, in the thread that sends. */
export interface OwnBodies extends Behaviour {
  readonly isShared: false;
  readonly shape: (event: ShapeScope, setUp: KindSetUp) => ShapedOrNot;
  /**
   * Of a service that takes JSON objects of one form: why it would certainly refuse one. Null where nothing is known
   * against it.
   * @param address where it goes; null where that is not known
   */
  readonly refuses?: (message: Message, address: URL | null) => MessageFault | null;
}

/** Pure, both of them: a value in, a value out. */
export type EndpointBehaviour = SharedBodies | OwnBodies;
