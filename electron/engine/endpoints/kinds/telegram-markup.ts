/**
 * Whether Telegram can read a text's signs: it refuses a message of which it cannot. As its own reader goes over them
 * (`parse_html`, `parse_markdown_v2` and `parse_markdown` in tdlib's `MessageEntity.cpp`).
 */
import type { Sentence } from '../../../../shared/domain.ts';
import { sentence } from '../../../../shared/sentences/sentence.ts';
import type { MessageFault } from './message-fault.ts';

const member = 'text';

/** @param mode as the message says it; null for what is no text, and for a mode that is not known here */
export function markupFault(text: unknown, mode: unknown): MessageFault | null {
  if (typeof text !== 'string' || typeof mode !== 'string') return null;
  const reader = readers[mode.toLowerCase()];
  const says = reader?.(text) ?? null;
  return says && { says };
}

/** https://core.telegram.org/bots/api#html-style */
const tags = new Set([
  ...['b', 'strong', 'i', 'em', 'u', 'ins', 's', 'strike', 'del', 'span', 'a', 'code', 'pre', 'blockquote'],
]);

const longestTag = 40;

function htmlFault(text: string): Sentence | null {
  const open: string[] = [];
  for (let at = text.indexOf('<'); at >= 0; at = text.indexOf('<', at + 1)) {
    const end = endOfTag(text, at);
    const inside = text.slice(at + 1, end < 0 ? undefined : end);
    const isEnd = inside.startsWith('/');
    const tag = (/^\/?([^\s/>]*)/.exec(inside)?.[1] ?? '').toLowerCase().slice(0, longestTag);
    if (!isEnd && !tags.has(tag) && !/^tg-[a-z]/.test(tag)) return sentence('shape.tag_unknown', { member, tag });
    if (end < 0) return sentence('shape.tag_unfinished', { member });
    if (isEnd) {
      const last = open.pop();
      if (last === undefined) return sentence('shape.tag_stray', { member, tag });
      if (tag !== '' && tag !== last) return sentence('shape.tag_instead', { member, open: last, tag });
    } else open.push(tag);
    at = end;
  }
  const tag = open.at(-1);
  return tag === undefined ? null : sentence('shape.tag_open', { member, tag });
}

/** Of its `>`, outside of the quotes of an attribute; -1 where there is none. */
function endOfTag(text: string, from: number): number {
  let quote = '';
  for (let at = from + 1; at < text.length; at += 1) {
    const sign = text.charAt(at);
    if (quote !== '') quote = sign === quote ? '' : quote;
    else if (sign === '>') return at;
    else if ((sign === '"' || sign === "'") && text.charAt(at - 1) === '=') quote = sign;
  }
  return -1;
}

/** Outside of code each of these begins or ends something, or stands behind a backslash. */
const reserved = '_*[]()~`>#+-=|{}.!';

function markdownV2Fault(text: string): Sentence | null {
  // Of quotations the ends are not told by signs alone.
  if (/^(?:\*\*)?>/m.test(text)) return null;
  const open: string[] = [];
  for (let at = 0; at < text.length; at += 1) {
    const sign = text.charAt(at);
    if (sign === '\\') {
      at += 1;
      continue;
    }
    const last = open.at(-1) ?? '';
    if (last.startsWith('`') ? sign !== '`' : !reserved.includes(sign)) continue;
    if (isEndOf(last, text, at)) {
      open.pop();
      at += last === '[' || last === '![' ? 0 : last.length - 1;
      if (sign !== ']' || text.charAt(at + 1) !== '(') continue;
      at = endOfLink(text, at + 2);
      if (at < 0) return sentence('shape.sign_open', { member, sign: ')' });
      continue;
    }
    if (last.startsWith('`')) continue;
    const begins = ['```', '`', '__', '_', '||', '![', '[', '*', '~'].find((each) => text.startsWith(each, at));
    if (begins === undefined) return sentence('shape.sign_reserved', { member, sign });
    open.push(begins);
    at += begins.length - 1;
  }
  const last = open.at(-1);
  return last === undefined ? null : sentence('shape.sign_open', { member, sign: last.endsWith('[') ? ']' : last });
}

function isEndOf(last: string, text: string, at: number): boolean {
  if (last === '[' || last === '![') return text.charAt(at) === ']';
  return last !== '' && text.startsWith(last, at) && (last !== '_' || text.charAt(at + 1) !== '_');
}

function endOfLink(text: string, from: number): number {
  for (let at = from; at < text.length; at += 1) {
    if (text.charAt(at) === '\\') at += 1;
    else if (text.charAt(at) === ')') return at;
  }
  return -1;
}

/** The older one knows nothing inside of anything. */
function markdownFault(text: string): Sentence | null {
  for (let at = 0; at < text.length; at += 1) {
    const sign = text.charAt(at);
    if (sign === '\\' && /[_*`[]/.test(text.charAt(at + 1))) at += 1;
    else if (/[_*`[]/.test(sign)) {
      const begins = text.startsWith('```', at) ? '```' : sign;
      const ends = begins === '[' ? ']' : begins;
      const end = text.indexOf(ends, at + begins.length);
      if (end < 0) return sentence('shape.sign_open', { member, sign: ends });
      at = end + ends.length - 1;
    }
  }
  return null;
}

const readers: Readonly<Record<string, (text: string) => Sentence | null>> = {
  html: htmlFault,
  markdownv2: markdownV2Fault,
  markdown: markdownFault,
};
