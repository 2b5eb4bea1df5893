/**
 * Receivers' words that are of a guest, wherever they are kept of an endpoint: what was said in answer to one of the
 * guest's events, and what holds a telling word of the name. "Unknown guest: Mr. Wickersham" names nobody whole.
 */
import type { Database } from 'better-sqlite3';
import { literally } from '../../../../shared/literally.ts';
import { receiverWords } from '../../../../shared/receiver-words.ts';
import { foldName } from '../../store/fold.ts';
import { nameWords, tellingWords } from '../names.ts';
import { readings } from './readings.ts';
import { isShort, isUnspaced } from './short-names.ts';

/** Letters of a word of a name, from which on it alone tells of somebody; where no spaces part words, two do. */
const leastWord = 4;
/** Different ones, of one guest. */
const mostSaid = 1000;
/** Of the newest attempts so many tell what a receiver says to everybody. */
const mostToOthers = 2000;

/** By deliveries_by_event and attempts_by_delivery. */
export const wordsStatements = {
  answers: `SELECT a.response_body AS body, a.response_cut AS cut, a.response_headers AS headers
    FROM deliveries d INDEXED BY deliveries_by_event
    CROSS JOIN attempts a INDEXED BY attempts_by_delivery ON a.delivery_seq = d.seq
    WHERE d.event_seq IN (SELECT value FROM json_each(?)) AND a.response_body IS NOT NULL AND a.outcome <> 'delivered'`,
  /** By their own numbers, newest first. */
  toOthers: `SELECT a.response_body AS body, a.response_cut AS cut, a.response_headers AS headers
    FROM attempts a WHERE a.seq > (SELECT max(seq) FROM attempts) - ? AND a.response_body IS NOT NULL
      AND a.outcome <> 'delivered' AND (a.delivery_seq IS NULL OR a.delivery_seq NOT IN (
        SELECT d.seq FROM deliveries d INDEXED BY deliveries_by_event WHERE d.event_seq IN (SELECT value FROM json_each(?))))
    ORDER BY a.seq DESC`,
  ends: `SELECT a.endpoint_no || ' ' || a.ended_at
    FROM deliveries d INDEXED BY deliveries_by_event
    CROSS JOIN attempts a INDEXED BY attempts_by_delivery ON a.delivery_seq = d.seq
    WHERE d.event_seq IN (SELECT value FROM json_each(?)) AND a.ended_at IS NOT NULL`,
} as const;

interface Answer {
  readonly body: Uint8Array;
  readonly cut: number;
  readonly headers: string | null;
}

function wordsIn({ body, cut, headers }: Answer): string | null {
  const pairs = headers === null ? [] : (JSON.parse(headers) as [string, string][]);
  const type = pairs.find(([name]) => name.toLowerCase() === 'content-type')?.[1] ?? null;
  return receiverWords(new TextDecoder().decode(body, { stream: cut === 1 }), type);
}

/**
 * What receivers said in answer to these events, as it is quoted elsewhere; without what they say in answer to others' too:
 * "Internal server error" is of nobody, and comes back with the next attempt.
 */
export function saidOf(database: Database, seqs: readonly number[]): string[] {
  const asked = JSON.stringify(seqs);
  const said = new Set<string>();
  for (const answer of database.prepare<[string], Answer>(wordsStatements.answers).iterate(asked)) {
    const words = wordsIn(answer);
    if (words !== null) said.add(words);
    if (said.size >= mostSaid) break;
  }
  // An answer's body is kept for a shorter time than what an endpoint is in trouble by.
  const ends = new Set(database.prepare<[string], string>(wordsStatements.ends).pluck().all(asked));
  const troubles = database.prepare<[], { no: number; trouble: string }>(
    'SELECT no, trouble FROM endpoints WHERE trouble IS NOT NULL',
  );
  for (const { no, trouble } of troubles.iterate()) {
    const { said: words, lastAt } = JSON.parse(trouble) as { said?: string | null; lastAt?: number };
    if (words && ends.has(`${no} ${lastAt}`)) said.add(words);
  }
  if (said.size === 0) return [];
  const toOthers = database.prepare<[number, string], Answer>(wordsStatements.toOthers);
  for (const answer of toOthers.iterate(mostToOthers, asked)) {
    said.delete(wordsIn(answer) ?? '');
    if (said.size === 0) break;
  }
  return [...said];
}

/** Whether receivers' words are of the guest. */
export function wordsOfGuest(names: readonly string[], said: readonly string[]): (text: string) => boolean {
  const answers = new Set(said);
  const telling = new Set(names.flatMap(tellingWords).filter((word) => word.length >= leastWord || isUnspaced(word)));
  // "Ng" is a name, and "ng" a word.
  const short = names
    .filter((name) => isShort(name) && /\p{L}.*\p{L}/u.test(name))
    .map((name) => {
      const [first = '', ...rest] = name.trim();
      const either = rest.map((letter) => `[${literally(letter.toLowerCase())}${literally(letter.toUpperCase())}]`);
      return new RegExp(
        `(?<![\\p{L}\\p{N}])${literally(first.toUpperCase())}${either.join('')}(?![\\p{L}\\p{N}])`,
        'u',
      );
    });
  return (text) => {
    if (answers.has(text) || short.some((pattern) => pattern.test(text))) return true;
    if (telling.size === 0) return false;
    if (readings(text).some((one) => nameWords(one).some((word) => telling.has(word)))) return true;
    return cutWords(text).some(([begins, ends]) =>
      [...telling].some((word) => (ends === '' ? word.startsWith(begins) : word.endsWith(ends))),
    );
  };
}

/** Words that a cut divided, ours or the receiver's: `Wickersh…` begins as the name does, `…kersham` ends so. */
const cutWords = (text: string): (readonly [begins: string, ends: string])[] =>
  [...foldName(text).matchAll(/(\p{L}{4,})\.\.\.|\.\.\.(\p{L}{4,})/gu)].map(
    ([, begins = '', ends = '']) => [begins, ends] as const,
  );
