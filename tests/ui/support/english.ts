/** Finds English where Filipino is to be read: what a page says is compared with every text that the window has. */
import type { Page } from '@playwright/test';
import { english, filipino } from '../../../renderer/i18n/catalogues.ts';
import { catalogues } from '../../../shared/sentences/index.ts';

/**
 * What a person reads or hears: lines of text, names of what has none, and hints. What stands in the font of code is
 * a machine's own (an error of TLS, a receiver's answer) and for the IT helper.
 */
async function textsOf(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    // biome-ignore lint/performance/useDomNodeTextContent: line by line as it is seen; textContent runs words together.
    const linesOf = (element: HTMLElement) => element.innerText.split('\n');
    const code = new Set([...document.querySelectorAll<HTMLElement>('.font-code, code, pre')].flatMap(linesOf));
    const texts = linesOf(document.body).filter((line) => !code.has(line));
    for (const element of document.querySelectorAll('[aria-label], [title], [placeholder]')) {
      for (const name of ['aria-label', 'title', 'placeholder']) texts.push(element.getAttribute(name) ?? '');
    }
    return [...new Set(texts.map((text) => text.trim()).filter((text) => /[a-z]{3}/i.test(text)))];
  });
}

interface Words {
  readonly key: string;
  readonly en: string;
  readonly fil: string;
}

/** Every text in both languages; of those that count, both forms. */
const words: readonly Words[] = [
  ...(Object.keys(english) as (keyof typeof english)[]).flatMap((area) =>
    pairs(english[area], filipino[area]).map((pair) => ({ ...pair, key: `${area}:${pair.key}` })),
  ),
  ...pairs(catalogues.en, catalogues.fil),
];

function pairs(en: Readonly<Record<string, string>>, fil: Readonly<Record<string, string>>): Words[] {
  return Object.entries(en).map(([key, text]) => ({
    key,
    en: text,
    fil: fil[key] ?? fil[key.replace(/_(one|other)$/, '')] ?? '',
  }));
}

const value = /\{\{?\w+\}?\}/g;
/** The words of a text without the values that are put in. */
const literal = (text: string) => text.replace(value, ' ');

function matcher(text: string, whole: boolean): RegExp {
  const source = text
    .split(value)
    .map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
    .join('.+?');
  return new RegExp(whole ? `^${source}$` : source);
}

const inFilipino = words.filter(({ fil }) => /[a-z]{2}/i.test(literal(fil))).map(({ fil }) => matcher(fil, true));
/** A long text is found within a line, too; a short one ("Sent") may be part of a word that both languages use. */
const inEnglish = words
  .filter(({ en, fil }) => en !== fil && /[a-z]{2}/i.test(literal(en)))
  .map(({ key, en }) => ({ key, pattern: matcher(en, literal(en).split(/\s+/).filter(Boolean).length < 4) }));

/** What React Aria says where nobody has given it other words. */
const ariasOwn = /^(Dismiss|Clear search|(Show s|S)uggestions|Select an item|Number field|(In|De)crease .+)$/;

/** What of a page is English, with the key that it stands under. Names that a person gave are left out. */
export async function englishOn(page: Page, names: readonly string[]): Promise<string[]> {
  const found: string[] = [];
  for (const text of await textsOf(page)) {
    if (names.includes(text) || inFilipino.some((pattern) => pattern.test(text))) continue;
    if (ariasOwn.test(text)) found.push(`React Aria: ${text}`);
    const hit = inEnglish.find(({ pattern }) => pattern.test(text));
    if (hit) found.push(`${hit.key}: ${text}`);
  }
  return found;
}
