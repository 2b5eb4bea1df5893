/** An event on its way: its body's bytes are made once and shared by all its deliveries. */

import { bodyBytes } from '../event-body.ts';
import { type EventStore, memoryOf, type StoredEvent } from '../store/events.ts';

export class EventToSend {
  readonly stored: StoredEvent;
  private bytes: Buffer | null = null;

  constructor(stored: StoredEvent) {
    this.stored = stored;
  }

  /** About what it takes in memory. */
  get sizeBytes(): number {
    return memoryOf(this.stored.data.length);
  }

  /** The exact bytes that are signed and sent. */
  get body(): Buffer {
    const { type, occurredAt, data, propertyId } = this.stored;
    this.bytes ??= bodyBytes({ event: type, timestamp: occurredAt, dataText: data, propertyId });
    return this.bytes;
  }
}

/** So many of the events that were read last are kept, for the next endpoint that wants them. */
const keptEvents = 100;

/** Reads events for sending; those read last are at hand for the other endpoints. */
export function createEventCache(events: EventStore): (seq: number) => EventToSend {
  const kept = new Map<number, EventToSend>();
  return (seq) => {
    const present = kept.get(seq);
    if (present) return present;
    const stored = events.forSending(seq);
    if (!stored) throw new Error(`Event ${seq} of a waiting delivery is not in the store.`);
    const event = new EventToSend(stored);
    if (kept.size >= keptEvents) kept.delete(kept.keys().next().value ?? seq);
    kept.set(seq, event);
    return event;
  };
}
