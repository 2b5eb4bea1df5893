/** Light, dark, or as the system has it; forced colours are the system's own and need no mark. */
import type { Preferences } from '../../shared/schemas.ts';

export type Theme = Preferences['theme'];

const rememberedAs = 'theme';
const darkScheme = () => window.matchMedia('(prefers-color-scheme: dark)');

/** Marks the document; remembered here too, so that the next start paints right before it could ask. */
export function applyTheme(theme: Theme): void {
  const dark = theme === 'dark' || (theme === 'system' && darkScheme().matches);
  document.documentElement.dataset.theme = dark ? 'dark' : 'light';
  localStorage.setItem(rememberedAs, theme);
}

/** The theme of the last time, for the first paint. */
export function rememberedTheme(): Theme {
  const theme = localStorage.getItem(rememberedAs);
  return theme === 'light' || theme === 'dark' ? theme : 'system';
}

/** Calls back when the system changes between light and dark. Returns the function that ends it. */
export function onSystemTheme(listener: () => void): () => void {
  const scheme = darkScheme();
  scheme.addEventListener('change', listener);
  return () => scheme.removeEventListener('change', listener);
}
