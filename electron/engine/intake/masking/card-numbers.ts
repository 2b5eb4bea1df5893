/**
 * Finds card numbers in a text (decision 38): a length that its network issues, a right check digit, grouped as
 * cards are, and nothing around it that says it is part of something else. It works on the text's UTF-16 units,
 * takes time that grows with the text alone, and looks at one unit in twelve where there are no digits.
 */
import { isCardNumber, longestNumber, looksLikeOther, shortestNumber } from './card-networks.ts';
import { DigitRun, isDigit, isOfRun, isPercentSpace } from './digit-run.ts';
import { followsOther, followsPlus, joins, LinkWatch, longestPhone } from './number-surroundings.ts';

export interface TextSpan {
  readonly start: number;
  readonly end: number;
}

/** The UTF-16 units of a text. */
export function unitsOf(text: string): Uint16Array {
  const bytes = Buffer.from(text, 'utf16le');
  return new Uint16Array(bytes.buffer, bytes.byteOffset, text.length);
}

/** The spans of card numbers in `text`, first to last, without overlap. */
export function findCardNumbers(text: string, inCardMember = false): TextSpan[] {
  const found: TextSpan[] = [];
  const search = new CardSearch(unitsOf(text));
  search.begin(0, text.length, () => (inCardMember ? 'card' : 'text'));
  search.advance(text.length, (start, end) => found.push({ start, end }));
  return found;
}

/** Whether a text may hold a number as long as a card's: quick, and generous. */
export function mayHoldCardNumber(text: string): boolean {
  for (let probe = shortestNumber - 1; probe < text.length; probe += shortestNumber) {
    if (!isOfRun(text.charCodeAt(probe))) continue;
    // Of a run that is as long as a number, one unit in twelve is looked at: from here its other ones are found.
    let digits = 0;
    let start = probe;
    while (start > 0 && isOfRun(text.charCodeAt(start - 1))) start -= 1;
    let end = start;
    for (let code = text.charCodeAt(end); isOfRun(code); code = text.charCodeAt(end)) {
      if (isDigit(code)) digits += 1;
      if (digits >= shortestNumber) return true;
      end += 1;
    }
    // What was passed over needs no second look, and the step stays a whole one from the run's end.
    if (end > probe) probe = end - 1;
  }
  return false;
}

/** So many groups at the end of a run that was cut are read again with what follows: a number may go on there. */
const keptOfCut = 8;

/** What is asked once digits turn up: `card` in a card's own member, `other` where no digits are a card's. */
export type AskMember = () => 'card' | 'text' | 'other';

/** A search that can be laid aside and gone on with: a megabyte of digits is no work for one turn. */
export class CardSearch {
  private readonly units: Uint16Array;
  private readonly run = new DigitRun();
  private readonly digits = new Uint8Array(longestNumber);
  private from = 0;
  private to = 0;
  private done = 0;
  private links: LinkWatch;
  private ask: AskMember = () => 'text';
  private inCard: boolean | null = null;
  /** Where a row of groups of four ends that are cards' numbers, all of them. */
  private rowEnd = 0;

  constructor(units: Uint16Array) {
    this.units = units;
    this.links = new LinkWatch(units, 0);
  }

  /** From now on it is about the part between `from` and `to`. */
  begin(from: number, to: number, ask: AskMember): void {
    this.from = from;
    this.to = Math.min(to, this.units.length);
    this.done = from;
    this.links = new LinkWatch(this.units, from);
    this.ask = ask;
    this.inCard = null;
  }

  /**
   * Tells of each card number, first to last, without overlap, for about `most` units more.
   * @returns whether the part was searched to its end
   */
  advance(most: number, tell: (start: number, end: number) => void): boolean {
    const { units, run, to } = this;
    const until = this.done + most;
    for (let probe = this.done + shortestNumber - 1; probe < to; ) {
      if (this.done > until) return false;
      if (!isOfRun(units[probe] as number)) {
        probe += shortestNumber;
        if (probe > until) {
          // A number may begin right after what was looked at.
          this.done = probe - shortestNumber + 1;
          return false;
        }
        continue;
      }
      const start = this.firstDigit(probe, this.done, to);
      if (start < to && isDigit(units[start] as number)) {
        this.done = run.read(units, start, to);
        if (run.digits >= shortestNumber && !this.judge(start, tell)) break;
      } else this.done = start;
      probe = this.done + shortestNumber - 1;
    }
    this.done = to;
    return true;
  }

  /** Of the signs and digits around `probe`, the first digit that is not done yet; else where they end. */
  private firstDigit(probe: number, done: number, to: number): number {
    const { units } = this;
    let start = probe;
    while (start > done && isOfRun(units[start - 1] as number)) start -= 1;
    while (start < to && isOfRun(units[start] as number) && !isDigit(units[start] as number)) {
      start += isPercentSpace(units, start) ? 3 : 1;
    }
    return start;
  }

  /** @returns false where nothing in this part is a card's */
  private judge(start: number, tell: (start: number, end: number) => void): boolean {
    const { run, links } = this;
    if (links.holds(start)) return true;
    if (this.inCard === null) {
      const member = this.ask();
      if (member === 'other') return false;
      this.inCard = member === 'card';
    }
    // In a member of its own, a card's number is one however it is grouped.
    if (this.inCard && run.count > 1 && this.isCard(0, run.count - 1)) {
      tell(run.start(0), run.end(run.count - 1));
      return true;
    }
    this.rowEnd = 0;
    if (!run.mayBeCard) return true;
    for (let group = 0; group < run.count; ) {
      if (run.isCut && group >= run.count - keptOfCut) {
        this.done = run.start(group);
        break;
      }
      const length = run.length(group);
      const last = length === 4 || length >= shortestNumber ? this.lastGroupOfCard(group) : -(group + 1);
      if (last < 0) {
        group = -last;
        continue;
      }
      tell(run.start(group), run.end(last));
      group = last + 1;
    }
    return true;
  }

  /** The last group of the card number that begins with `group`; else, negated, the group to go on with. */
  private lastGroupOfCard(group: number): number {
    const { run, units } = this;
    const length = run.length(group);
    // Behind it may stand when it ends, in groups of the same kind: "5018 0000 0009 12 27".
    if (this.inCard && length < shortestNumber) {
      const last = this.lastInCard(group);
      if (last > group) return last;
    }
    if (length >= shortestNumber && length <= longestNumber) {
      const isCard =
        this.isCard(group, group) &&
        (this.inCard || !(looksLikeOther(units, run.start(group), length) || this.isDialled(group, length)));
      return isCard ? group : -(group + 1);
    }
    if (length !== 4) return -(group + 1);
    // American Express 4-6-5, Diners 4-6-4.
    if (run.length(group + 1) === 6 && run.isParted(group + 1, group + 2)) {
      const third = run.length(group + 2);
      if ((third === 5 || third === 4) && this.isCard(group, group + 2)) return group + 2;
    }
    return this.lastOfFours(group);
  }

  /** In a card's own member: the last of the groups that are its number, the longest number that there is; else 0. */
  private lastInCard(group: number): number {
    const { run } = this;
    let digits = run.length(group);
    let last = group;
    while (run.isParted(group + 1, last + 1) && digits + run.length(last + 1) <= longestNumber) {
      last += 1;
      digits += run.length(last);
    }
    for (; last > group && digits >= shortestNumber; last -= 1) {
      if (this.isCard(group, last)) return last;
      digits -= run.length(last);
    }
    return 0;
  }

  /**
   * `+ 4222222222222` and `00 4222222222222`: a plus or a 00 of its own before it makes a phone number of what is no
   * longer than one (15 digits, ITU-T E.164); of what is longer it says nothing.
   */
  private isDialled(group: number, length: number): boolean {
    if (length > longestPhone) return false;
    const { run, units, from } = this;
    if (group === 1) return run.length(0) === 2 && run.value(units, 0) === 0;
    return group === 0 && followsPlus(units, from, run.start(0));
  }

  /**
   * Groups of four in a row are a card's number, or several, or one and when it ends ("1227"). A longer row is
   * something else: an account, or rooms.
   */
  private lastOfFours(group: number): number {
    const { run, units } = this;
    if (group + 3 < this.rowEnd) return group + 3;
    let count = 1;
    while (run.length(group + count) === 4 && run.isParted(group + 1, group + count)) count += 1;
    const past = group + count;
    // Diners' fourteen, read out by those who are used to sixteen: 4-4-4-2.
    const isShort = count === 3 && run.length(past) === 2 && run.isParted(group + 1, past);
    if (isShort && !this.isList(group, 3) && this.isCard(group, past)) return past;
    // The last of them may begin a row of its own: `4101`, a line's end, and a card's four groups.
    if (count < 4) return -Math.max(group + 1, past - 1);
    // Nineteen digits: the fifth group has three.
    const isLonger = count === 4 && run.length(past) === 3 && run.isParted(group + 1, past);
    if (isLonger && this.isCard(group, past)) return past;
    const isWhole =
      count % 4 === 0 ||
      (count === 5 && isMonthAndYear(run.value(units, group + 4))) ||
      (run.isCut && past === run.count);
    if (!isWhole || this.isList(group, 4)) return -past;
    for (let next = group; next + 3 < past; next += 4) {
      if (!this.isCard(next, next + 3)) return -past;
    }
    this.rowEnd = past;
    return group + 3;
  }

  /** Numbers near each other and none of them twice: rooms 4101 4102 4103 4104. */
  private isList(group: number, count: number): boolean {
    for (let i = group + 1; i < group + count; i += 1) {
      const gap = Math.abs(this.run.value(this.units, i) - this.run.value(this.units, i - 1));
      if (gap === 0 || gap >= 100) return false;
    }
    return true;
  }

  private isCard(first: number, last: number): boolean {
    const { run, units, digits, from, to } = this;
    let count = 0;
    for (let group = first; group <= last; group += 1) {
      const end = run.end(group);
      if (count + run.length(group) > longestNumber) return false;
      for (let i = run.start(group); i < end; i += 1) digits[count++] = (units[i] as number) & 0xf;
    }
    if (!isCardNumber(digits, count, this.inCard === true)) return false;
    const start = run.start(first);
    const end = run.end(last);
    if (start > from && joins(units, start - 1, from, to, -1)) return false;
    if (end < to && joins(units, end, from, to, 1)) return false;
    if (first > 0 && run.goesOnIban(units, from)) return false;
    return !followsOther(units, from, run.start(0), first === 0, count);
  }
}

/** `1227`: the end of a card's life. */
function isMonthAndYear(value: number): boolean {
  const month = Math.floor(value / 100);
  return month >= 1 && month <= 12 && value % 100 >= 20 && value % 100 <= 60;
}
