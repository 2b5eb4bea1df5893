import { globSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { inEnglish } from '../../shared/sentences/in-english.ts';
import { catalogues, renderSentence } from '../../shared/sentences/index.ts';
import { sentence } from '../../shared/sentences/sentence.ts';

const now = Date.UTC(2026, 4, 20, 6, 30);
const manila = { timeZone: 'Asia/Manila', now };
const placeholders = (text: string) => [...new Set(text.match(/\{\w+\}/g) ?? [])].sort();

describe('the catalogues', () => {
  test('have the same keys in English and Filipino', () => {
    expect(Object.keys(catalogues.fil).sort()).toEqual(Object.keys(catalogues.en).sort());
  });

  test.each(Object.entries(catalogues.en))('%s names the same values in both, and says something', (key, english) => {
    const filipino = catalogues.fil[key as keyof typeof catalogues.fil];
    expect(placeholders(filipino)).toEqual(placeholders(english));
    expect(filipino.trim()).not.toBe('');
    expect(english.trim()).not.toBe('');
  });

  test('what went wrong is translated, not copied', () => {
    const hasWords = (text: string) => /\p{L}/u.test(text.replaceAll(/\{\w+\}/g, ''));
    const copied = Object.entries(catalogues.en).filter(
      ([key, english]) =>
        /^(outcome|problem|refusal|hint)\./.test(key) &&
        hasWords(english) &&
        catalogues.fil[key as keyof typeof catalogues.fil] === english,
    );
    expect(copied).toEqual([]);
  });
});

describe('no key reaches a reader', () => {
  /** Each key as it can be said, with a value for whatever it names: of a number's name a number. */
  const sayable = Object.entries(catalogues.en).flatMap(([key, text]) => {
    const named = (text.match(/\{\w+\}/g) ?? []).map((name) => name.slice(1, -1)).filter((name) => name !== 'relay');
    const isNumber = (name: string) => /(At|On|Ms|Bytes)$|^(count|status|port|left|more)$/.test(name);
    const value = (name: string, count: number) => (name === 'count' ? count : isNumber(name) ? now : `<${name}>`);
    const said = key.replace(/_(one|other)$/, '');
    const counts = said === key ? [2] : [key.endsWith('_one') ? 1 : 2];
    return counts.map((count) => ({
      key: said,
      params: { count, ...Object.fromEntries(named.map((name) => [name, value(name, count)])) },
    }));
  });
  const aKey = /^[a-z_]+(\.[a-z_]+)+$/;

  test.each(sayable.map((said) => [said.key, said] as const))('%s: log, terminal and window say it', (_, said) => {
    for (const language of ['en', 'fil'] as const) {
      expect(renderSentence(said, language, manila)).not.toMatch(aKey);
      expect(renderSentence(said, language, manila)).not.toMatch(/\{\w+\}/);
    }
    // The log's and a terminal's own way to English: any sentence, not those of problems alone.
    expect(inEnglish(said, manila)).toBe(renderSentence(said, 'en', manila));
  });

  /** Names that sentences begin with: whoever writes one out goes by the types of `sentence`, `say` and their like. */
  const firstNames = new Set(Object.keys(catalogues.en).map((key) => key.slice(0, key.indexOf('.'))));
  const typed = ['shared/conditions/wording.ts', 'shared/headline.ts', 'electron/shell/tray/tray-menu.ts'];
  const byHand = (code: string) =>
    [...code.matchAll(/(?<=[{,\n]\s*)key: ['`](\w+)\.[^'`]*['`]/g)].filter(([, first]) => firstNames.has(first ?? ''));

  test('no sentence is put together by hand, where a wrong name would compile', () => {
    const files = globSync('{electron,renderer,shared}/**/*.{ts,tsx}').map((file) => file.replaceAll('\\', '/'));
    expect(files.length).toBeGreaterThan(400);
    expect(byHand("{ key: 'outcome.x', params: {} }")).toHaveLength(1);
    const found = files
      .filter((file) => !typed.includes(file))
      .flatMap((file) => byHand(readFileSync(file, 'utf8')).map(([code]) => `${file}: ${code}`));
    expect(found).toEqual([]);
  });
});

describe('values in a sentence', () => {
  const offlineSince = (
    sinceAt: number,
    language: 'en' | 'fil' = 'en',
    options: { timeZone: string; now?: number } = manila,
  ) => renderSentence(sentence('conditions.offline.title_since', { sinceAt }), language, options);

  test('a moment of today is a time of the property’s clock', () => {
    expect(offlineSince(Date.UTC(2026, 4, 20, 6, 35))).toBe('No internet since 14:35');
    expect(offlineSince(Date.UTC(2026, 4, 20, 6, 35), 'en', { timeZone: 'UTC' })).toBe('No internet since 06:35');
    expect(offlineSince(Date.UTC(2026, 4, 20, 6, 35), 'fil')).toContain('14:35');
  });

  test('a moment of another day names the day: of the property’s, not of UTC', () => {
    expect(offlineSince(Date.UTC(2026, 4, 20, 16, 5))).toBe('No internet since 21 May, 00:05');
    expect(offlineSince(Date.UTC(2027, 0, 2, 1, 0))).toBe('No internet since 2 January 2027, 09:00');
    expect(offlineSince(Date.UTC(2026, 4, 20, 15, 59))).toBe('No internet since 23:59');
  });

  test('a day has its year only where it is not this one', () => {
    const expired = (validToOn: number, language: 'en' | 'fil') =>
      renderSentence(sentence('outcome.certificate_expired', { name: 'X', validToOn }), language, manila);
    expect(expired(Date.UTC(2026, 4, 3), 'en')).toContain('expired on 3 May.');
    expect(expired(Date.UTC(2025, 4, 3), 'en')).toContain('expired on 3 May 2025.');
    expect(expired(Date.UTC(2026, 4, 3), 'fil')).toContain('Mayo 3');
  });

  test.each([
    [1000, '1 second'],
    [59_000, '59 seconds'],
    [119_000, '119 seconds'],
    [240_001, '4 minutes'],
    [-7_200_000, '2 hours'],
    [86_400_000 * 365, '365 days'],
    [13_626_188 * 60_000, '26 years'],
  ])('%i ms is %s', (skewMs, words) => {
    expect(renderSentence(sentence('outcome.clock', { skewMs }), 'en', manila)).toContain(`wrong by ${words}.`);
  });

  test.each([
    [400, '400 B'],
    [28 * 1024, '28 kB'],
    [28 * 1024 + 1, '29 kB'],
    [3_000_000, '2.9 MB'],
  ])('%i bytes are %s', (sizeBytes, words) => {
    expect(renderSentence(sentence('outcome.event_too_large', { name: 'X', sizeBytes }), 'en', manila)).toContain(
      words,
    );
  });

  test.each([
    [69_990_000_000, '69.9 GB'],
    [1_000_000_000, '1 GB'],
    [480_900_000, '480 MB'],
  ])('%i bytes that are free are %s: as disks are sold, never more than there is', (freeBytes, words) => {
    expect(renderSentence(sentence('doctor.disk.ok', { freeBytes }), 'en', manila)).toBe(`${words} free.`);
  });

  test('text is put in as it is: braces, HTML and i18next’s own marks mean nothing', () => {
    const name = '<b>{host} $t(outcome.offline) & Co</b>';
    expect(renderSentence({ key: 'outcome.throttled', params: { name, host: 'no' } }, 'en', manila)).toBe(
      `${name} asked us to slow down.`,
    );
  });

  test.each([
    ['You are over your quota.', 'It said: “You are over your quota.”', ' was 429: You are over your quota. Events'],
    ['Really?', 'It said: “Really?”', ' was 429: Really? Events'],
    ['Try l…', 'It said: “Try l…”', ' was 429: Try l… Events'],
    ['No $& hook', 'It said: “No $& hook”.', ' was 429: No $& hook. Events'],
  ])('what a receiver said is ended once: %s', (said, quoted, within) => {
    const { en, fil } = catalogues;
    expect(renderSentence({ key: 'conditions.receiver.said', params: { said } }, 'en', manila)).toBe(quoted);
    const params = { said, version: '1', name: 'X', address: 'x', sinceAt: now, status: 429, count: 2 };
    const told = Object.keys(en).filter((key) => en[key as keyof typeof en].includes('{said}'));
    for (const key of told) {
      const [english, filipino] = (['en', 'fil'] as const).map((language) =>
        renderSentence({ key, params }, language, manila),
      );
      expect(english).not.toMatch(/[.!?…]”?\./);
      expect(filipino).not.toMatch(/[.!?…]”?\./);
      if (en[key as keyof typeof en].includes('{status}: {said}.')) expect(english).toContain(within);
    }
    expect(Object.keys(fil)).toEqual(expect.arrayContaining(told));
  });

  test('a key of a newer version shows as itself', () => {
    expect(renderSentence({ key: 'outcome.from_the_future', params: {} }, 'fil', manila)).toBe(
      'outcome.from_the_future',
    );
  });
});

describe('a number of one', () => {
  /** What a property has one of on an ordinary day. */
  const several = /\b1 (?:more )?(?:events|deliveries|endpoints|receivers|things|times|starts|entries|hours|nights)\b/;
  const formOfOne = Object.entries(catalogues.en).filter(([key]) => !/(?:_other|\.many|\.none)$/.test(key));
  /** Said only where there are two of them at least. */
  const neverOne: ReadonlySet<string> = new Set([
    ...['headline.more', 'headline.more_yours.one', 'headline.some_one', 'headline.waits_paused', 'headline.waits.one'],
    ...['outage.left_one', 'outage.not_everywhere_one', 'outage.some_skipped_one'],
    ...['refusal.too_many_events', 'conditions.sleeps_at_night.meaning.one'],
  ]);

  test.each(formOfOne)('%s is no plural', (key, text) => {
    // What the program is called is no number, though a command may follow it that looks like one's word.
    const values = [...text.matchAll(/\{(?!relay\})(\w+)\}/g)].map(([, name = '']) => [
      name,
      /At$|On$|Ms$|Bytes$/.test(name) ? 0 : 1,
    ]);
    const shown = renderSentence(
      { key: key.replace(/_one$/, ''), params: { ...Object.fromEntries(values), count: 1 } },
      'en',
      {
        timeZone: 'UTC',
      },
    );
    expect(neverOne.has(key) ? '' : shown).not.toMatch(several);
  });
});

test('a command ends its sentence, or is followed by a word: a full stop would be pasted with it', () => {
  const pasted = Object.entries(catalogues).flatMap(([language, texts]) =>
    Object.entries(texts)
      .filter(([, text]) => /\{relay\} [a-z-]+(?: [a-z-]+)?\./.test(text))
      .map(([key]) => `${language} ${key}`),
  );
  expect(pasted).toEqual([]);
});

test('a command in brackets is for the command line: where there are buttons the sentence does without it', () => {
  const said = sentence('remedy.event.step', { name: 'Door (east)', id: 'ep_1' });
  const program = "npm run -s relay -- --data '/a (b)'";
  expect(renderSentence(said, 'en', { ...manila, program, hasButtons: true })).toBe(
    'Look at what Door (east) answered, then send again or cancel.',
  );
  expect(renderSentence(said, 'en', { ...manila, program })).toContain(`(${program} resend DELIVERY)`);
  const run = sentence('doctor.database.no_backup_step');
  expect(renderSentence(run, 'en', { ...manila, program, hasButtons: true })).toBe(`Run: ${program} backup`);
});
