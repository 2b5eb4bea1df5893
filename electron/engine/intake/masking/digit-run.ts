/** Digits and what parts them: "4111 1111 1111 1111" is a run of four groups. */
import { shortestNumber } from './card-networks.ts';

/** ASCII's, and those of Arabic, Persian and Japanese keyboards: the last four bits of each are what it counts. */
export const isDigit = (code: number): boolean =>
  (code >= 0x30 && code <= 0x39) || (code >= 0x660 && code <= 0x6f9 && isArabicDigit(code)) || isWideDigit(code);
const isArabicDigit = (code: number): boolean => code <= 0x669 || code >= 0x6f0;
const isWideDigit = (code: number): boolean => code >= 0xff10 && code <= 0xff19;

export const isLetter = (code: number): boolean =>
  (code >= 0x61 && code <= 0x7a) || (code >= 0x41 && code <= 0x5a) || (code >= 0x80 && casedLetter(code));

/** Of scripts that write words apart; in others a number stands right after its word. */
const casedLetter = (code: number): boolean => /[\p{Lu}\p{Ll}\p{Lt}]/u.test(String.fromCharCode(code));

const space = 1;
const dash = 2;
const dot = 3;
const plus = 4;
const percent = 5;
const underscore = 6;
const slash = 7;
const line = 8;
/** So many kinds of what parts two groups fit in one digit of what is compared. */
const kinds = 16;

/**
 * What may part the groups of a number: a space or a dash of any kind, a dot, how forms write a space, what programs and
 * people put in a space's place, and a line's end.
 */
function separatorKind(code: number): number {
  switch (code) {
    case 0x20:
    case 0xa0:
    case 0x2009:
    case 0x202f:
    case 0x3000:
      return space;
    case 0x2d:
    case 0x2010:
    case 0x2011:
    case 0x2012:
    case 0x2013:
    case 0xff0d:
      return dash;
    case 0x2e:
      return dot;
    case 0x2b:
      return plus;
    case 0x25:
      return percent;
    case 0x5f:
      return underscore;
    case 0x2f:
      return slash;
    case 0x09:
    case 0x0a:
    case 0x0d:
      return line;
    default:
      return 0;
  }
}

/** Whether a run may hold it: a digit, or what parts digits. */
export const isOfRun = (code: number): boolean => isDigit(code) || separatorKind(code) !== 0;

/** `%20`, as addresses write a space. */
export const isPercentSpace = (units: Uint16Array, at: number): boolean =>
  units[at] === 0x25 && units[at + 1] === 0x32 && units[at + 2] === 0x30;

/** Nothing longer than this stands between two groups of one number. */
const mostBetween = 3;

/** A run of more groups is cut here and read on later: so no run is work for longer than a moment. */
const mostGroups = 1024;

/** The groups of a run; used again for the next one, so that many numbers cost no memory each. */
export class DigitRun {
  count = 0;
  digits = 0;
  /** It goes on behind the last group. */
  isCut = false;
  /** Whether a group is as long as a whole number, or as a card's groups are. */
  mayBeCard = false;
  private starts = new Int32Array(16);
  private ends = new Int32Array(16);
  /** What parts a group from the one before it. */
  private separators = new Int32Array(16);
  /** For each group, where the row of groups that are parted alike begins. */
  private alikeSince = new Int32Array(16);

  start(group: number): number {
    return this.starts[group] as number;
  }

  end(group: number): number {
    return this.ends[group] as number;
  }

  /** 0 where there is no such group. */
  length(group: number): number {
    return group < this.count ? (this.ends[group] as number) - (this.starts[group] as number) : 0;
  }

  value(units: Uint16Array, group: number): number {
    let value = 0;
    for (let i = this.start(group); i < this.end(group); i += 1) value = value * 10 + ((units[i] as number) & 0xf);
    return value;
  }

  /** Whether one and the same separator stands before each of these groups. */
  isParted(first: number, last: number): boolean {
    return last < this.count && (this.alikeSince[last] as number) <= first;
  }

  /** An IBAN's country stands right before its check digits: "PL61 1090 …". */
  goesOnIban(units: Uint16Array, from: number): boolean {
    const head = this.start(0);
    return this.length(0) === 2 && head - 2 >= from && isLetter(units[head - 1] as number);
  }

  /** Reads the run that begins at `start`. @returns where it ends */
  read(units: Uint16Array, start: number, to: number): number {
    this.count = 0;
    this.digits = 0;
    this.isCut = false;
    this.mayBeCard = false;
    let separator = 0;
    let i = start;
    for (;;) {
      const groupStart = i;
      while (i < to && isDigit(units[i] as number)) i += 1;
      this.add(groupStart, i, separator);
      separator = 0;
      let next = i;
      for (let n = 0; n < mostBetween && next < to; n += 1) {
        const kind = separatorKind(units[next] as number);
        if (kind === 0) break;
        if (kind === percent && !isPercentSpace(units, next)) break;
        separator = separator * kinds + kind;
        next += kind === percent ? 3 : 1;
      }
      if (separator === 0 || next >= to || !isDigit(units[next] as number)) return i;
      if (this.count === mostGroups) {
        this.isCut = true;
        return i;
      }
      i = next;
    }
  }

  private add(start: number, end: number, separator: number): void {
    if (this.count === this.starts.length) this.grow();
    const group = this.count;
    this.starts[group] = start;
    this.ends[group] = end;
    this.separators[group] = separator;
    const isAlike = group > 1 && this.separators[group - 1] === separator;
    this.alikeSince[group] = isAlike ? (this.alikeSince[group - 1] as number) : group;
    this.count += 1;
    const length = end - start;
    if (length === 4 || length >= shortestNumber) this.mayBeCard = true;
    this.digits += length;
  }

  private grow(): void {
    for (const name of ['starts', 'ends', 'separators', 'alikeSince'] as const) {
      const longer = new Int32Array(this[name].length * 2);
      longer.set(this[name]);
      this[name] = longer;
    }
  }
}
