/** A PMS's timestamp, checked and brought to UTC. */

const form =
  /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?(?:(Z)|([+-])(\d{2})(?::?(\d{2}))?)$/i;

/** What a timestamp has to look like, for a refusal. */
export const timestampExpected = 'ISO 8601 with an offset, such as 2024-03-15T18:30:00+08:00 or 2024-03-15T10:30:00Z';

/**
 * The same moment in UTC, with as many digits of a second as were given; null where `text` is no ISO 8601
 * date and time of a real day, or has no offset (decision 18).
 */
export function toUtcText(text: string): string | null {
  const parts = form.exec(text);
  if (!parts) return null;
  const [, year, month, day, hour, minute, second = '00', fraction, , sign, offsetHours = '00', offsetMinutes = '00'] =
    parts;
  const local = Date.UTC(Number(year), Number(month) - 1, Number(day), Number(hour), Number(minute), Number(second));
  const isReal =
    Number(year) >= 1000 &&
    new Date(local).toISOString().startsWith(`${year}-${month}-${day}T${hour}:${minute}:${second}`);
  if (!isReal || Number(offsetHours) > 18 || Number(offsetMinutes) > 59) return null;
  const offsetMs = (Number(offsetHours) * 60 + Number(offsetMinutes)) * 60_000 * (sign === '-' ? -1 : 1);
  const utc = new Date(local - offsetMs).toISOString();
  if (utc.length !== 24) return null;
  return `${utc.slice(0, 19)}${fraction === undefined ? '' : `.${fraction}`}Z`;
}

/** Whether it is a timestamp but for its offset: at which place on earth it is that time, it does not say. */
export const lacksOffset = (text: string): boolean => toUtcText(`${text.replace(' ', 'T')}Z`) !== null;
