/**
 * What a receiver said in its own words: the one line of an answer's body that a person can act on, such as
 * "phone is required". Cleaned of what a terminal or a screen could be tricked with, and bounded.
 */
/** Longer ones are cut, in characters. */
const longest = 140;
/** A word is cut at so many, in characters: a longer one is no word, and would not break at the end of a line. */
const longestWord = 48;
/** Of a body that is no JSON, so much is looked at, in characters. */
const longestLook = 16_384;

/** Members that carry a message, the more telling first. */
const tellingMembers = [
  ...['message', 'error_description', 'errorMessage', 'detail', 'details', 'error', 'errors', 'description'],
  ...['reason', 'hint', 'msg', 'title', 'fault', 'faultstring', 'non_field_errors', 'code'],
] as const;

/**
 * @param body the answer's text, as it is kept: secrets have been taken out of it
 * @param contentType of the answer; null where it named none
 * @returns null where it says nothing that a person could read
 */
export function receiverWords(body: string, contentType: string | null): string | null {
  const text = body.slice(0, longestLook * 4).trim();
  if (text === '') return null;
  const json = parsed(text);
  if (json !== undefined) return cleaned(wordsIn(json, 0) ?? '');
  if (/^[{[]/.test(text) || contentType?.includes('json')) return cleaned(quotedMember(text) ?? '');
  if (/^\s*<|html|xml/i.test(text.slice(0, 200)) && text.includes('<')) return cleaned(wordsInMarkup(text) ?? '');
  return cleaned(firstLine(text));
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The first message in a value: a telling member, or what lies in it. */
function wordsIn(value: unknown, depth: number): string | null {
  if (typeof value === 'string') return value.trim() === '' ? null : firstLine(value.trim());
  if (depth > 4 || value === null || typeof value !== 'object') return null;
  if (Array.isArray(value)) return firstOf(value.slice(0, 20), (each) => wordsIn(each, depth + 1));
  const object = value as Record<string, unknown>;
  const telling = firstOf(tellingMembers, (name) => (name in object ? wordsIn(object[name], depth + 1) : null));
  if (telling !== null) return telling;
  // {"errors": {"phone": ["is required"]}}: the member is half of what it says.
  const [first] = Object.entries(object).slice(0, 1);
  if (depth === 0 || !first) return null;
  const inside = wordsIn(first[1], depth + 1);
  return inside === null ? null : `${first[0]}: ${inside}`;
}

/** Of JSON that was cut off, the message that can still be read. */
function quotedMember(text: string): string | null {
  const found = /"(?:message|error_description|detail|error|title|msg)"\s*:\s*("(?:[^"\\]|\\.){1,1000}")/.exec(text);
  const value = found?.[1] === undefined ? undefined : parsed(found[1]);
  return typeof value === 'string' ? firstLine(value.trim()) : null;
}

/** A page's own heading: its title, else its first heading, else its first words. */
function wordsInMarkup(text: string): string | null {
  const look = text.slice(0, longestLook);
  const said = [
    /<title[^>]{0,100}>([^<]{1,500})</i,
    /<h1[^>]{0,100}>([^<]{1,500})</i,
    /<(?:message|faultstring|error)[^>]{0,100}>([^<]{1,500})</i,
  ];
  const found = firstOf(said, (pattern) => pattern.exec(look)?.[1]?.trim() || null);
  // Apps Script's page of an error is called so, and says in its body which one.
  const told = found !== null && /^error$/i.test(found) ? (firstWords(look) ?? found) : found;
  return told === null ? null : unescaped(told);
}

/** The first text of a page's body that is more than a sign. */
function firstWords(page: string): string | null {
  const body = page.slice(Math.max(0, page.search(/<body/i)));
  const texts = body.split('<').map((part) => part.slice(part.indexOf('>') + 1).trim());
  return texts.find((text) => /\p{L}{2}.*\s/u.test(text)) ?? null;
}

const unescaped = (text: string) =>
  text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&nbsp;', ' ')
    .replaceAll('&amp;', '&');

/** What moves a terminal's cursor, sets its title or colours: CSI, OSC and the short ones. ECMA-48, 5.4. */
const terminalSequence = new RegExp(
  `[${'\u001b\u009b'}](?:\\[[0-?]*[ -/]*[@-~]|\\][^${'\u0007\u001b'}]*(?:${'\u0007'}|${'\u001b'}\\\\)?|[0-?]*[ -/]*[@-~])`,
  'g',
);

const firstLine = (text: string): string => text.split(/[\r\n]/, 1)[0]?.trim() ?? '';

function firstOf<Item, Found>(items: readonly Item[], find: (item: Item) => Found | null): Found | null {
  for (const item of items) {
    const found = find(item);
    if (found !== null) return found;
  }
  return null;
}

const longWords = new RegExp(`(\\S{${longestWord - 1}})\\S{2,}`, 'gu');

/** Without control and direction characters, with single spaces, at most {@link longest} characters. */
function cleaned(text: string): string | null {
  const plain = text
    .slice(0, longest * 8)
    .replace(terminalSequence, ' ')
    .replace(/[\p{Cc}\p{Cf}\p{Co}\p{Cn}\p{Zl}\p{Zp}\ufffd]/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim()
    .replace(longWords, '$1…');
  // Nothing but signs or a number is nothing that a person could act on.
  if (!/\p{L}{2}/u.test(plain)) return null;
  const characters = [...plain];
  return characters.length <= longest
    ? plain
    : `${characters
        .slice(0, longest - 1)
        .join('')
        .trimEnd()}…`;
}
