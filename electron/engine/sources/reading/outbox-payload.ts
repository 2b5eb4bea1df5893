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
 * @param created likewise, when the row was written; null: it does not say
 */
export function outboxRaw(event: string, payload: string, created: string | null = null): string {
  const text: unknown = payload.startsWith('"') ? JSON.parse(payload) : null;
  const said = `{"event":${event},${created === null ? '' : `"timestamp":${created},`}`;
  if (typeof text !== 'string') return `${said}"data":${payload}}`;
  if (objectIn(text)) return `${said}"data":${text.trim()}}`;
  if (meantAsJson.test(text)) return `${said}"payload":${payload}}`;
  return `${said}"data":{"payload":${payload}}}`;
}

/** @returns what the shape sees, or where the payload is no JSON */
// biome-ignore lint/correctness/useYield: as the other kinds' messages are opened, in steps
export function* openedOutbox(raw: string): Generator<void, { readonly text: string } | { readonly says: Sentence }> {
  const row = unreadPayload(raw);
  if (row === null) return { text: raw };
  try {
    JSON.parse(row.payload);
    const said = [`"event":${JSON.stringify(row.event)}`];
    if (row.timestamp !== undefined) said.push(`"timestamp":${JSON.stringify(row.timestamp)}`);
    return { text: `{${said.join(',')},"data":${row.payload}}` };
  } catch (error) {
    return { says: whereItGoesWrong(row.payload, 'payload', String(error)) };
  }
}

interface UnreadRow {
  readonly event: unknown;
  readonly timestamp?: unknown;
  readonly payload: string;
}

function unreadPayload(raw: string): UnreadRow | null {
  if (!raw.includes('"payload"')) return null;
  let row: Partial<UnreadRow> | null;
  try {
    row = JSON.parse(raw);
  } catch {
    return null;
  }
  if (typeof row?.payload !== 'string' || row.event === undefined) return null;
  const { event, payload, timestamp, ...others } = row;
  // A row of a watched table may have such columns too, beside others.
  return Object.keys(others).length > 0 ? null : { event, payload, timestamp };
}

function objectIn(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null;
  } catch {
    return false;
  }
}
