/** What came of a try by hand. */
import type { CallOutput } from '../../shared/api.ts';
import { sayNow } from './sentences.ts';
import { notify } from './toasts.ts';

/** Says it in the engine's own sentence. */
export const sayTried = ({ tried, says }: CallOutput<'endpoints.tryNow'>): void =>
  notify({ text: sayNow(says), tone: tried === null ? 'still' : tried.outcome === 'delivered' ? 'fine' : 'bad' });
