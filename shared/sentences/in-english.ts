/**
 * Problems and refusals in English: for logs, answers to a PMS, and the command line. Apart from the rest, so that
 * whoever throws an error does not carry the other languages and what renders them.
 */
import type { Sentence } from '../domain.ts';
import { benchEn } from './bench.en.ts';
import { problemsEn } from './problems.en.ts';
import { refusalsEn } from './refusals.en.ts';
import { shownValues } from './values.ts';

const english: Readonly<Record<string, string>> = { ...problemsEn, ...refusalsEn, ...benchEn };

/** @returns the text; the key itself of a sentence that is neither */
export function inEnglish({ key, params }: Sentence): string {
  const text = english[key];
  if (text === undefined) return key;
  const shown = shownValues(params, 'en', { timeZone: 'UTC' });
  return text.replace(/\{(\w+)\}/g, (asIs, name: string) => (name in shown ? String(shown[name]) : asIs));
}
