/** Notices: conditions told outside the window. */
import { z } from 'zod';
import { sentence } from './values.ts';

/** What every outlet (a toast, the engine's log) is given of an incident: that it is there, grew, still is, or is over. */
export const notice = z.object({
  /** The incident's id; a newer notice of the same incident takes the older one's place. */
  id: z.string(),
  title: sentence,
  body: z.array(sentence).readonly(),
  /** Where a click leads in the window. */
  path: z.string(),
  urgent: z.boolean(),
});
export type Notice = Readonly<z.output<typeof notice>>;
