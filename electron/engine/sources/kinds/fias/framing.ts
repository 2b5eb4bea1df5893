/** Records on the line: each between STX and ETX; what stands outside of them is nobody's. */

const stx = 0x02;
const etx = 0x03;
/** A longer one is none: real ones have some hundred bytes. */
const longestRecord = 16 * 1024;

export const framed = (record: string, encode: (text: string) => Buffer): Buffer =>
  Buffer.concat([Buffer.from([stx]), encode(record), Buffer.from([etx])]);

/** Takes bytes as they come, in pieces of any length. @returns the records that are whole by now */
export function createFraming(): (bytes: Buffer) => Buffer[] {
  let open: Buffer[] | null = null;
  let length = 0;
  return (bytes) => {
    const whole: Buffer[] = [];
    let at = 0;
    while (at < bytes.length) {
      if (open === null) {
        const begin = bytes.indexOf(stx, at);
        if (begin < 0) break;
        open = [];
        length = 0;
        at = begin + 1;
        continue;
      }
      const end = bytes.indexOf(etx, at);
      const part = bytes.subarray(at, end < 0 ? bytes.length : end);
      // One that was never ended before the next began: the next counts.
      const again = part.lastIndexOf(stx);
      if (again >= 0) {
        open = [];
        length = 0;
      }
      const own = again < 0 ? part : part.subarray(again + 1);
      length += own.length;
      if (length <= longestRecord) open.push(Buffer.from(own));
      if (end < 0) break;
      if (length <= longestRecord) whole.push(Buffer.concat(open));
      open = null;
      at = end + 1;
    }
    return whole;
  };
}
