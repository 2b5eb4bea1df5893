/**
 * Chat services as their public documentation has them: what they take, how much, how often, and how each says no. They
 * stand in for what no test may ask; what a real one shows of a message is not in them.
 */
import type { Answer } from './answers.ts';
import type { Answering, ReceivedRequest } from './receiver.ts';

type Message = Readonly<Record<string, unknown>>;

/** @param now the test's clock, in milliseconds: what is too often is counted by it */
export type ChatService = (now: () => number) => Answering;

const json = (status: number, body: unknown, headers: Record<string, string> = {}): Answer => ({
  status,
  headers: { 'content-type': 'application/json', ...headers },
  body: JSON.stringify(body),
});
const text = (status: number, body: string): Answer => ({ status, headers: { 'content-type': 'text/html' }, body });

function messageIn({ headers, text }: ReceivedRequest): Message | null {
  if (!headers['content-type']?.startsWith('application/json')) return null;
  try {
    const message = JSON.parse(text) as unknown;
    return typeof message === 'object' && message !== null && !Array.isArray(message) ? (message as Message) : null;
  } catch {
    return null;
  }
}

/** True once more than `most` came within `withinMs`. */
function tooOften(now: () => number, most: number, withinMs: number): () => boolean {
  const times: number[] = [];
  return () => {
    const at = now();
    while (times[0] !== undefined && times[0] <= at - withinMs) times.shift();
    if (times.length >= most) return true;
    times.push(at);
    return false;
  };
}

const isText = (value: unknown, most: number): value is string =>
  typeof value === 'string' && value !== '' && [...value].length <= most;

/** https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks */
export const slackService: ChatService = (now) => {
  const isTooOften = tooOften(now, 5, 5000);
  return (request) => {
    if (!request.path.startsWith('/services/')) return text(404, 'no_service');
    if (isTooOften()) return { status: 429, headers: { 'retry-after': '3' }, body: 'rate_limited' };
    const message = messageIn(request);
    if (message === null) return text(400, 'invalid_payload');
    const { attachments = [], text: said } = message as { attachments?: unknown; text?: unknown };
    if (!Array.isArray(attachments)) return text(400, 'invalid_attachments');
    if (attachments.length > 100) return text(400, 'too_many_attachments');
    if (said === undefined && attachments.length === 0) return text(400, 'no_text');
    const hasText = ({ text: own, fallback }: Message) => isText(own, 40_000) || isText(fallback, 40_000);
    return attachments.every(hasText) ? text(200, 'ok') : text(400, 'missing_text_or_fallback_or_attachments');
  };
};

/** https://discord.com/developers/docs/resources/webhook#execute-webhook */
export const discordService: ChatService = (now) => {
  const isTooOften = tooOften(now, 5, 2000);
  return (request) => {
    const url = new URL(request.path, 'https://discord.test');
    if (!/^\/api\/webhooks\/\d+\/[\w-]+$/.test(url.pathname))
      return json(404, { message: 'Unknown Webhook', code: 10015 });
    if (isTooOften()) return json(429, { message: 'You are being rate limited.', retry_after: 1.5, global: false });
    const message = messageIn(request);
    if (message === null) return json(400, { message: 'Cannot send an empty message', code: 50006 });
    const embeds = (message.embeds ?? []) as readonly { readonly title?: string; readonly description?: string }[];
    const fits = embeds.every(
      ({ title = '', description = '' }) => [...title].length <= 256 && [...description].length <= 4096,
    );
    const isWell = fits && embeds.length <= 10 && (message.content === undefined || isText(message.content, 2000));
    // Without `wait`, nothing is told of a message that was not kept.
    if (url.searchParams.get('wait') !== 'true') return { status: 204 };
    return isWell ? json(200, { id: '1', type: 0 }) : json(400, { message: 'Invalid Form Body', code: 50035 });
  };
};

/** A workflow, and under `/webhookb2/` a connector: 200 whatever happens. https://github.com/MicrosoftDocs/msteams-docs/issues/1810 */
export const teamsService: ChatService = (now) => {
  const isTooOften = tooOften(now, 4, 1000);
  return (request) => {
    const isConnector = request.path.startsWith('/webhookb2/');
    const no = (status: number, code: string): Answer =>
      isConnector
        ? text(
            200,
            `Webhook message delivery failed with error: Microsoft Teams endpoint returned HTTP error ${status} with ContextId tcid=1.`,
          )
        : json(status, { error: { code, message: `The request was refused: ${code}.` } });
    if (isTooOften()) return no(429, 'RequestThrottled');
    if (request.body.length > 28 * 1024) return no(413, 'RequestEntityTooLarge');
    const attachments = messageIn(request)?.attachments as readonly Message[] | undefined;
    const isCard = (each: Message) =>
      each.contentType === 'application/vnd.microsoft.card.adaptive' &&
      (each.content as Message).type === 'AdaptiveCard';
    if (!attachments?.every(isCard)) return no(400, 'BadRequest');
    return isConnector ? text(200, '1') : { status: 202 };
  };
};

/** https://developers.google.com/workspace/chat/api/reference/rest/v1/spaces.messages/create */
export const googleChatService: ChatService = (now) => {
  const isTooOften = tooOften(now, 1, 1000);
  const no = (code: number, status: string, message: string) => json(code, { error: { code, message, status } });
  return (request) => {
    const url = new URL(request.path, 'https://chat.test');
    if (!/^\/v1\/spaces\/\w+\/messages$/.test(url.pathname))
      return no(404, 'NOT_FOUND', 'Requested entity was not found.');
    if (!url.searchParams.has('key') || !url.searchParams.has('token')) {
      return no(403, 'PERMISSION_DENIED', 'The caller does not have permission');
    }
    if (isTooOften()) return no(429, 'RESOURCE_EXHAUSTED', 'Quota exceeded');
    if (request.body.length > 32_000) return no(400, 'INVALID_ARGUMENT', 'Message is too long');
    const message = messageIn(request);
    const isWell = message !== null && (isText(message.text, 4096) || Array.isArray(message.cardsV2));
    return isWell
      ? json(200, { name: 'spaces/A/messages/B' })
      : no(400, 'INVALID_ARGUMENT', 'Message cannot be empty. Discarding empty create message request');
  };
};

/** https://core.telegram.org/bots/api#sendmessage */
export const telegramService: ChatService = (now) => {
  const isTooOften = tooOften(now, 20, 60_000);
  const no = (error_code: number, description: string, parameters?: object) =>
    json(error_code, { ok: false, error_code, description, ...(parameters === undefined ? {} : { parameters }) });
  return (request) => {
    const url = new URL(request.path, 'https://telegram.test');
    if (!/^\/bot\d+:[\w-]+\/sendMessage$/.test(url.pathname)) return no(404, 'Not Found');
    if (isTooOften()) return no(429, 'Too Many Requests: retry after 4', { retry_after: 4 });
    // Parameters of the query and of the body are one.
    const message = { ...Object.fromEntries(url.searchParams), ...messageIn(request) };
    if (message.chat_id !== '-1001234567890') return no(400, 'Bad Request: chat not found');
    if (typeof message.text !== 'string') return no(400, 'Bad Request: message text is empty');
    const shown = message.text.replace(/<\/?[bi]>/g, '');
    if (/[<>]|&(?!(?:amp|lt|gt|quot|#\d+);)/.test(shown)) return no(400, "Bad Request: can't parse entities");
    if (shown.length > 4096) return no(400, 'Bad Request: message is too long');
    return json(200, { ok: true, result: { message_id: 1 } });
  };
};
