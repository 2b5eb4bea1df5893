/**
 * Who waits right behind a delivery of the same booking, order, item or payment that is in flight: in memory
 * alone, since most of them go out milliseconds later. Where the one ahead is not delivered after all, those
 * behind it are looked at like all others, and what keeps them waiting is written down.
 *
 * It only saves work: whether a delivery may go is asked of the table when it is claimed.
 */
import type { Candidate } from './waiting-window.ts';

/** Most that wait here, and their most bytes of event data; others are written down as waiting at once. */
const mostKept = 500;
const mostBytes = 2 * 1024 * 1024;

interface Line {
  /** One of the key is in flight; otherwise the next one was asked to move up. */
  flying: boolean;
  /** In their order. */
  waiting: Candidate[];
}

export class OrderLine {
  /** By order key. */
  private readonly lines = new Map<string, Line>();
  private readonly seqs = new Set<number>();
  private keptBytes = 0;

  /** Of how many deliveries this line has. */
  get size(): number {
    return this.seqs.size;
  }

  /** A delivery of this key goes out. */
  begin(orderKey: string): void {
    const line = this.lines.get(orderKey);
    if (line) line.flying = true;
    else this.lines.set(orderKey, { flying: true, waiting: [] });
  }

  /** Whether one of this key is in flight. */
  isFlying(orderKey: string): boolean {
    return this.lines.get(orderKey)?.flying ?? false;
  }

  /** Puts a candidate behind the one of its key that goes first; false where there is none, or no room. */
  holds(candidate: Candidate, orderKey: string): boolean {
    const line = this.lines.get(orderKey);
    if (line === undefined || this.seqs.size >= mostKept || this.keptBytes > mostBytes) return false;
    const isBehind = line.flying || (line.waiting[0] !== undefined && line.waiting[0].seq < candidate.seq);
    if (!isBehind) return false;
    // What can wait comes here after what was taken in behind it.
    const at = line.waiting.findLastIndex(({ seq }) => seq < candidate.seq) + 1;
    line.waiting.splice(at, 0, candidate);
    this.seqs.add(candidate.seq);
    this.keptBytes += candidate.event?.sizeBytes ?? 0;
    return true;
  }

  readonly has = (seq: number): boolean => this.seqs.has(seq);

  /** The one that went first is settled: the next one, which may go now; null where none waits here. */
  next(orderKey: string): Candidate | null {
    const line = this.lines.get(orderKey);
    const first = line?.waiting.shift() ?? null;
    if (line) line.flying = false;
    if (first) this.leave(first);
    if (line?.waiting.length === 0) this.lines.delete(orderKey);
    return first;
  }

  /** The one that went first is not settled: all that wait behind it, in order. */
  disband(orderKey: string): readonly Candidate[] {
    const waiting = this.lines.get(orderKey)?.waiting ?? [];
    this.lines.delete(orderKey);
    for (const candidate of waiting) this.leave(candidate);
    return waiting;
  }

  /** They are read again when they are due. */
  forget(): void {
    for (const [orderKey, line] of this.lines) {
      if (line.flying) line.waiting = [];
      else this.lines.delete(orderKey);
    }
    this.seqs.clear();
    this.keptBytes = 0;
  }

  private leave({ seq, event }: Candidate): void {
    this.seqs.delete(seq);
    this.keptBytes -= event?.sizeBytes ?? 0;
  }
}
