/**
 * The PMS's side under load: each client posts the events of its own bookings, one after the other, and posts
 * what was not acknowledged again with the same id, as a PMS does after a power cut.
 */
import { Agent, request } from 'undici';
import { eventTypes } from '../../shared/events.ts';
import { isSignedWith, type ReceivedRequest } from '../support/receiver.ts';
import type { Arrival } from './ledger.ts';

export interface LoadTarget {
  readonly port: number;
  readonly token: string;
}

export interface Load {
  /**
   * Posts until `pause` is called; what was under way then is posted again next time. While it runs it goes on as it does:
   * a client with two posts at a time has no order that anybody could keep.
   */
  run(target: LoadTarget): void;
  /** Stops posting; resolves when the last answer, or the end of its connection, is here. */
  pause(): Promise<void>;
}

interface PmsEvent {
  readonly id: string;
  readonly event: string;
  readonly data: { readonly booking_id: string; readonly step: number; readonly note: string };
}

const stepsOfBooking = 5;
/** Between two posts of a client, in milliseconds: keeps the load below the endpoint's highest rate. */
const betweenPostsMs = 20;

/**
 * @param acknowledged is told of each event in a 2xx answer
 * @param unexpected is told of answers that are neither 2xx nor the end of the connection
 */
export function createLoad(
  clients: number,
  acknowledged: (pmsId: string, eventId: string) => void,
  unexpected: (what: string) => void,
): Load {
  const posters = Array.from({ length: clients }, (_, n) => createPoster(n));
  let running = false;
  let finished: Promise<unknown> = Promise.resolve();

  async function post(
    target: LoadTarget,
    agent: Agent,
    events: readonly PmsEvent[],
    ndjson: boolean,
  ): Promise<boolean> {
    const body = ndjson
      ? events.map((event) => `${JSON.stringify(event)}\n`).join('')
      : JSON.stringify(events.length === 1 ? events[0] : events);
    try {
      const answer = await request(`http://127.0.0.1:${target.port}/v1/events`, {
        method: 'POST',
        body,
        headers: {
          authorization: `Bearer ${target.token}`,
          'content-type': ndjson ? 'application/x-ndjson' : 'application/json',
        },
        dispatcher: agent,
      });
      const text = await answer.body.text();
      if (answer.statusCode !== 202) {
        if (answer.statusCode !== 503) unexpected(`${answer.statusCode}: ${text}`);
        return false;
      }
      const ids = eventIdsOf(JSON.parse(text));
      if (ids.length !== events.length) unexpected(`${events.length} events were answered with ${text}`);
      for (const [n, event] of events.entries()) acknowledged(event.id, ids[n] ?? '');
      return true;
    } catch {
      // The engine was killed: nothing was acknowledged.
      return false;
    }
  }

  return {
    run(target) {
      if (running) return;
      running = true;
      const agent = new Agent();
      finished = Promise.all(
        posters.map(async (poster) => {
          while (running) {
            const { events, ndjson } = poster.next();
            if (await post(target, agent, events, ndjson)) poster.done();
            await new Promise((resolve) => setTimeout(resolve, betweenPostsMs));
          }
        }),
      ).finally(() => agent.destroy());
    },
    async pause() {
      running = false;
      await finished;
    },
  };
}

/** One client's endless list of events; `next` gives the same ones until `done`. */
function createPoster(client: number) {
  let made = 0;
  let current: { events: PmsEvent[]; ndjson: boolean } | null = null;
  const make = (): PmsEvent => {
    const booking = Math.floor(made / stepsOfBooking);
    const event: PmsEvent = {
      id: `c${client}-${made}`,
      event: eventTypes[made % eventTypes.length] ?? 'booking.created',
      data: { booking_id: `bk_${client}_${booking}`, step: made % stepsOfBooking, note: 'Zoë, late arrival 🛎' },
    };
    made += 1;
    return event;
  };
  return {
    next() {
      // Mostly single events; every fourth post is an array or NDJSON, which is all or nothing.
      const size = made % 4 === 3 ? 7 : 1;
      current ??= { events: Array.from({ length: size }, make), ndjson: made % 8 >= 4 };
      return current;
    },
    done() {
      current = null;
    },
  };
}

/** The ids in an answer to one event, or to many. */
function eventIdsOf(answer: unknown): string[] {
  const list = Array.isArray(answer) ? answer : ((answer as { events?: unknown[] }).events ?? [answer]);
  return list.map((item) => String((item as { id?: unknown }).id));
}

/** What a receiver got of this load, for the ledger. */
export function arrivalOf(request: ReceivedRequest, secret: string): Arrival {
  const { data } = JSON.parse(request.text) as { data: { booking_id: string; step: number } };
  const [, client, booking] = data.booking_id.split('_');
  return {
    pmsId: `c${client}-${Number(booking) * stepsOfBooking + data.step}`,
    eventId: String(request.headers['x-roostsync-event-id']),
    entity: data.booking_id,
    step: data.step,
    signed: isSignedWith(request, secret),
  };
}
