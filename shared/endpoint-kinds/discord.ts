/** A webhook of a Discord channel. https://discord.com/developers/docs/resources/webhook#execute-webhook */
import { sentence } from '../sentences/sentence.ts';
import { chatKind, onePer } from './chat.ts';
import { type AddressLint, isUnder, receiver } from './kind.ts';

const hosts = ['discord.com', 'discordapp.com'];

/** A channel's page, or half of an address. */
const noWebhook: AddressLint = {
  name: 'discord_address',
  isFound: ({ hostname, pathname }) =>
    hostname === 'discord.gg' ||
    (isUnder(hostname, hosts) && !/^\/api\/(?:v\d+\/)?webhooks\/\d+\/[\w-]+\/?$/.test(pathname)),
  asks: sentence('problem.discord_address'),
};

export const discord = chatKind({
  name: 'discord',
  receivers: [receiver('Discord', hosts)],
  // 30 a minute for a channel; what comes at once is taken in fives.
  usual: onePer(0.5),
  lints: [noWebhook],
  words: { name: 'endpoint_kind.discord' },
});
