/**
 * Stores events inside the running transaction, each once: by its keys what came before is known again. Whole requests
 * go by it (accept.ts), and the messages of a source that is read (take.ts).
 */
import type { EventId, Sentence } from '../../../shared/domain.ts';
import { propertiesOf } from '../../../shared/property.ts';
import { sentence } from '../../../shared/sentences/sentence.ts';
import { type EngineContext, wallTime } from '../context.ts';
import { createEventKeyTable } from '../store/event-keys.ts';
import type { NewEvent } from '../store/events.ts';
import { createSaidTable } from '../store/said-before.ts';
import type { SourceTable } from '../store/sources.ts';
import { type EventKey, keyConflict, keyOfRequest, keysOfEvent } from './keys.ts';
import type { ReceivedEvent, ReceivedEvents } from './parse.ts';
import { IntakeRefusal } from './refusal.ts';
import { type SaidAgain, saidAgain } from './said-again.ts';

/** From where events come: a source, or the command line and the window (null). */
export interface EventOrigin {
  readonly no: number;
  readonly propertyId: string | null;
}

export interface IntakeRequest {
  readonly received: ReceivedEvents;
  readonly origin: EventOrigin | null;
  readonly idempotencyKey: string | null;
  /** A shape made it of what came. */
  readonly isShaped?: boolean;
  /** It says how a record is, and says so again whenever it is saved. */
  readonly saysStates?: boolean;
  /** The event's id in another Roost Relay that hands it on; of a request with one event alone. */
  readonly relayEventId?: string | null;
  /** Done in the same transaction, once its events are stored. */
  readonly also?: () => void;
  /** The events' ids, where they had some before they came in: what the command line emitted. */
  readonly eventIds?: readonly EventId[];
  /** Endpoints that a person keeps its events from. */
  readonly keptFrom?: readonly number[] | undefined;
  /** When it was handed over, where that was before it came in; UTC milliseconds. */
  readonly handedOverAt?: number;
}

export interface AcceptedEvent {
  readonly id: EventId;
  readonly duplicate: boolean;
  readonly masked: number;
}

export interface StoringParts {
  readonly context: Pick<EngineContext, 'clock' | 'ids' | 'settings' | 'writer'>;
  readonly recordEvent: (event: NewEvent) => unknown;
  readonly sources: Pick<SourceTable, 'all' | 'sawUnordered'>;
}

export interface Storing {
  /**
   * Pauses after each event.
   *
   * @throws IntakeRefusal where an explicit key came before with another content (409) or no property is known (400)
   */
  store(request: IntakeRequest, keys: Keys): Generator<void, readonly AcceptedEvent[]>;
  /**
   * Throws what {@link Storing.store} would, and stores nothing: for a message that is kept then.
   *
   * @param before keys of what would be stored before it; those of this one are added where it would be
   * @returns how many of its events would be new
   */
  check(request: IntakeRequest, keys: Keys, before?: ForeseenKeys): number;
  /** Its events as they would be stored, or were. */
  asStored(request: IntakeRequest, keys: Keys): IntakeRequest;
}

/** Keys of what would be stored, which the store does not know yet. */
export type ForeseenKeys = Map<string, Uint8Array>;

/** `source_no` of keys that came from no source. */
const noSource = 0;

function whichProperty(member: string, ofSources: readonly string[]): Sentence {
  if (ofSources.length === 0) return sentence('refusal.no_property', { member });
  return sentence('refusal.several_properties', { member, properties: ofSources.join(', ') });
}

export function createStoring({ context, recordEvent, sources }: StoringParts): Storing {
  const { clock, ids, settings, writer } = context;
  const keys = createEventKeyTable(writer);
  const said = createSaidTable(writer);

  /** Pauses after each event. */
  function* store(request: IntakeRequest, { requestKey, eventKeys }: Keys): Generator<void, readonly AcceptedEvent[]> {
    const { received, origin } = request;
    const sourceNo = origin?.no ?? noSource;
    const at = wallTime(clock);
    const before = requestKey && repeated(sourceNo, requestKey, 'Idempotency-Key');
    if (before) return before;
    const accepted: AcceptedEvent[] = [];
    for (const [i, event] of received.events.entries()) {
      accepted.push(storeOnce(request, event, i, sourceNo, eventKeys[i] ?? []));
      yield;
    }
    if (requestKey !== null) {
      const answer = accepted.map(({ id, masked }) => [id, masked] as const);
      keys.keep(sourceNo, requestKey.key, { bodyHash: requestKey.bodyHash, answer }, at);
    }
    const unordered = received.events.filter(({ isUnordered }, i) => isUnordered && !accepted[i]?.duplicate).length;
    if (unordered > 0 && request.origin !== null) sources.sawUnordered(sourceNo, unordered);
    return accepted;
  }

  /** Nearly all keys are new: that one is there already is learnt from writing it. */
  function storeOnce(
    request: IntakeRequest,
    event: ReceivedEvent,
    index: number,
    sourceNo: number,
    ofEvent: readonly EventKey[],
  ): AcceptedEvent {
    const { received } = request;
    if (ofEvent.length === 0) return storeNew(request, event, index);
    const at = wallTime(clock);
    const id = request.eventIds?.[index] ?? ids.event(at);
    const isNew = ofEvent.map((one) =>
      keys.keep(sourceNo, one.key, { bodyHash: one.bodyHash, answer: [[id, event.masked]] }, at),
    );
    const known = isNew.indexOf(false);
    if (known < 0) {
      const stored = storeNew(request, event, index, id);
      if (stored.id !== id) for (const { key } of ofEvent) keys.repoint(sourceNo, key, [[stored.id, stored.masked]]);
      return stored;
    }
    let before: AcceptedEvent | undefined;
    for (const [n, one] of ofEvent.entries()) {
      if (isNew[n]) continue;
      const member = one.key.startsWith('relay:') ? 'X-RoostSync-Event-Id' : placeOf(received, index, 'id');
      before ??= repeated(sourceNo, one, member)?.[0];
    }
    if (!before) return storeNew(request, event, index, id);
    // The keys that are new are the known event's too.
    for (const [n, one] of ofEvent.entries()) {
      if (isNew[n]) keys.repoint(sourceNo, one.key, [[before.id, before.masked]]);
    }
    return before;
  }

  function repeated(sourceNo: number, key: EventKey, member: string): readonly AcceptedEvent[] | null {
    const stub = keys.find(sourceNo, key.key);
    if (!stub) return null;
    if (key.explicit && !key.bodyHash.equals(stub.bodyHash)) throw keyConflict(member);
    return stub.answer.map(([id, masked]) => ({ id, duplicate: true, masked }));
  }

  function storeNew(
    request: IntakeRequest,
    event: ReceivedEvent,
    index: number,
    id = request.eventIds?.[index] ?? ids.event(wallTime(clock)),
  ): AcceptedEvent {
    const at = wallTime(clock);
    const again = againOf(request, event);
    if (again?.kind === 'same') return { id: again.before.id, duplicate: true, masked: again.before.masked };
    recordEvent({
      id,
      sourceNo: request.origin?.no ?? null,
      type: again === null ? event.type : 'booking.updated',
      propertyId: propertyOf(request, event, index),
      entityMember: event.entity?.member ?? null,
      entityId: event.entity?.id ?? null,
      occurredAt: event.timestamp ?? new Date(request.handedOverAt ?? at).toISOString(),
      receivedAt: at,
      handedOverAt: request.handedOverAt,
      data: event.dataText,
      summary: event.summary,
      guest: event.summary.guest ?? null,
      rooms: event.rooms,
      pmsId: event.id,
      hints: event.hints,
      masked: event.masked,
      keptFrom: request.keptFrom,
    });
    return { id, duplicate: false, masked: event.masked };
  }

  const againOf = ({ saysStates = false, origin }: IntakeRequest, event: ReceivedEvent): SaidAgain | null =>
    saysStates && origin !== null ? saidAgain(said, origin.no, event) : null;

  function asStored(request: IntakeRequest, { eventKeys }: Keys): IntakeRequest {
    if (!request.saysStates) return request;
    const sourceNo = request.origin?.no ?? noSource;
    const events = request.received.events.map((event, i) => {
      const stub = eventKeys[i]?.map(({ key }) => keys.find(sourceNo, key)).find((one) => one !== undefined);
      const [id] = stub?.answer[0] ?? [];
      const type = id === undefined ? undefined : said.typeOf(id);
      const isChanged = stub === undefined && againOf(request, event)?.kind === 'changed';
      return { ...event, type: type ?? (isChanged ? 'booking.updated' : event.type) };
    });
    return { ...request, received: { ...request.received, events } };
  }

  function propertyOf({ origin, received }: IntakeRequest, event: ReceivedEvent, index: number): string {
    const propertyId = event.propertyId ?? origin?.propertyId ?? settings.current().propertyId;
    if (propertyId !== null) return propertyId;
    // From the window or the command line: where the sources know of one property, there is no other.
    const ofSources = origin === null ? propertiesOf(sources.all()) : [];
    const [only] = ofSources;
    if (only !== undefined && ofSources.length === 1) return only;
    const member = placeOf(received, index, 'property_id');
    throw new IntakeRefusal(400, 'bad_member', whichProperty(member, ofSources), {
      member,
      expected: 'the id of the property',
    });
  }

  function check(request: IntakeRequest, { eventKeys }: Keys, foreseen: ForeseenKeys = new Map()): number {
    const { received, origin } = request;
    const own: ForeseenKeys = new Map();
    let fresh = 0;
    for (const [index, event] of received.events.entries()) {
      propertyOf(request, event, index);
      let isKnown = false;
      for (const { key, bodyHash, explicit } of eventKeys[index] ?? []) {
        const before = own.get(key) ?? foreseen.get(key) ?? keys.find(origin?.no ?? noSource, key)?.bodyHash;
        if (explicit && before && !bodyHash.equals(before)) throw keyConflict(placeOf(received, index, 'id'));
        isKnown ||= before !== undefined;
        own.set(key, bodyHash);
      }
      if (!isKnown && againOf(request, event)?.kind !== 'same') fresh += 1;
    }
    for (const [key, bodyHash] of own) foreseen.set(key, bodyHash);
    return fresh;
  }

  return { store, check, asStored };
}

export interface Keys {
  readonly requestKey: EventKey | null;
  readonly eventKeys: readonly (readonly EventKey[])[];
}

/** Hashed before the transaction: its turn of the thread is long enough. */
export function keysIn({ received, idempotencyKey, relayEventId = null, isShaped = false }: IntakeRequest): Keys {
  const ofRelay = received.form === 'one' ? relayEventId : null;
  return {
    requestKey: idempotencyKey === null ? null : keyOfRequest(idempotencyKey, received),
    eventKeys: received.events.map((event) =>
      keysOfEvent(event, ofRelay, { isKeyed: idempotencyKey !== null, isShaped }),
    ),
  };
}

const placeOf = ({ form }: ReceivedEvents, index: number, member: string): string =>
  form === 'one' ? member : `[${index}].${member}`;
