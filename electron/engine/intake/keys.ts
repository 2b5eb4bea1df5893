/**
 * Keys by which a repeated request is known again (decisions 15): the `Idempotency-Key` of the whole request,
 * else the PMS's own id of an event, else a key derived from what a PMS with timestamps said.
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

/** The key of one event, without an `Idempotency-Key`; null where nothing tells a repetition from a second event. */
export function keyOfEvent(event: ReceivedEvent): EventKey | null {
  if (event.id !== null) return { key: `id:${event.id}`, bodyHash: bodyHash(event), explicit: true };
  if (event.timestamp === null) return null;
  const whole = bodyHash(event);
  return { key: `derived:${whole.toString('base64url')}`, bodyHash: whole, explicit: false };
}

/** The key of a whole request. */
export function keyOfRequest(idempotencyKey: string, { events, form }: ReceivedEvents): EventKey {
  const all = Buffer.concat([Buffer.from(form), ...events.map(bodyHash)]);
  return { key: `request:${idempotencyKey}`, bodyHash: hash('sha256', all, 'buffer'), explicit: true };
}

/** @throws IntakeRefusal 400 where the header is no key */
export function readIdempotencyKey(header: string | string[] | undefined): string | null {
  if (header === undefined) return null;
  const expected = '1 to 255 visible ASCII characters';
  if (typeof header === 'string' && /^[\x21-\x7e](?:[\x20-\x7e]{0,253}[\x21-\x7e])?$/.test(header)) return header;
  throw new IntakeRefusal(400, 'bad_key', sentence('refusal.bad_key'), {
    member: 'Idempotency-Key',
    expected,
  });
}

export const keyConflict = (member: string): IntakeRefusal =>
  new IntakeRefusal(409, 'key_conflict', sentence('refusal.key_conflict', { member }), {
    member,
    expected: 'the same content again, or another key',
  });
