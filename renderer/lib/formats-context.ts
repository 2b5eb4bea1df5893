/** The formats of the reader's locale and the property's time zone, for every component. */
import { createContext, use } from 'react';
import type { Formats } from './format.ts';

const FormatsContext = createContext<Formats | null>(null);
export const FormatsProvider = FormatsContext.Provider;

/** How times, amounts and the like are written here. Renewed every half minute, so that "today" stays true. */
export function useFormats(): Formats {
  const formats = use(FormatsContext);
  if (!formats) throw new Error('no formats above this component');
  return formats;
}
