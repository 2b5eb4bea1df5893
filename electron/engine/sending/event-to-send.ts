/** An event on its way: what its endpoints share of it is made once. */
import type { EventForBody, Shaped, SharedBodies } from '../endpoints/kinds/kind.ts';
import { memoryShare } from '../memory-share.ts';
import { type EventStore, memoryOf, type StoredEvent } from '../store/events.ts';

export class EventToSend {
  readonly stored: StoredEvent;
  private data: Shaped | null = null;
  private shared: { readonly by: SharedBodies; readonly shaped: Shaped } | null = null;

  constructor(stored: StoredEvent) {
    this.stored = stored;
  }

  /** About what it takes in memory. */
  get sizeBytes(): number {
    return memoryOf(this.stored.data.length);
  }

  /** What is signed and sent to an endpoint of a kind whose bodies are the event's alone. */
  shapedFor(behaviour: SharedBodies): Shaped {
    if (this.shared?.by !== behaviour) this.shared = { by: behaviour, shaped: behaviour.shape(this.forBody) };
    return this.shared.shaped;
  }

  /** What its bodies are shaped of, where each endpoint has its own. */
  get unshaped(): Shaped {
    this.data ??= { body: Buffer.from(this.stored.data, 'utf8'), headers: [] };
    return this.data;
  }

  private get forBody(): EventForBody {
    const { type, occurredAt, data, propertyId } = this.stored;
    return { event: type, timestamp: occurredAt, dataText: data, propertyId };
  }
}

/** So many of the events that were read last are kept, for the next endpoint that wants them; of large ones fewer. */
const keptEvents = 100;
const mostKeptBytes = 16 * 1024 * 1024;
const keptParts = 24;

/** Reads events for sending; those read last are at hand for the other endpoints. */
export function createEventCache(events: EventStore): (seq: number) => EventToSend {
  const kept = new Map<number, EventToSend>();
  const limitBytes = memoryShare(mostKeptBytes, keptParts);
  let keptBytes = 0;

  /** The one that was read first. */
  function forgetOne(): void {
    for (const [seq, { sizeBytes }] of kept) {
      kept.delete(seq);
      keptBytes -= sizeBytes;
      return;
    }
  }

  return (seq) => {
    const present = kept.get(seq);
    if (present) return present;
    const stored = events.forSending(seq);
    if (!stored) throw new Error(`Event ${seq} of a waiting delivery is not in the store.`);
    const event = new EventToSend(stored);
    while (kept.size >= keptEvents || (kept.size > 0 && keptBytes + event.sizeBytes > limitBytes)) forgetOne();
    kept.set(seq, event);
    keptBytes += event.sizeBytes;
    return event;
  };
}
