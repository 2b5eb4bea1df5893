/**
 * The payload of an outbox's row. A text that is no JSON is kept as it came, and read again whenever the message is: a person
 * mends it there. Only a shape of somebody's own may make something of a plain text.
 */
import { isEventType } from '../../../../shared/events.ts';
import { whereItGoesWrong } from '../../intake/messages.ts';
import type { MessageReading } from '../../intake/take.ts';

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
  return `${said}"payload":${payload}}`;
}

/**
 * @param readsTexts a plain text is no mistake: its shape sees it as `data.payload`
 * @returns what the shape sees, or where the payload is no JSON
 */
export function openedOutbox(readsTexts: boolean): NonNullable<MessageReading['open']> {
  return function* (raw) {
    const row = unreadPayload(raw);
    if (row === null) return { text: raw };
    const { event, timestamp, payload } = row;
    const opened = (data: string) => {
      const said = JSON.stringify(timestamp === undefined ? { event } : { event, timestamp });
      return { text: `${said.slice(0, -1)},"data":${data}}` };
    };
    try {
      JSON.parse(payload);
      return opened(payload);
    } catch (error) {
      if (readsTexts && !meantAsJson.test(payload)) return opened(JSON.stringify({ payload }));
      return { says: whereItGoesWrong(payload, 'payload', String(error)) };
    }
  };
}

/** `{` begins no plain text; `[` may: "[VIP] late". */
const meantAsJson = /^\s*(?:\{|\[\s*[{"]|$)/;

/** Whether a row is our envelope already, as our own script writes it: a preset is for what its system itself says. */
export function isEnvelope(raw: string): boolean {
  try {
    const { event, timestamp: _, data, ...others } = JSON.parse(raw) as Readonly<Record<string, unknown>>;
    const isOurs = typeof event === 'string' && isEventType(event) && Object.keys(others).length === 0;
    return isOurs && typeof data === 'object' && data !== null && !Array.isArray(data);
  } catch {
    return false;
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
