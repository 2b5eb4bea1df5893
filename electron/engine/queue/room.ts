/**
 * How many bytes of events may be in flight at once, all endpoints together: 100 in flight of 1 MB at each of five
 * endpoints took 1.6 GB. Order is kept: where there is no room for the next one, an endpoint's others wait behind it.
 * Nobody is starved: small events need no room, and an endpoint with nothing large in flight may always send one.
 */

/** Of what counts, in bytes of memory. */
const mostBytes = 64 * 1024 * 1024;
/** Smaller ones do not count: their number is bounded by the endpoints' limits. */
const smallBytes = 64 * 1024;

export interface Room {
  /** Whether one of this size may go out to an endpoint now. */
  has(endpointNo: number, sizeBytes: number): boolean;
  take(endpointNo: number, sizeBytes: number): void;
  give(endpointNo: number, sizeBytes: number): void;
}

/** @param limitBytes tests give their own */
export function createRoom(limitBytes: number = mostBytes): Room {
  const ofEndpoint = new Map<number, number>();
  let total = 0;

  function add(endpointNo: number, bytes: number): void {
    total += bytes;
    const left = (ofEndpoint.get(endpointNo) ?? 0) + bytes;
    if (left > 0) ofEndpoint.set(endpointNo, left);
    else ofEndpoint.delete(endpointNo);
  }

  return {
    has: (endpointNo, sizeBytes) =>
      sizeBytes <= smallBytes || total + sizeBytes <= limitBytes || !ofEndpoint.has(endpointNo),
    take(endpointNo, sizeBytes) {
      if (sizeBytes > smallBytes) add(endpointNo, sizeBytes);
    },
    give(endpointNo, sizeBytes) {
      if (sizeBytes > smallBytes) add(endpointNo, -sizeBytes);
    },
  };
}
