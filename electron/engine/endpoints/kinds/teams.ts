/** Teams: a workflow answers 202; a connector answers 200, with `1` or with what went wrong. */
import { addressRefused, chat, namedStatus } from './chat.ts';
import type { OwnBodies } from './kind.ts';
import { firstOf, isFilled, lacking, listIn, type MessageFault, membersOf, otherThan } from './message-fault.ts';
import { isNoPage, objectIn, proven, refusedWithin, textOf } from './proof.ts';

export const teams: OwnBodies = chat('teams', {
  refuses(message) {
    // Cards of the connectors' own form: https://learn.microsoft.com/outlook/actionable-messages/message-card-reference
    const isConnectorCard = isFilled(message['@type']) || isFilled(message['@context']);
    const fault = firstOf(
      lacking(message, ['attachments'], ['@type', '@context']),
      ...(isConnectorCard ? [] : listIn(message.attachments).map(attachmentFault)),
    );
    // A workflow of one's own may want anything else: of none it is certain.
    return fault && { says: fault.says };
  },
  // A workflow may answer with whatever its makers chose; none of them makes a page.
  judge: proven(isNoPage, (answer, { name }) => {
    // Its signature stands in the address: one that was copied in part, or whose workflow is gone.
    if ([401, 403, 404].includes(answer.status) && isNoPage(answer)) return addressRefused(name);
    if (answer.status < 200 || answer.status > 299) return null;
    const text = textOf(answer);
    const named = /\bHTTP error (\d{3})\b/i.exec(text)?.[1];
    if (named !== undefined) return namedStatus(Number(named), name);
    const failed = /\bdelivery failed\b/i.test(text) || objectIn(answer)?.error !== undefined;
    return failed ? refusedWithin(name) : null;
  }),
});

const adaptiveCard = 'application/vnd.microsoft.card.adaptive';

/** Of an adaptive card, what it is and each of its elements. https://adaptivecards.io/explorer/AdaptiveCard.html */
function attachmentFault(attachment: unknown, index: number): MessageFault | null {
  const at = `attachments[${index}]`;
  const { contentType, content } = membersOf(attachment);
  const fault = firstOf(
    lacking(attachment, ['contentType'], [], at),
    lacking(attachment, ['content'], ['contentUrl'], at),
  );
  if (fault !== null || contentType !== adaptiveCard || typeof content === 'string') return fault;
  const card = membersOf(content);
  return firstOf(
    lacking(content, ['type'], [], `${at}.content`),
    otherThan(`${at}.content.type`, card.type, ['AdaptiveCard']),
    ...listIn(card.body).map((element, place) => lacking(element, ['type'], [], `${at}.content.body[${place}]`)),
  );
}
