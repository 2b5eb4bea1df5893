import type { WordsLike } from '../../i18n/catalogue.ts';
import type { en } from './words.en.ts';

export const fil: WordsLike<typeof en> = {
  title: 'Mga setting',
};
