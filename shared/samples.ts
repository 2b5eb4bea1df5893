/**
 * The catalogue's samples as a PMS sends them: raw text that means the same as `catalogue`'s and is not what another program
 * would write. Money is `6000.00`, a letter is escaped, a colon is followed by a space: a receiver that parses
 * the body and writes it anew before it verifies the signature fails the test, and not the first guest.
 */
import { catalogue, type EventType, isEventType } from './events.ts';
import { type NoticeData, noticeSample } from './notices.ts';

/**
 * @param lines one member a line, for whoever writes it on: no plain letter is escaped there. What is no ASCII is, since
 *   a console may write a file in another encoding
 * @param language of a notice's sentences
 */
export function sampleText(event: EventType, lines = false, language: NoticeData['language'] = 'en'): string {
  const sample = isEventType(event) ? catalogue[event].sample : noticeSample(event, language);
  const text = written(sample, '', lines ? '\n' : null);
  return lines ? text : withEscape(text);
}

/** Members that are amounts of money: those have two places in most systems. */
const money = /^(total|amount|balance|unit_price)$/;

function written(value: unknown, name: string, line: string | null): string {
  const below = line === null ? null : `${line}  `;
  const list = (open: string, parts: readonly string[], close: string): string =>
    parts.length === 0
      ? open + close
      : `${open}${below ?? ''}${parts.join(below === null ? ', ' : `,${below}`)}${line ?? ''}${close}`;
  if (Array.isArray(value)) {
    return list(
      '[',
      value.map((each) => written(each, name, below)),
      ']',
    );
  }
  if (typeof value === 'object' && value !== null) {
    const members = Object.entries(value).map(([key, each]) => `${text(key)}: ${written(each, key, below)}`);
    return list('{', members, '}');
  }
  if (typeof value === 'number' && money.test(name)) return value.toFixed(2);
  return typeof value === 'string' ? text(value) : JSON.stringify(value);
}

/** As PHP and Python write it: what is no ASCII as `\\u…`. */
const text = (value: string): string => JSON.stringify(value).replace(/[^\x20-\x7e]/g, (char) => escaped(char));

const escaped = (char: string): string => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`;

/** Where every letter is plain, one is escaped all the same: the first of a value. */
function withEscape(json: string): string {
  if (json.includes('\\u')) return json;
  const at = json.search(/: "[A-Za-z]/);
  return at < 0 ? json : json.slice(0, at + 3) + escaped(json[at + 3] ?? '') + json.slice(at + 4);
}
