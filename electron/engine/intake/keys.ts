/**
 * Keys by which a repeated request is known again (decisions 15 and 39): the `Idempotency-Key` of the whole request,
 * the PMS's own id of an event, and another Roost Relay's; where there is none of them, a key derived from what a PMS
 * with timestamps said.
 */
import { hash } from 'node:crypto';
import { sentence } from '../../../shared/sentences/sentence.ts';
import type { ReceivedEvent, ReceivedEvents } from './parse.ts';
import { IntakeRefusal } from './refusal.ts';

export interface EventKey {
  readonly key: string;
  readonly bodyHash: Buffer;
  /** Explicit keys can be in conflict with another body; a derived one holds the body's own hash. */
  readonly explicit: boolean;
}

/** SHA-256 over what was received, after masking: what two requests with one key are compared by. */
function bodyHash(event: ReceivedEvent): Buffer {
  const head = JSON.stringify([event.type, event.timestamp, event.propertyId, event.id]);
  return hash('sha256', `${head}\n${event.dataText}`, 'buffer');
}

/**
 * The keys of one event: any of them that came before with the same content makes it a repetition (decision 39).
 * None where nothing tells a repetition from a second event.
 * @param relayEventId the event's id in another Roost Relay that hands it on
 * @param isKeyed the whole request has a key: then none is derived
 * @param isShaped a shape made the event's id of what came
 */
export function keysOfEvent(
  event: ReceivedEvent,
  relayEventId: string | null,
  { isKeyed, isShaped }: { readonly isKeyed: boolean; readonly isShaped: boolean },
): readonly EventKey[] {
  if (isShaped && event.id !== null && tellsNoChangesApart(event.id, event.timestamp)) {
    const ofContent = bodyHash(event);
    const key = `id:${event.id}#${ofContent.toString('base64url')}`;
    return [{ key, bodyHash: ofContent, explicit: false }];
  }
  const names = [
    ...(event.id === null ? [] : [`id:${event.id}`]),
    ...(relayEventId === null ? [] : [`relay:${relayEventId}`]),
  ];
  const isDerived = names.length === 0 && !isKeyed && event.timestamp !== null;
  if (names.length === 0 && !isDerived) return [];
  const whole = bodyHash(event);
  if (isDerived) return [{ key: `derived:${whole.toString('base64url')}`, bodyHash: whole, explicit: false }];
  return names.map((key) => ({ key, bodyHash: whole, explicit: true }));
}

/**
 * A shape that has no better id makes one of a record and when it was written. A clock of whole seconds (Odoo's
 * `write_date`, QloApps' `date_upd`) shows two changes alike: then what came is part of its key, so that both arrive and
 * a repetition is known.
 */
const tellsNoChangesApart = (id: string, timestamp: string | null): boolean =>
  wholeSecond.test(id) || (timestamp !== null && id.split(/\D+/).includes(`${Date.parse(timestamp) / 1000}`));

/** `2026-05-01 10:00:00`, `2026-05-01T10:00`, `20260501100000`; no fraction of a second but zeros behind it. */
const wholeSecond = /(?<!\d)(?:19|20)\d\d(-?)[01]\d\1[0-3]\d[T ]?[0-2]\d(?::?[0-5]\d){1,2}(?:[.,]0*)?(?![.,:]?\d)/;

/** The key of a whole request. */
export function keyOfRequest(idempotencyKey: string, { events, form }: ReceivedEvents): EventKey {
  const all = Buffer.concat([Buffer.from(form), ...events.map(bodyHash)]);
  return { key: `request:${idempotencyKey}`, bodyHash: hash('sha256', all, 'buffer'), explicit: true };
}

/** @throws IntakeRefusal 400 where the header is no key */
export const readIdempotencyKey = (header: string | string[] | undefined, name = 'Idempotency-Key'): string | null =>
  readKey(name, header);

/** `X-RoostSync-Event-Id`, as another Roost Relay sends it. @throws IntakeRefusal 400 where the header is no key */
export const readRelayEventId = (header: string | string[] | undefined): string | null =>
  readKey('X-RoostSync-Event-Id', header);

function readKey(name: string, header: string | string[] | undefined): string | null {
  if (header === undefined || header === '') return null;
  const expected = '1 to 255 visible ASCII characters';
  if (typeof header === 'string' && /^[\x21-\x7e](?:[\x20-\x7e]{0,253}[\x21-\x7e])?$/.test(header)) return header;
  throw new IntakeRefusal(400, 'bad_key', sentence('refusal.bad_key', { member: name }), { member: name, expected });
}

export const keyConflict = (member: string): IntakeRefusal =>
  new IntakeRefusal(409, 'key_conflict', sentence('refusal.key_conflict', { member }), {
    member,
    expected: 'the same content again, or another key',
  });
