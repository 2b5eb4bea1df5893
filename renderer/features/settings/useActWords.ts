/** The audit's acts in words. An act is named by its call; one that this version does not know shows its name. */
import { useTranslation } from 'react-i18next';
import { useWords } from '../../i18n/index.ts';
import type { ActName } from './acts.en.ts';

export function useActWords(): (act: string) => string {
  const t = useWords('settings');
  const { i18n } = useTranslation();
  return (act) => (i18n.exists(`settings:did.${act}`) ? t(`did.${act as ActName}`) : act);
}
