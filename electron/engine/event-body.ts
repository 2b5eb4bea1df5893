/** The body of a webhook: product of an event alone, the same for every endpoint and every attempt. */
import type { EventType } from '../../shared/events.ts';

export interface EventForBody {
  readonly event: EventType;
  /** UTC, ISO 8601. */
  readonly timestamp: string;
  /** `data` as it came, after masking: JSON text, taken over byte for byte. */
  readonly dataText: string;
  readonly propertyId: string;
}

/** The exact text that is signed and sent: four members, `data` byte for byte as it came. */
export function bodyText(event: EventForBody): string {
  return `{"event":${JSON.stringify(event.event)},"timestamp":${JSON.stringify(event.timestamp)},"data":${event.dataText},"property_id":${JSON.stringify(event.propertyId)}}`;
}

/** The bytes of {@link bodyText}. */
export function bodyBytes(event: EventForBody): Buffer {
  return Buffer.from(bodyText(event), 'utf8');
}
