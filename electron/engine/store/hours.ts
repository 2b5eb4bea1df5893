/**
 * The counters' hours and latency buckets, as every table `…_hours` keeps them: `hour` is the number of whole
 * UTC hours since the Unix epoch; `latencies` is a JSON object of bucket number to count.
 */

export const hourMs = 3_600_000;

/** @param atMs UTC milliseconds */
export const hourOf = (atMs: number): number => Math.floor(atMs / hourMs);
/** The first millisecond of an hour. */
export const hourStart = (hour: number): number => hour * hourMs;

/** Bucket counts of one hour's successful attempts. */
export type Latencies = Readonly<Record<string, number>>;

/** Buckets grow by a quarter of an octave: a percentile is off by less than a tenth. */
const bucketsPerOctave = 4;

/** The bucket of a duration in milliseconds. */
export const latencyBucket = (durationMs: number): number =>
  Math.max(0, Math.ceil(Math.log2(Math.max(1, durationMs)) * bucketsPerOctave));

/** `latencies` with one more attempt of this duration in milliseconds. */
export function addLatency(latencies: Latencies, durationMs: number): Latencies {
  const bucket = latencyBucket(durationMs);
  return { ...latencies, [bucket]: (latencies[bucket] ?? 0) + 1 };
}

/**
 * The duration in milliseconds under which `share` (0 to 1) of the attempts lie, to a tenth; null where there
 * are none.
 */
export function latencyPercentile(hours: readonly Latencies[], share: number): number | null {
  const counts = new Map<number, number>();
  let total = 0;
  for (const hour of hours) {
    for (const [bucket, count] of Object.entries(hour)) {
      counts.set(Number(bucket), (counts.get(Number(bucket)) ?? 0) + count);
      total += count;
    }
  }
  let below = 0;
  for (const bucket of [...counts.keys()].sort((one, other) => one - other)) {
    below += counts.get(bucket) ?? 0;
    if (below >= share * total) return bucketMiddleMs(bucket);
  }
  return null;
}

const bucketMiddleMs = (bucket: number): number =>
  Math.round(2 ** (Math.max(0, bucket - 0.5) / bucketsPerOctave) * 10) / 10;
