/**
 * How many bytes of events may be in flight at once, all endpoints together: 100 in flight of 1 MB at each of five
 * endpoints took 1.6 GB. Order is kept: where there is no room for the next one, an endpoint's others wait behind it.
 * Nobody is starved: small events need no room, and an endpoint with nothing large in flight may always send one. Where
 * a process may have little open, there is room for as many connections only, and for one of each endpoint.
 */

import { memoryShare } from '../memory-share.ts';

/** Of what counts, in bytes of memory. */
const mostBytes = 64 * 1024 * 1024;
const memoryParts = 12;
/** Smaller ones do not count: their number is bounded by the endpoints' limits. */
const smallBytes = 64 * 1024;

export interface Room {
  /** Whether one of this size may go out to an endpoint now. */
  has(endpointNo: number, sizeBytes: number): boolean;
  take(endpointNo: number, sizeBytes: number): void;
  give(endpointNo: number, sizeBytes: number): void;
}

/** @param limitBytes tests give their own */
export function createRoom(
  limitBytes: number = memoryShare(mostBytes, memoryParts),
  mostInFlight: number = Number.POSITIVE_INFINITY,
): Room {
  const ofEndpoint = new Map<number, number>();
  const inFlight = new Map<number, number>();
  let total = 0;
  let all = 0;

  function count(endpointNo: number, more: number): void {
    all += more;
    const left = (inFlight.get(endpointNo) ?? 0) + more;
    if (left > 0) inFlight.set(endpointNo, left);
    else inFlight.delete(endpointNo);
  }

  const hasConnection = (endpointNo: number): boolean => all < mostInFlight || !inFlight.has(endpointNo);

  function add(endpointNo: number, bytes: number): void {
    total += bytes;
    const left = (ofEndpoint.get(endpointNo) ?? 0) + bytes;
    if (left > 0) ofEndpoint.set(endpointNo, left);
    else ofEndpoint.delete(endpointNo);
  }

  return {
    has: (endpointNo, sizeBytes) =>
      hasConnection(endpointNo) &&
      (sizeBytes <= smallBytes || total + sizeBytes <= limitBytes || !ofEndpoint.has(endpointNo)),
    take(endpointNo, sizeBytes) {
      count(endpointNo, 1);
      if (sizeBytes > smallBytes) add(endpointNo, sizeBytes);
    },
    give(endpointNo, sizeBytes) {
      count(endpointNo, -1);
      if (sizeBytes > smallBytes) add(endpointNo, -sizeBytes);
    },
  };
}
