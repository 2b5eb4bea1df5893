/** Copying: through the surface on the desktop, through the browser's clipboard elsewhere. */
import { useWords } from '../i18n/index.ts';
import { useClient } from './queries.ts';
import { notify } from './toasts.ts';

/** A function that copies a text and resolves to whether it could; says so where it could not. */
export function useCopy(): (text: string) => Promise<boolean> {
  const client = useClient();
  const t = useWords('common');
  return async (text) => {
    if (window.roostRelay) {
      const result = await client.call('surface.copy', { text });
      if (result.ok) return true;
    }
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch {
      notify({ text: t('copy.failed'), tone: 'bad' });
      return false;
    }
  };
}
