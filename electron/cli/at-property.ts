/** Times as the property's clocks show them, in what is printed and in what a person types. */
import { Temporal } from 'temporal-polyfill';
import { type Sentence, type UtcMs, utcMs } from '../../shared/domain.ts';
import { renderSentence } from '../../shared/sentences/index.ts';
import { CommandError } from './command-error.ts';
import { durationMs, isDuration } from './duration.ts';

export interface AtProperty {
  readonly timeZone: string;
  /** `2026-11-23 21:22:05`; with its offset from UTC in the hour that the clocks show twice. */
  time(at: UtcMs): string;
  timeOr(at: UtcMs | null, otherwise: string): string;
  /** @throws CommandError `bad_input` that names the option, what was found and what is expected */
  moment(option: string, text: string, kind?: 'past' | 'future'): UtcMs;
  /** A sentence of the engine, in English. */
  words(said: Sentence | null): string;
  /** Several of them, in one line. */
  all(...said: readonly (Sentence | null)[]): string;
  /** The word of a chip, as it stands in a line of a list: in small letters. */
  state(said: Sentence): string;
  /** What `roost-relay` is called here. */
  readonly program: string;
}

export interface AtPropertyOptions {
  readonly timeZone: string;
  readonly now: number;
  /** What `roost-relay` is called here. */
  readonly program: string;
  /** Told of a time that the clocks leave out or show twice. */
  readonly note: (text: string) => void;
}

export function atProperty({ timeZone, now, program, note }: AtPropertyOptions): AtProperty {
  const format = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' });
  const time = (at: UtcMs): string => {
    const shown = format.format(at);
    const moment = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timeZone);
    return isShownTwice(moment.toPlainDateTime(), timeZone) ? `${shown}${moment.offset}` : shown;
  };
  const words = (said: Sentence | null): string =>
    said === null ? '' : renderSentence(said, 'en', { timeZone, now, program });
  return {
    timeZone,
    program,
    time,
    words,
    all: (...said) => said.flatMap((one) => (one === null ? [] : [words(one)])).join(' '),
    state: (said) => words(said).toLowerCase(),
    timeOr: (at, otherwise) => (at === null ? otherwise : time(at)),
    moment(option, text, kind = 'past') {
      const asked = text.trim();
      if (isDuration(asked)) {
        if (kind === 'past') return utcMs(now - durationMs(option, asked));
        throw bad(option, `${expected(kind)}, got "${text}", a length of time: give that with --for.`);
      }
      const at = /[zZ]$|T?\d{2}:\d{2}.*[+-]\d{2}(:?\d{2})?$/.test(asked)
        ? withOffset(option, asked, kind)
        : local(option, asked, kind, timeZone, note);
      if (kind === 'future' && at <= now) throw bad(option, `"${text}" is over: now it is ${time(utcMs(now))}.`);
      return at;
    },
  };
}

function withOffset(option: string, text: string, kind: 'past' | 'future'): UtcMs {
  try {
    return utcMs(Temporal.Instant.from(text).epochMilliseconds);
  } catch {
    throw bad(option, `${expected(kind)}, got "${text}"${whatIsWrong(text)}.`);
  }
}

/** A day, or a day and a time, by the property's clocks. */
function local(
  option: string,
  text: string,
  kind: 'past' | 'future',
  timeZone: string,
  note: (text: string) => void,
): UtcMs {
  const parts = /^(\d{4}-\d{2}-\d{2})(?:[ T]+(\d{1,2}:\d{2}(?::\d{2})?))?$/.exec(text);
  try {
    if (!parts?.[1]) throw new RangeError('neither a day nor a time');
    const day = Temporal.PlainDate.from(parts[1], { overflow: 'reject' });
    // The day's first moment, also where the clocks leave midnight out.
    if (parts[2] === undefined) return utcMs(day.toZonedDateTime(timeZone).epochMilliseconds);
    const plain = day.toPlainDateTime(Temporal.PlainTime.from(parts[2].padStart(5, '0')));
    const earlier = plain.toZonedDateTime(timeZone, { disambiguation: 'earlier' });
    const later = plain.toZonedDateTime(timeZone, { disambiguation: 'later' });
    if (earlier.equals(later)) return utcMs(earlier.epochMilliseconds);
    if (isShownTwice(plain, timeZone)) {
      // The wider of the two stretches: nothing that somebody looks for is left out.
      const taken = option === '--from' ? earlier : later;
      const which = option === '--from' ? 'first' : 'second';
      note(
        `${option}: the clocks in ${timeZone} are put back then, and show ${text} twice. Taken is the ${which}, ${withItsOffset(taken)}; the other is ${withItsOffset(taken === earlier ? later : earlier)}.`,
      );
      return utcMs(taken.epochMilliseconds);
    }
    const jump = later.getTimeZoneTransition('previous') ?? later;
    note(
      `${option}: the clocks in ${timeZone} are put forward then, and never show ${text}. Taken is ${withItsOffset(jump)}.`,
    );
    return utcMs(jump.epochMilliseconds);
  } catch (cause) {
    if (!(cause instanceof RangeError)) throw cause;
    throw bad(option, `${expected(kind)}, got "${text}"${whatIsWrong(text)}.`);
  }
}

const withItsOffset = (moment: Temporal.ZonedDateTime): string =>
  `${moment.toPlainDateTime().toString({ smallestUnit: 'minute' }).replace('T', ' ')}${moment.offset}`;

function isShownTwice(plain: Temporal.PlainDateTime, timeZone: string): boolean {
  const earlier = plain.toZonedDateTime(timeZone, { disambiguation: 'earlier' });
  const later = plain.toZonedDateTime(timeZone, { disambiguation: 'later' });
  return !earlier.equals(later) && earlier.toPlainDateTime().equals(plain);
}

const expected = (kind: 'past' | 'future'): string =>
  `expected a time such as 2026-11-23, "2026-11-23 14:30"${kind === 'past' ? ' or 2h (so long ago)' : ' or 2026-11-23T14:30+08:00'}`;

/** Of what has the form of a time: which part of it there is not. */
function whatIsWrong(text: string): string {
  const [, day, time] = /^(?:(\d{4}-\d{2}-\d{2}))?[ T]*(\d{1,2}:\d{2}(?::\d{2})?)?/.exec(text) ?? [];
  if (day !== undefined && !exists(() => Temporal.PlainDate.from(day, { overflow: 'reject' }))) {
    return `: the calendar has no ${day}`;
  }
  if (time !== undefined && !exists(() => Temporal.PlainTime.from(time.padStart(5, '0')))) {
    return `: no clock shows ${time}`;
  }
  return time !== undefined && day === undefined ? ', which names no day' : '';
}

function exists(make: () => unknown): boolean {
  try {
    make();
    return true;
  } catch {
    return false;
  }
}

const bad = (option: string, message: string): CommandError =>
  new CommandError('bad_input', `${option}: ${message}`, { member: option });
