/** Records on the line: each between STX and ETX; what stands outside of them is nobody's. */

const stx = 0x02;
const etx = 0x03;
/** A longer one is none: real ones have some hundred bytes. */
const longestRecord = 16 * 1024;

export const framed = (record: string, encode: (text: string) => Buffer): Buffer =>
  Buffer.concat([Buffer.from([stx]), encode(record), Buffer.from([etx])]);

export interface Frame {
  /** Of one that is not whole: what came of it, at most as long as a record may be. */
  readonly bytes: Buffer;
  readonly isWhole: boolean;
}

export interface Framing {
  /** Takes bytes as they come, in pieces of any length. @returns the records that have ended by now */
  add(bytes: Buffer): Frame[];
  /** The line ended. @returns what it cut off */
  end(): Frame[];
}

export function createFraming(): Framing {
  let open: Buffer[] | null = null;
  let length = 0;

  function begin(): void {
    open = [];
    length = 0;
  }

  function grow(bytes: Buffer): void {
    const room = longestRecord - length;
    length += bytes.length;
    if (room > 0) open?.push(Buffer.from(bytes.subarray(0, room)));
  }

  function ended(isWhole: boolean): Frame[] {
    const parts = open ?? [];
    open = null;
    return parts.length === 0 ? [] : [{ bytes: Buffer.concat(parts), isWhole: isWhole && length <= longestRecord }];
  }

  return {
    add(bytes) {
      const frames: Frame[] = [];
      let at = 0;
      while (at < bytes.length) {
        const next = bytes.subarray(at).findIndex((byte) => byte === stx || (byte === etx && open !== null));
        const end = next < 0 ? bytes.length : at + next;
        if (open !== null) grow(bytes.subarray(at, end));
        if (next < 0) break;
        // One that was never ended before the next began is cut off.
        frames.push(...ended(bytes[end] === etx));
        if (bytes[end] === stx) begin();
        at = end + 1;
      }
      return frames;
    },
    end: () => ended(false),
  };
}
