/**
 * A resynchronisation: between `DS` and `DE` an interface says again whom it has in house, which is nothing new whether or
 * not a record is marked (`SF`). One that is never ended would hide what is new: it ends by itself.
 */

/** So long after its last record, in milliseconds, it was cut off. */
const silentMs = 30_000;
/** No hotel takes longer: who comes and leaves meanwhile is no part of it. */
const longestMs = 600_000;

export interface Resync {
  /** @param nowMs of a clock that never goes back */
  begin(nowMs: number): void;
  end(): void;
  /** Whether a record that came now is only said again. */
  takes(nowMs: number): boolean;
  /** It was not ended. @returns how many records were taken for a part of it; 0: there was none, or it brought none */
  cutOff(nowMs: number, isLineGone: boolean): number;
}

export function createResync(): Resync {
  let open: { readonly sinceMs: number; lastMs: number; records: number } | null = null;
  const isOver = (nowMs: number): boolean =>
    open !== null && (nowMs - open.lastMs >= silentMs || nowMs - open.sinceMs >= longestMs);
  return {
    begin(nowMs) {
      open = { sinceMs: nowMs, lastMs: nowMs, records: 0 };
    },
    end() {
      open = null;
    },
    takes(nowMs) {
      if (open === null || isOver(nowMs)) return false;
      open.lastMs = nowMs;
      open.records += 1;
      return true;
    },
    cutOff(nowMs, isLineGone) {
      if (open === null || !(isLineGone || isOver(nowMs))) return 0;
      const { records } = open;
      open = null;
      return records;
    },
  };
}
