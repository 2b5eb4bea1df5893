/**
 * Streams of `seq`, newest first, and their merge: how a filter over several ranges of an index reads only as
 * many entries as a page shows.
 */

/** Both ends belong to the range. */
export interface SeqRange {
  readonly from: number;
  readonly to: number;
}

/** Reads up to `limit` entries of one range of an index: below `below`, from `from` on, newest first. */
export type ReadChunk = (below: number, from: number, limit: number) => readonly number[];

const largestChunk = 512;

/** Entries of all `streams` together, newest first; each stream is read in chunks that grow. */
export function* mergeNewestFirst(
  streams: readonly ReadChunk[],
  range: SeqRange,
  firstChunk: number,
): Generator<number, void> {
  const heads = streams
    .map((read) => openStream(read, range, firstChunk))
    .filter((stream) => stream.head() !== undefined);
  while (heads.length > 0) {
    let newest = heads[0];
    let newestSeq = newest?.head() ?? 0;
    for (const stream of heads) {
      const seq = stream.head() ?? 0;
      if (seq > newestSeq) {
        newest = stream;
        newestSeq = seq;
      }
    }
    if (!newest) return;
    yield newestSeq;
    newest.advance();
    if (newest.head() === undefined) heads.splice(heads.indexOf(newest), 1);
  }
}

function openStream(read: ReadChunk, { from, to }: SeqRange, firstChunk: number) {
  let size = firstChunk;
  let chunk = read(to + 1, from, size);
  let index = 0;
  return {
    head: (): number | undefined => chunk[index],
    advance(): void {
      index += 1;
      if (index < chunk.length || chunk.length < size) return;
      const last = chunk[chunk.length - 1] ?? from;
      size = Math.min(size * 4, largestChunk);
      chunk = read(last, from, size);
      index = 0;
    },
  };
}
