/**
 * Every sentence that the engine or a condition says by key, rendered in the reader's language. One pair of
 * catalogues per topic; a Filipino catalogue that lacks a key of the English one does not compile.
 */
import { createInstance, type i18n } from 'i18next';
import type { Sentence } from '../domain.ts';
import { benchFil } from './bench.fil.ts';
import { conditionsFil } from './conditions.fil.ts';
import { desktopFil } from './desktop.fil.ts';
import { doctorFil } from './doctor.fil.ts';
import { english } from './english.ts';
import { headlineFil } from './headline.fil.ts';
import { messagesFil } from './messages.fil.ts';
import { outagesFil } from './outages.fil.ts';
import { outcomesFil } from './outcomes.fil.ts';
import { problemsFil } from './problems.fil.ts';
import { refusalsFil } from './refusals.fil.ts';
import { remediesFil } from './remedies.fil.ts';
import type { CatalogueKey } from './sentence.ts';
import { shapesFil } from './shapes.fil.ts';
import { statesFil } from './states.fil.ts';
import { shownValues } from './values.ts';

export type Language = 'en' | 'fil';

/** All catalogues, for the tests that compare them. */
export const catalogues: Readonly<Record<Language, Readonly<Record<CatalogueKey, string>>>> = {
  en: english,
  fil: {
    ...outagesFil,
    ...outcomesFil,
    ...problemsFil,
    ...refusalsFil,
    ...doctorFil,
    ...conditionsFil,
    ...desktopFil,
    ...benchFil,
    ...headlineFil,
    ...remediesFil,
    ...shapesFil,
    ...messagesFil,
    ...statesFil,
  },
};

export interface RenderOptions {
  /** IANA name: times and days are shown as the property's clocks show them. */
  readonly timeZone: string;
  /** A moment of another day than this one's is shown with its day; absent: with the time alone. */
  readonly now?: number;
  /** What the command line is called where this is read, for `{relay}`; `roost-relay` unless given. */
  readonly program?: string;
}

/**
 * A sentence in plain words. A parameter's name says what its number is: `…At` a moment, `…On` a day, `…Ms` a
 * length of time, `…Bytes` a size; other numbers are shown as they are. `…Type` is what JSON calls a value's kind.
 * @returns the text; the key itself where no catalogue has it, so that a log from a newer version still shows
 */
export function renderSentence(said: Sentence, language: Language, options: RenderOptions): string {
  // The window narrows i18next's `t` to its own keys for the whole program; these are other catalogues.
  const translate = translator().getFixedT(language) as unknown as Translate;
  return translate(said.key, shownValues(said.params, language, options));
}

type Translate = (key: string, values: Readonly<Record<string, string | number>>) => string;

let translatorMade: i18n | null = null;

/** Made at first use: no module does anything when imported. */
function translator(): i18n {
  if (translatorMade) return translatorMade;
  const made = createInstance();
  void made.init({
    initAsync: false,
    lng: 'en',
    fallbackLng: 'en',
    keySeparator: false,
    nsSeparator: false,
    interpolation: { prefix: '{', suffix: '}', escapeValue: false },
    resources: { en: { translation: catalogues.en }, fil: { translation: catalogues.fil } },
  });
  translatorMade = made;
  return made;
}
