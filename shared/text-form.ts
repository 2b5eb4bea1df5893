/** A text's form, with the sentence of our own that says what is expected where it has another. */
import type { z } from 'zod';
import { sentence } from './sentences/sentence.ts';

type Expected =
  `problem.${'telegram_chat' | 'token_characters' | 'header_expected' | 'host_expected' | 'two_letters' | 'database_name'}`;

export const ofForm = (text: z.ZodString, form: RegExp, expected: Expected): z.ZodString =>
  text.refine((given) => form.test(given), { params: { says: sentence(expected, { member: '' }) } });
