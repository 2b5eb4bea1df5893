/** What an endpoint would send of an event, and how many of the last events its rules let through. */
import type { EndpointRules } from '../../../shared/endpoint-kinds/rules.ts';
import { RelayError } from '../../../shared/errors.ts';
import type { EventType } from '../../../shared/events.ts';
import { isNoticeType, type NoticeData } from '../../../shared/notices.ts';
import { sampleText } from '../../../shared/samples.ts';
import type { Preview } from '../../../shared/schemas.ts';
import { sentence } from '../../../shared/sentences/sentence.ts';
import { behaviourOf } from '../endpoints/kinds/index.ts';
import type { KindSetUp } from '../endpoints/kinds/kind.ts';
import { faultOfMessage } from '../endpoints/kinds/message-fault.ts';
import type { Present } from '../reader/present.ts';
import { compileRules } from '../shaping/rules.ts';
import type { ShapeScope } from '../shaping/scope.ts';
import type { ReadHandle } from '../store/connection.ts';

/** A preview that is asked for, with what only the delivering thread knows. */
export interface PreviewOrder {
  readonly setUp: KindSetUp;
  /** Where it would go; null where that is not known. */
  readonly address: string | null;
  readonly property: ShapeScope['property'];
  /** What a sample is of. */
  readonly propertyId: string;
  /** Of a notice's sample. */
  readonly language: NoticeData['language'];
  readonly eventId: string | null;
  readonly sample: EventType | null;
  readonly lastOf: EventType | null;
  readonly rules: EndpointRules | null;
  readonly types: readonly EventType[];
}

export type PreviewMade = Pick<Preview, 'of' | 'body' | 'problem' | 'refused' | 'passing'> & {
  /** Names and values in one flat list. */
  readonly contentHeaders: readonly string[];
};

interface StoredEvent {
  readonly id: Preview['of']['id'];
  readonly at: Preview['of']['at'];
  readonly event: EventType;
  readonly timestamp: string;
  readonly dataText: string;
  readonly propertyId: string;
}

const mostTried = 1_000;
/** So far back the last event of a type is looked for. */
const mostLookedBack = 5_000;
const columns = `id, received_at AS at, type AS event, occurred_at AS timestamp, data AS dataText,
  property_id AS propertyId FROM events`;

export const previewStatements = {
  byId: `SELECT ${columns} WHERE id = ?`,
  newest: `SELECT ${columns} ORDER BY seq DESC LIMIT ?`,
  lastOf: `SELECT ${columns} WHERE seq > (SELECT max(seq) FROM events) - ? AND type = ? ORDER BY seq DESC LIMIT 1`,
} as const;

export function createPreview(reader: ReadHandle) {
  const byId = reader.prepare<[string], StoredEvent>(previewStatements.byId);
  const newest = reader.prepare<[number], StoredEvent>(previewStatements.newest);
  const lastOfType = reader.prepare<[number, string], StoredEvent>(previewStatements.lastOf);

  function stored(order: PreviewOrder): StoredEvent | undefined {
    const { eventId, sample, lastOf } = order;
    if (eventId !== null) return byId.get(eventId);
    if (lastOf !== null) return lastOfType.get(mostLookedBack, lastOf);
    return sample === null ? newestOf(order) : undefined;
  }

  /** The newest that it would get: of its types, and past its rules. */
  function newestOf({ rules, types }: PreviewOrder): StoredEvent | undefined {
    const passes = rules === null ? () => true : compileRules(rules);
    for (const event of newest.iterate(mostTried)) {
      if (types.includes(event.event) && (isNoticeType(event.event) || passes(event))) return event;
    }
    return undefined;
  }

  function eventFor(order: PreviewOrder, { wallMs }: Present): StoredEvent {
    const { eventId, sample, lastOf, propertyId, language, types } = order;
    const found = stored(order);
    if (found) return found;
    if (eventId !== null) throw new RelayError('not_found', sentence('problem.event_gone'), { detail: eventId });
    const event = lastOf ?? sample ?? types[0] ?? 'booking.created';
    const timestamp = new Date(wallMs).toISOString();
    return { id: null, at: null, event, timestamp, dataText: sampleText(event, false, language), propertyId };
  }

  /** One at a time: of a thousand large ones not all are in memory. */
  function passing({ rules, types }: PreviewOrder): Preview['passing'] {
    if (rules === null) return null;
    const passes = compileRules(rules);
    let looked = 0;
    let passed = 0;
    for (const event of newest.iterate(mostTried)) {
      if (!types.includes(event.event) || isNoticeType(event.event)) continue;
      looked += 1;
      if (passes(event)) passed += 1;
    }
    return { looked, passed };
  }

  return (order: PreviewOrder, present: Present): PreviewMade => {
    const { setUp, address, property } = order;
    const { id, at, ...event } = eventFor(order, present);
    const behaviour = behaviourOf(setUp.kind);
    const scope: ShapeScope = { ...event, eventId: id ?? 'evt_sample', test: id === null, property };
    const made = behaviour.isShared ? { ok: true as const, ...behaviour.shape(event) } : behaviour.shape(scope, setUp);
    const whole = { of: { event: event.event, id, at }, passing: passing(order) };
    if (made.ok) {
      const body = made.body.toString('utf8');
      const refused = faultOfMessage(behaviour, body, address)?.says ?? null;
      return { ...whole, body, contentHeaders: made.headers, problem: null, refused };
    }
    const { line, column, why } = made.problem;
    const problem = { member: made.member ?? 'template', line, column, says: why };
    return { ...whole, body: null, contentHeaders: [], problem, refused: null };
  };
}
