import { describe, expect, test } from 'vitest';
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

  test('a key of a newer version shows as itself', () => {
    expect(renderSentence({ key: 'outcome.from_the_future', params: {} }, 'fil', manila)).toBe(
      'outcome.from_the_future',
    );
  });
});
