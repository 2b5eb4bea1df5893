/** A webhook of a Discord channel. https://discord.com/developers/docs/resources/webhook#execute-webhook */
import { chatKind, onePer } from './chat.ts';
import { receiver } from './kind.ts';

export const discord = chatKind({
  name: 'discord',
  receivers: [receiver('Discord', ['discord.com', 'discordapp.com'])],
  // 30 a minute for a channel; what comes at once is taken in fives.
  usual: onePer(0.5),
  words: { name: 'endpoint_kind.discord' },
});
