/** Telegram's answers are `{"ok", "error_code", "description", "parameters"}`. https://core.telegram.org/bots/api#making-requests */
import { sentence } from '../../../../shared/sentences/sentence.ts';
import { counted } from '../../evidence/judgement.ts';
import { addressRefused, chat, namedStatus, throttled } from './chat.ts';
import type { OwnBodies } from './kind.ts';
import { firstOf, lacking, type Message, tooLong } from './message-fault.ts';
import { objectIn, proven, refusedWithin, saysJson } from './proof.ts';
import { markupFault } from './telegram-markup.ts';

/** The bot is not where it should write, or that is no chat of these days: of no one message. */
const ofTheChat =
  /chat not found|chat_id is empty|upgraded to a supergroup|bot was (?:blocked|kicked)|not a member|have no rights|not enough rights|user is deactivated/i;

/** https://core.telegram.org/bots/api#responseparameters */
interface Parameters {
  readonly retry_after?: unknown;
  /** The group is a supergroup by now, and has another number. */
  readonly migrate_to_chat_id?: unknown;
}

const asChat = chat('telegram', {
  refuses(message, address) {
    // What stands in the address and in the body is one.
    const named = address?.searchParams;
    return firstOf(
      named?.has('text') ? null : firstOf(lacking(message, ['text']), lacking({ text: readText(message) }, ['text'])),
      named?.has('parse_mode') || named?.has('text') ? null : markupFault(message.text, message.parse_mode),
      tooLong('text', shownText(message), 4096),
      named === undefined || named.has('chat_id') ? null : lacking(message, ['chat_id']),
    );
  },
  addressOf(address) {
    const url = new URL(address);
    url.pathname = url.pathname.replace(/^(\/bot[^/]+)\/?$/, '$1/sendMessage');
    return url.href;
  },
  judge: proven(
    saysJson(({ ok }) => ok === true),
    (answer, { name }) => {
      const said = objectIn(answer);
      if (said?.ok !== false) return null;
      const status = typeof said.error_code === 'number' ? said.error_code : answer.status;
      const parameters = (said.parameters ?? {}) as Parameters;
      const { migrate_to_chat_id: chatId, retry_after: waitS } = parameters;
      if (Number.isSafeInteger(chatId)) {
        return counted('setup', sentence('outcome.chat_moved', { name, chatId: String(chatId) }));
      }
      const description = typeof said.description === 'string' ? said.description : '';
      if (ofTheChat.test(description)) return counted('setup', sentence('outcome.chat_unknown', { name }));
      // Its token: a bot that is not known is "Not Found".
      if (status === 401 || status === 404) return addressRefused(name);
      if (status === 429) return throttled(name, waitS);
      // It names no status of its own, and the answer's says yes.
      return status < 400 ? refusedWithin(name) : namedStatus(status, name);
    },
  ),
});

export const telegram: OwnBodies = {
  ...asChat,
  /** A template of one's own need not name the chat that is set beside it. */
  shape(event, setUp) {
    const shaped = asChat.shape(event, setUp);
    const { chatId } = setUp.config;
    if (!shaped.ok || chatId === null || chatId === undefined) return shaped;
    const message = JSON.parse(shaped.body.toString('utf8')) as unknown;
    if (typeof message !== 'object' || message === null || Array.isArray(message)) return shaped;
    if (lacking(message as Message, ['chat_id']) === null) return shaped;
    return { ...shaped, body: Buffer.from(JSON.stringify({ ...message, chat_id: chatId }), 'utf8') };
  },
};

const isHtml = (mode: unknown): boolean => typeof mode === 'string' && /^html$/i.test(mode);
const withoutTags = (text: string): string => text.replace(/<[^<>]*>/g, '');

/** Tags around nothing are nothing to read. */
const readText = ({ text, parse_mode: mode }: Message): unknown =>
  typeof text === 'string' && isHtml(mode) ? withoutTags(text) : text;

/** Counted is what is left once its signs are read; of Markdown, whose signs may be text as well, at least this. */
function shownText({ text, parse_mode: mode }: Message): unknown {
  if (typeof text !== 'string' || typeof mode !== 'string') return text;
  if (isHtml(mode)) return withoutTags(text).replace(/&(?:#\w+|\w+);/g, '&');
  return text.replace(/\]\([^)]*\)/g, '').replace(/[\\_*[\]()~`>#+\-=|{}.!]/g, '');
}
