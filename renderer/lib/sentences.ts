/** What the engine and the conditions say by key, in the reader's language and the property's time. */
import { createContext, use } from 'react';
import type { Sentence } from '../../shared/domain.ts';
import { harmlessSentence } from '../../shared/harmless.ts';
import { renderSentence } from '../../shared/sentences/index.ts';
import { languageNow, useLanguage } from '../i18n/index.ts';
import { useFormats } from './formats-context.ts';

/** What the command line is called on this PC, as the surface says it: commands in sentences can be pasted there. */
const ProgramContext = createContext<string | undefined>(undefined);
export const ProgramProvider = ProgramContext.Provider;

/** A function that renders a sentence as it is read here. */
export function useSay(): (sentence: Sentence) => string {
  const language = useLanguage();
  const { timeZone, now } = useFormats();
  const program = use(ProgramContext);
  return (sentence) =>
    renderSentence(harmlessSentence(sentence), language, {
      timeZone,
      now,
      hasButtons: true,
      ...(program === undefined ? {} : { program }),
    });
}

/** The same for a text that stays as it is said, a notice say. It names no moments, so it needs no time zone. */
export const sayNow = (said: Sentence): string =>
  renderSentence(harmlessSentence(said), languageNow(), { timeZone: 'UTC', hasButtons: true });
