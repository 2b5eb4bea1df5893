/**
 * The payload of an outbox's row. One that was meant as JSON and is none is kept as it came, and read again whenever the
 * message is: a person mends it there.
 */
import type { Sentence } from '../../../../shared/domain.ts';
import { whereItGoesWrong } from '../../intake/messages.ts';

/** `{` begins no plain text; `[` may: "[VIP] late". */
const meantAsJson = /^\s*(?:\{|\[\s*[{"])/;

/**
 * A row as our envelope: what a shape makes of it, or what it is already. A text that holds a JSON object is that object.
 *
 * @param event the column's value, as JSON
 * @param payload likewise
 */
export function outboxRaw(event: string, payload: string): string {
  const text: unknown = payload.startsWith('"') ? JSON.parse(payload) : null;
  if (typeof text !== 'string') return `{"event":${event},"data":${payload}}`;
  if (objectIn(text)) return `{"event":${event},"data":${text.trim()}}`;
  if (meantAsJson.test(text)) return `{"event":${event},"payload":${payload}}`;
  return `{"event":${event},"data":{"payload":${payload}}}`;
}

/** @returns what the shape sees, or where the payload is no JSON */
// biome-ignore lint/correctness/useYield: as the other kinds' messages are opened, in steps
export function* openedOutbox(raw: string): Generator<void, { readonly text: string } | { readonly says: Sentence }> {
  const row = unreadPayload(raw);
  if (row === null) return { text: raw };
  try {
    JSON.parse(row.payload);
    return { text: `{"event":${JSON.stringify(row.event)},"data":${row.payload}}` };
  } catch (error) {
    return { says: whereItGoesWrong(row.payload, 'payload', String(error)) };
  }
}

function unreadPayload(raw: string): { readonly event: unknown; readonly payload: string } | null {
  if (!raw.includes('"payload"')) return null;
  let row: { readonly event?: unknown; readonly payload?: unknown } | null;
  try {
    row = JSON.parse(raw);
  } catch {
    return null;
  }
  // A row of a watched table may have such columns too, beside others.
  if (typeof row?.payload !== 'string' || Object.keys(row).length !== 2 || row.event === undefined) return null;
  return { event: row.event, payload: row.payload };
}

function objectIn(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null;
  } catch {
    return false;
  }
}
