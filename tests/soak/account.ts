/**
 * What a soak has to account for, in arrays of one size from the beginning: an account that grew would hide an engine that
 * does.
 */

export interface Account {
  /** The PMS was told that event `n` is safe; these endpoints (a bit each) want it. */
  acknowledged(n: number, wanted: number): void;
  /** An endpoint answered 2xx to it. */
  taken(endpoint: number, n: number, entity: number): void;
  /** Endpoints (a bit each) that want it and have not got it. */
  missing(n: number): number;
  /** @param heldFor what the engine still holds of an event: for endpoints of these bits it waits, or needs a person */
  sum(heldFor: { readonly waiting: ReadonlyMap<number, number>; readonly attention: ReadonlyMap<number, number> }): Sum;
  /** Something that must never happen, in words. */
  fault(what: string): void;
  readonly faults: readonly string[];
  readonly duplicates: number;
}

/** Numbers of events; they add up to `events`. */
export interface Sum {
  readonly events: number;
  readonly delivered: number;
  readonly waiting: number;
  readonly needsAttention: number;
  /** No endpoint wanted them. */
  readonly skipped: number;
  readonly lost: number;
}

const mostFaults = 50;

/** @param most events there will be, and things that they are about */
export function createAccount(most: number, endpoints: number): Account {
  const isAcknowledged = new Uint8Array(most);
  const wantedBy = new Uint8Array(most);
  const takenBy = new Uint8Array(most);
  const latest = Array.from({ length: endpoints }, () => new Int32Array(most).fill(-1));
  const faults: string[] = [];
  let duplicates = 0;
  const fault = (what: string) => {
    if (faults.length < mostFaults) faults.push(what);
  };
  const missing = (n: number) => (wantedBy[n] ?? 0) & ~(takenBy[n] ?? 0);

  return {
    acknowledged(n, wanted) {
      if (isAcknowledged[n] === 1) fault(`event ${n} was acknowledged twice`);
      isAcknowledged[n] = 1;
      wantedBy[n] = wanted;
    },
    taken(endpoint, n, entity) {
      const bit = 1 << endpoint;
      if (((takenBy[n] ?? 0) & bit) !== 0) {
        duplicates += 1;
        return;
      }
      takenBy[n] = (takenBy[n] ?? 0) | bit;
      const line = latest[endpoint];
      if (line === undefined) return fault(`event ${n} came to endpoint ${endpoint}, which is none`);
      const before = line[entity] ?? -1;
      if (n < before) fault(`event ${n} of ${entity} came to endpoint ${endpoint} after ${before}`);
      line[entity] = Math.max(before, n);
    },
    missing,
    fault,
    sum({ waiting, attention }) {
      const counted = { events: 0, delivered: 0, waiting: 0, needsAttention: 0, skipped: 0, lost: 0 };
      for (let n = 0; n < most; n += 1) {
        if (isAcknowledged[n] === 0) {
          if (takenBy[n] !== 0) fault(`event ${n} came and was never acknowledged`);
          continue;
        }
        counted.events += 1;
        const left = missing(n);
        const waits = waiting.get(n) ?? 0;
        const needs = attention.get(n) ?? 0;
        if (wantedBy[n] === 0) counted.skipped += 1;
        else if (left === 0) counted.delivered += 1;
        else if ((left & ~(waits | needs)) !== 0) counted.lost += 1;
        else if ((left & waits) !== 0) counted.waiting += 1;
        else counted.needsAttention += 1;
      }
      return counted;
    },
    faults,
    get duplicates() {
      return duplicates;
    },
  };
}

/** The run's last line. */
export const sumLine = ({ events, delivered, waiting, needsAttention, skipped, lost }: Sum): string =>
  `events ${events}, delivered ${delivered}, waiting ${waiting}, needs attention ${needsAttention}, skipped ${skipped}, ` +
  `lost ${lost}`;

export const addsUp = ({ events, delivered, waiting, needsAttention, skipped, lost }: Sum): boolean =>
  events === delivered + waiting + needsAttention + skipped + lost;
