/** Google's errors are `{"error": {"code", "status", "message"}}`, usually with that code as status. */
import { chat, namedStatus } from './chat.ts';
import type { OwnBodies } from './kind.ts';
import { lacking } from './message-fault.ts';
import { objectIn, proven, saysJson } from './proof.ts';

export const googleChat: OwnBodies = chat('google_chat', {
  refuses: (message) => lacking(message, ['text', 'cardsV2'], ['cards']),
  // The message that it made.
  judge: proven(
    saysJson(({ name }) => typeof name === 'string'),
    (answer, { name }) => {
      const error = objectIn(answer)?.error;
      if (typeof error !== 'object' || error === null) return null;
      const { code } = error as { readonly code?: unknown };
      const isOfTheAddress = code === 401 || code === 403 || code === 404;
      if (answer.status > 299 && !isOfTheAddress) return null;
      return namedStatus(typeof code === 'number' ? code : 400, name);
    },
  ),
});
