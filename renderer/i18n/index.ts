/** The window's languages: i18next with typed keys, one catalogue per area, no fallback that hides a gap. */
import i18next, { type TFunction } from 'i18next';
import { createContext, use } from 'react';
import { initReactI18next, useTranslation } from 'react-i18next';
import { harmless } from '../../shared/harmless.ts';
import type { Preferences } from '../../shared/schemas.ts';
import { type Area, english, filipino } from './catalogues.ts';

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'common';
    keySeparator: false;
    returnNull: false;
    resources: typeof english;
  }
}

export type Language = 'en' | 'fil';

/** The language that a preference means on this system. */
export function languageOf(preference: Preferences['language'], system: readonly string[]): Language {
  if (preference !== 'system') return preference;
  return /^(fil|tl)\b/i.test(system[0] ?? '') ? 'fil' : 'en';
}

/** The locale of dates and numbers: the system's own English where it has one. */
export function localeOf(language: Language, system: readonly string[]): string {
  if (language === 'fil') return 'fil-PH';
  return system.find((tag) => /^en-[A-Z]{2}$/.test(tag) && tag !== 'en-US') ?? 'en-GB';
}

/** Makes the words ready, synchronously: all of them are in the bundle. */
export function startWords(language: Language): void {
  void i18next.use(initReactI18next).init({
    lng: language,
    fallbackLng: false,
    defaultNS: 'common',
    keySeparator: false,
    resources: { en: english, fil: filipino },
    // What a stranger wrote (a name, an id, a text that was searched) is put into a sentence as a line that does nothing.
    interpolation: { escapeValue: true, escape: harmless },
    initAsync: false,
    returnNull: false,
  });
  document.documentElement.lang = language;
}

/** Changes the language of everything shown. */
export function switchLanguage(language: Language): void {
  document.documentElement.lang = language;
  void i18next.changeLanguage(language);
}

const LanguageContext = createContext<Language | null>(null);
/** Tells all below which language is shown; a change of it draws them anew. */
export const LanguageProvider = LanguageContext.Provider;

/** The language shown now, for a text that stays as it is said: a notice, an error. */
export const languageNow = (): Language => (i18next.language === 'fil' ? 'fil' : 'en');

/** The language shown now, for whoever provides it to all others. */
export function useSwitchedLanguage(): Language {
  return useTranslation().i18n.language === 'fil' ? 'fil' : 'en';
}

/** The language shown now. */
export function useLanguage(): Language {
  // Above the provider stands only what says that the window itself has failed.
  return use(LanguageContext) ?? languageNow();
}

const wordsMade = new Map<string, unknown>();

/** The words of an area; those of all areas as `common:save`. The same function until the language changes. */
export function useWords<Name extends Area>(area: Name): TFunction<[Name, 'common']> {
  // A row of the log has five of these: a subscription to i18next for each of them is a third of its time.
  const language = useLanguage();
  const made = `${language} ${area}`;
  if (!wordsMade.has(made)) wordsMade.set(made, i18next.getFixedT(language, [area, 'common']));
  return wordsMade.get(made) as TFunction<[Name, 'common']>;
}
