/** A bot of Telegram, which writes into one chat. https://core.telegram.org/bots/api#sendmessage */
import { z } from 'zod';
import { sentence } from '../sentences/sentence.ts';
import { ofForm } from '../text-form.ts';
import { chatConfig, chatKind, onePer } from './chat.ts';
import { type AddressLint, receiver } from './kind.ts';

const host = 'api.telegram.org';

/** The bot's token is a part of its address, which is kept and shown as the secret that it is. */
const noBot: AddressLint = {
  name: 'telegram_address',
  isFound: ({ hostname, pathname }) =>
    ['t.me', 'telegram.me', 'web.telegram.org'].includes(hostname) ||
    (hostname === host && !/^\/bot\d+:[\w-]{30,}(?:\/sendMessage)?\/?$/.test(pathname)),
  asks: sentence('problem.telegram_address'),
};

export const telegram = chatKind({
  name: 'telegram',
  receivers: [receiver('Telegram', [host])],
  config: z.strictObject({
    /** `-1001234567890`, or `@name` of a public channel; null: the one that the address names, `?chat_id=…`. */
    chatId: z
      .union([
        ofForm(z.string(), /^(?:-?\d{1,20}|@\w{4,50})$/, 'problem.telegram_chat'),
        z.number().int().transform(String),
      ])
      .nullable()
      .default(null),
    ...chatConfig.shape,
  }),
  // 20 a minute for a group. https://core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this
  usual: onePer(0.3),
  lints: [noBot],
  lacks: (address, { chatId, template }) =>
    chatId !== null && chatId !== undefined
      ? null
      : address.searchParams.has('chat_id') || /chat_id/.test(String(template ?? ''))
        ? null
        : { member: 'chatId', says: sentence('problem.telegram_no_chat') },
  words: { name: 'endpoint_kind.telegram', asks: { chatId: 'endpoint_kind.telegram.chat_id' } },
});
