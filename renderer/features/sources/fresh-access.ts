/** Token and secret address right after they were made: kept in memory while the Sources pages are open, nowhere else. */
import { useOutletContext } from 'react-router';
import type { CallOutput } from '../../../shared/api.ts';

export type SourceAccess = CallOutput<'sources.add'>;

export interface FreshAccess {
  readonly access: SourceAccess | null;
  readonly keep: (access: SourceAccess | null) => void;
}

/** The access made last on these pages, and how to keep a new one. */
export const useFreshAccess = (): FreshAccess => useOutletContext<FreshAccess>();
