/** What Slack refuses of a message's blocks and attachments. https://docs.slack.dev/reference/block-kit/blocks */
import {
  firstOf,
  isFilled,
  lacking,
  listIn,
  type Message,
  type MessageFault,
  membersOf,
  otherThan,
  tooLong,
  tooMany,
} from './message-fault.ts';

/** The first block or attachment that is none, or is too long. */
export function partFault(message: Message): MessageFault | null {
  const hasMore = isFilled(message.text) || isFilled(message.blocks);
  return firstOf(
    ...listIn(message.blocks).map((block, index) => blockFault(`blocks[${index}]`, block)),
    ...listIn(message.attachments).flatMap((attachment, index) => {
      const at = `attachments[${index}]`;
      return [
        hasMore ? null : lacking(attachment, ['text', 'fallback', 'blocks'], alsoShown, at),
        ...listIn(membersOf(attachment).blocks).map((block, place) => blockFault(`${at}.blocks[${place}]`, block)),
      ];
    }),
  );
}

const alsoShown = ['title', 'pretext', 'fields', 'image_url', 'thumb_url', 'author_name', 'footer', 'actions'];

type Part = readonly [at: string, part: Message];

/** Of the types that are known here; another may be newer than this. */
function blockFault(at: string, block: unknown): MessageFault | null {
  const part = membersOf(block);
  const ofType = typeof part.type === 'string' && Object.hasOwn(byType, part.type) ? byType[part.type] : undefined;
  return firstOf(
    lacking(block, ['type'], [], at),
    tooLong(`${at}.block_id`, part.block_id, 255),
    ofType?.(at, part) ?? null,
  );
}

const byType: Readonly<Record<string, (...block: Part) => MessageFault | null>> = {
  section: (at, block) =>
    firstOf(
      lacking(block, ['text', 'fields'], [], at),
      textFault(`${at}.text`, block.text, 3000),
      tooMany(`${at}.fields`, block.fields, 10),
      ...listIn(block.fields).map((field, index) => textFault(`${at}.fields[${index}]`, field, 2000)),
    ),
  header: (at, block) =>
    firstOf(lacking(block, ['text'], [], at), textFault(`${at}.text`, block.text, 150, ['plain_text'])),
  image: (at, block) =>
    firstOf(
      lacking(block, ['image_url', 'slack_file'], [], at),
      lacking(block, ['alt_text'], [], at),
      tooLong(`${at}.image_url`, block.image_url, 3000),
      tooLong(`${at}.alt_text`, block.alt_text, 2000),
      textFault(`${at}.title`, block.title, 2000, ['plain_text']),
    ),
  context: (at, block) =>
    firstOf(
      elementsFault(at, block, 10),
      ...listIn(block.elements).map((element, index) =>
        membersOf(element).type === 'image' ? null : textFault(`${at}.elements[${index}]`, element, 3000),
      ),
    ),
  actions: (at, block) => elementsFault(at, block, 25),
  rich_text: (at, block) => elementsFault(at, block, Number.POSITIVE_INFINITY),
  markdown: (at, block) => firstOf(lacking(block, ['text'], [], at), tooLong(`${at}.text`, block.text, 12_000)),
};

const elementsFault = (at: string, block: Message, most: number): MessageFault | null =>
  firstOf(
    lacking(block, ['elements'], [], at),
    tooMany(`${at}.elements`, block.elements, most),
    ...listIn(block.elements).map((element, index) => lacking(element, ['type'], [], `${at}.elements[${index}]`)),
  );

/** A text is an object that says how it is read. */
const textFault = (
  at: string,
  text: unknown,
  most: number,
  types: readonly string[] = ['mrkdwn', 'plain_text'],
): MessageFault | null =>
  text === undefined || text === null
    ? null
    : firstOf(
        lacking(text, ['text'], [], at),
        lacking(text, ['type'], [], at),
        otherThan(`${at}.type`, membersOf(text).type, types),
        tooLong(`${at}.text`, membersOf(text).text, most),
      );
