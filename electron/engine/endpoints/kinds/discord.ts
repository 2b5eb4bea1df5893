/** Discord: only where it is asked to wait does its answer tell whether a message was kept. */

import { sentence } from '../../../../shared/sentences/sentence.ts';
import { headerValue } from '../../evidence/evidence.ts';
import { addressRefused, chat, throttled } from './chat.ts';
import type { OwnBodies } from './kind.ts';
import {
  firstOf,
  isFilled,
  lacking,
  lengthOf,
  listIn,
  type MessageFault,
  membersOf,
  tooLong,
  tooMany,
} from './message-fault.ts';
import { isSuccess, objectIn, proven, refusedWithin, saysId } from './proof.ts';

/** Unknown channel, unknown webhook, invalid token. https://discord.com/developers/docs/topics/opcodes-and-status-codes */
const ofTheAddress = new Set<unknown>([10003, 10015, 50027]);

export const discord: OwnBodies = chat('discord', {
  // https://discord.com/developers/docs/resources/webhook#execute-webhook
  refuses: (message) =>
    firstOf(
      lacking(message, ['content', 'embeds'], ['components', 'poll', 'sticker_ids', 'shared_client_theme']),
      tooLong('content', message.content, 2000),
      tooLong('username', message.username, 80),
      tooMany('embeds', message.embeds, 10),
      // Beside a text one without anything may be passed over.
      ...(isFilled(message.content) ? [] : listIn(message.embeds).map(emptyFault)),
      ...listIn(message.embeds).map((embed, index) => embedFault(`embeds[${index}]`, membersOf(embed))),
      embedsFault(listIn(message.embeds).map(membersOf)),
    ),
  addressOf(address) {
    const url = new URL(address);
    url.searchParams.set('wait', 'true');
    return url.href;
  },
  // The message that it kept.
  judge: proven(saysId, (answer, { name }) => {
    const said = objectIn(answer);
    // A message has no code: what has one is an error, whatever its status and whatever stands beside it.
    if (typeof said?.code === 'number' && (answer.status >= 400 || isSuccess(answer))) {
      if (ofTheAddress.has(said.code)) return addressRefused(name);
      if (isSuccess(answer)) return refusedWithin(name);
    }
    const namesTime = headerValue(answer.headers, 'retry-after') !== null;
    return answer.status === 429 && !namesTime && said !== null ? throttled(name, said.retry_after) : null;
  }),
});

type Embed = ReturnType<typeof membersOf>;

/** A colour alone is nothing to read. */
const emptyFault = (embed: unknown, index: number): MessageFault | null =>
  lacking(
    embed,
    ['title', 'description', 'fields'],
    ['author', 'footer', 'image', 'thumbnail', 'video', 'provider', 'url', 'timestamp'],
    `embeds[${index}]`,
  );

/** https://discord.com/developers/docs/resources/message#embed-object-embed-limits */
const embedFault = (at: string, embed: Embed): MessageFault | null =>
  firstOf(
    tooLong(`${at}.title`, embed.title, 256),
    tooLong(`${at}.description`, embed.description, 4096),
    tooLong(`${at}.footer.text`, membersOf(embed.footer).text, 2048),
    tooLong(`${at}.author.name`, membersOf(embed.author).name, 256),
    tooMany(`${at}.fields`, embed.fields, 25),
    ...listIn(embed.fields).flatMap((field, index) => [
      lacking(field, ['name'], [], `${at}.fields[${index}]`),
      lacking(field, ['value'], [], `${at}.fields[${index}]`),
      tooLong(`${at}.fields[${index}].name`, membersOf(field).name, 256),
      tooLong(`${at}.fields[${index}].value`, membersOf(field).value, 1024),
    ]),
  );

const mostOfAll = 6000;

/** The texts of all embeds together. */
function embedsFault(embeds: readonly Embed[]): MessageFault | null {
  const texts = embeds.flatMap(({ title, description, footer, author, fields }) => [
    ...[title, description, membersOf(footer).text, membersOf(author).name],
    ...listIn(fields).flatMap((field) => [membersOf(field).name, membersOf(field).value]),
  ]);
  const has = texts.reduce<number>((sum, text) => sum + lengthOf(text), 0);
  return has > mostOfAll ? { says: sentence('shape.text_long', { member: 'embeds', has, most: mostOfAll }) } : null;
}
