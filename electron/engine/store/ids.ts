/** Ids: a prefix that tells what they name, and a ULID. They are labels; `seq` alone is order (decision 1). */
import { randomFillSync } from 'node:crypto';
import { monotonicFactory } from 'ulidx';
import type { AttemptId, DeliveryId, EndpointId, EventId, SourceId } from '../../../shared/domain.ts';
import { idPrefixes } from '../../../shared/domain.ts';

/** Makes new ids; `atMs` is the wall clock's time that goes into them. */
export interface IdSource {
  event(atMs: number): EventId;
  endpoint(atMs: number): EndpointId;
  delivery(atMs: number): DeliveryId;
  attempt(atMs: number): AttemptId;
  source(atMs: number): SourceId;
  job(atMs: number): string;
  session(atMs: number): string;
  schedule(atMs: number): string;
}

export function createIdSource(): IdSource {
  const ulid = monotonicFactory(bufferedChance());
  return {
    event: (atMs) => (idPrefixes.event + ulid(atMs)) as EventId,
    endpoint: (atMs) => (idPrefixes.endpoint + ulid(atMs)) as EndpointId,
    delivery: (atMs) => (idPrefixes.delivery + ulid(atMs)) as DeliveryId,
    attempt: (atMs) => (idPrefixes.attempt + ulid(atMs)) as AttemptId,
    source: (atMs) => (idPrefixes.source + ulid(atMs)) as SourceId,
    job: (atMs) => idPrefixes.job + ulid(atMs),
    session: (atMs) => idPrefixes.session + ulid(atMs),
    schedule: (atMs) => idPrefixes.schedule + ulid(atMs),
  };
}

/** Cryptographic chance in [0, 1), drawn many numbers at a time: one by one it costs more than the rest of an id. */
function bufferedChance(): () => number {
  const drawn = new Uint32Array(1024);
  let next = drawn.length;
  return () => {
    if (next === drawn.length) {
      randomFillSync(drawn);
      next = 0;
    }
    return (drawn[next++] ?? 0) / 2 ** 32;
  };
}
