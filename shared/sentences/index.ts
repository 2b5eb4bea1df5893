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
import { filesFil } from './files.fil.ts';
import { headlineFil } from './headline.fil.ts';
import { messagesFil } from './messages.fil.ts';
import { outagesFil } from './outages.fil.ts';
import { outcomesFil } from './outcomes.fil.ts';
import { problemsFil } from './problems.fil.ts';
import { refusalsFil } from './refusals.fil.ts';
import { remediesFil } from './remedies.fil.ts';
import type { CatalogueKey } from './sentence.ts';
import { shapesFil } from './shapes.fil.ts';
import { sourceMessagesFil } from './source-messages.fil.ts';
import { sourcePresetsFil } from './source-presets.fil.ts';
import { statesFil } from './states.fil.ts';
import { shownValues } from './values.ts';
import { weekFil } from './week.fil.ts';
import { isSaidOfShape, withoutWhy } from './why.ts';

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
    ...filesFil,
    ...headlineFil,
    ...remediesFil,
    ...shapesFil,
    ...sourceMessagesFil,
    ...sourcePresetsFil,
    ...messagesFil,
    ...statesFil,
    ...weekFil,
  },
};

export interface RenderOptions {
  /** IANA name: times and days are shown as the property's clocks show them. */
  readonly timeZone: string;
  /** A moment of another day than this one's is shown with its day; absent: with the time alone. */
  readonly now?: number;
  /** What the command line is called where this is read, for `{relay}`; `roost-relay` unless given. */
  readonly program?: string;
  /** Where it is read there are buttons and pages for what a command in brackets does: the brackets are left out. */
  readonly hasButtons?: boolean;
}

/** Stands for the command line's name until brackets are left out: that name may have brackets of its own. */
const mark = '\uE000';
const bracketedCommand = new RegExp(` \\([^()]*${mark}[^()]*\\)`, 'g');

/**
 * A sentence in plain words. A parameter's name says what its number is: `…At` a moment, `…On` a day, `…Ms` a
 * length of time, `…Bytes` a size; other numbers are shown as they are. `…Type` is what JSON calls a value's kind.
 * @returns the text; the key itself where no catalogue has it, so that a log from a newer version still shows
 */
export function renderSentence(said: Sentence, language: Language, options: RenderOptions): string {
  // The window narrows i18next's `t` to its own keys for the whole program; these are other catalogues.
  const translate = translator().getFixedT(language) as unknown as Translate;
  const { params } = said;
  const shown = shownValues(params, language, options);
  if (isSaidOfShape(params.why)) {
    shown.why = renderSentence({ key: params.why, params: withoutWhy(params) }, language, options);
  }
  const once = (text: string) => endedOnce(text, params.said);
  if (options.hasButtons !== true) return once(translate(said.key, shown));
  const text = translate(said.key, { ...shown, relay: mark });
  return once(text.replace(bracketedCommand, '').replaceAll(mark, () => `${shown.relay}`));
}

/** Somebody's words that end with a stop of their own end the sentence that they stand at the end of. */
function endedOnce(text: string, words: string | number | undefined): string {
  if (typeof words !== 'string' || !/[.!?…]$/.test(words)) return text;
  return [words, `${words}”`].reduce((ended, end) => ended.replaceAll(`${end}.`, () => end), text);
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
