/** Google's errors are `{"error": {"code", "status", "message"}}`, usually with that code as status. */
import { chat, namedStatus } from './chat.ts';
import type { OwnBodies } from './kind.ts';
import { firstOf, isFilled, lacking, listIn, type Message, type MessageFault, membersOf } from './message-fault.ts';
import { isName, objectIn, proven, saysJson } from './proof.ts';

export const googleChat: OwnBodies = chat('google_chat', {
  refuses: (message) =>
    firstOf(
      lacking(message, ['text', 'cardsV2'], ['cards']),
      ...listIn(message.cardsV2).flatMap((card, index) => [
        isFilled(message.text) ? null : lacking(card, ['card'], [], `cardsV2[${index}]`),
        cardFault(`cardsV2[${index}].card`, membersOf(membersOf(card).card)),
      ]),
      ...listIn(message.cards).flatMap((card, index) => [
        isFilled(message.text) ? null : lacking(card, ['sections'], ['header', 'name'], `cards[${index}]`),
        cardFault(`cards[${index}]`, membersOf(card)),
      ]),
    ),
  // The message that it made.
  judge: proven(
    saysJson(({ name }) => isName(name)),
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

/** https://developers.google.com/workspace/chat/api/reference/rest/v1/cards#section: at least one widget, and each is something. */
const cardFault = (at: string, { sections }: Message): MessageFault | null =>
  firstOf(
    ...listIn(sections).flatMap((section, index) => {
      const here = `${at}.sections[${index}]`;
      return [
        lacking(section, ['widgets'], [], here),
        ...listIn(membersOf(section).widgets).map((widget, place) =>
          isFilled(widget)
            ? null
            : lacking(widget, ['textParagraph', 'decoratedText'], [], `${here}.widgets[${place}]`),
        ),
      ];
    }),
  );
