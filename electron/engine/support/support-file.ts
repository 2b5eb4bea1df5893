/** The support bundle: files about how the product is and what went wrong, that whoever helps may read. */
import { homedir } from 'node:os';
import { createPseudonyms, knownNames } from '../privacy/names.ts';
import { answerMember, isSentence, withoutQuotes } from '../privacy/quoted-words.ts';
import { createRedaction, type EventRedaction } from '../privacy/redact.ts';

export interface SupportFile {
  readonly name: string;
  readonly text: string;
  /** Why it could not be read. */
  readonly problem?: string;
}

/** Secrets as they look: signing secrets, tokens that come with their name, keys in JSON or in an address. */
const secrets: readonly (readonly [pattern: RegExp, left: string])[] = [
  [/whsec_[A-Za-z0-9+/=_-]+/g, '[secret]'],
  [/\b(Bearer|Basic|Token)\s+[A-Za-z0-9+/=._~-]{6,}/gi, '$1 [secret]'],
  [
    /\b((?:api[_-]?key|token|secret|password|passwd|pwd|authorization)["']?\s*[:=]\s*["']?)[^\s"',;&}]{3,}/gi,
    '$1[secret]',
  ],
  // A part of an address or a path of 24 signs and more with digits among them is a key as often as not.
  [
    /(?<![\w.-])(?=[A-Za-z0-9_-]*\d)(?=[A-Za-z0-9_-]*[a-z])(?=[A-Za-z0-9_-]*[A-Z])[A-Za-z0-9_-]{24,}(?![\w.-])/g,
    '[secret]',
  ],
];

/** Where systems keep what is somebody's: the folder behind it is called as the account, which is a person as often as not. */
const accountFolders =
  /((?:^|[\s"'(=~]|file:\/{2,3}(?:[a-z]:)?|\b[a-z]:|\\\?\\[a-z]:)(?:[\\/]{1,2})(?:home|users|documents and settings)[\\/]{1,2})([^\\/\r\n"'<>|:*?]{1,64}(?=[\\/])|[^\\/\s"'<>|:*?),;]{1,64})/giu;

/** Our own ids are no secrets, and what a bundle is read by. */
const ownId = /^(?:evt|dlv|ep|src|att|job|ses)_[0-9A-HJKMNP-TV-Z]{26}$/;

export interface Scrub {
  /** A text without guests, secrets, paths of addresses and the account's own folder. */
  text(text: string): string;
  /** A JSON value whose texts are scrubbed, and whose members named like a secret are taken out, and what receivers said. */
  value(value: unknown): unknown;
}

/** Of a number alone: sizes of disks have thirteen digits. */
const shortestCard = 14;

const secretMember = /passw|secret|token|authorization|credential|cookie|private_?key|api_?key|headers?$/i;
/** Counts and moments of secrets tell something, and nothing that is secret. */
const tellsNothing = (value: unknown): boolean =>
  value === null || typeof value === 'boolean' || typeof value === 'number';

/** Words that begin with a capital, one after the other: where nobody can say who the guests are, each may be one. */
const namesPerhaps = /\p{Lu}[\p{L}\p{M}'’-]+(?:\s+(?:\p{Ll}{1,4}\s+){0,2}\p{Lu}[\p{L}\p{M}'’.-]*)+/gu;

/**
 * @param guests whole names, as events have them: each is taken out wherever it stands as a whole. Null where they cannot be
 *   read: then whatever looks like a name goes
 */
export function createScrub(guests: readonly string[] | null): Scrub {
  const redaction: EventRedaction = createRedaction().ofNone;
  const known = knownNames(guests ?? [], createPseudonyms(), { most: guests?.length ?? 0, wholeOnly: true });
  const home = homedir();

  function text(given: string): string {
    let rest = home.length > 1 ? given.replaceAll(home, '~') : given;
    rest = rest.replace(accountFolders, '$1[account]');
    for (const [pattern, left] of secrets) {
      rest = rest.replace(pattern, (...match) => {
        const found = String(match[0]);
        return ownId.test(found) ? found : left.replace('$1', String(match[1] ?? ''));
      });
    }
    rest = known.takenOutOf(redaction.message(rest), (pseudonym) => pseudonym);
    return guests === null ? rest.replace(namesPerhaps, '[name]') : rest;
  }

  /** A card's as well as any. */
  function number(given: number): unknown {
    const digits = String(given);
    const shown = digits.length < shortestCard ? digits : redaction.message(digits);
    return shown === digits ? given : shown;
  }

  function value(given: unknown): unknown {
    if (typeof given === 'string') return text(given);
    if (typeof given === 'number') return number(given);
    if (typeof given !== 'object' || given === null) return given;
    if (Array.isArray(given)) return given.map(value);
    const members = isSentence(given) ? { ...given, ...withoutQuotes(given, redaction.takenOut) } : given;
    return Object.fromEntries(
      Object.entries(members).map(([name, inside]) => {
        if (secretMember.test(name) && !tellsNothing(inside)) return [text(name), '[secret]'];
        const isAnswer = name === answerMember && typeof inside === 'string';
        return [text(name), isAnswer ? redaction.takenOut('answer') : value(inside)];
      }),
    );
  }

  return { text, value };
}

/** A file of JSON that a person can read. */
const jsonFile = (name: string, scrub: Scrub, value: unknown): SupportFile => ({
  name,
  text: `${JSON.stringify(scrub.value(value), null, 2)}\n`,
});

/** One of what could not be read: whoever helps learns at least that. */
export async function fileOr(name: string, scrub: Scrub, read: () => unknown): Promise<SupportFile> {
  try {
    const found = await read();
    return typeof found === 'string' ? { name, text: found } : jsonFile(name, scrub, found);
  } catch (error) {
    const problem = scrub.text(String(error));
    return { name, text: `${JSON.stringify({ problem }, null, 2)}\n`, problem };
  }
}
