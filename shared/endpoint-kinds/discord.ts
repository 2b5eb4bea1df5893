/** A webhook of a Discord channel. https://discord.com/developers/docs/resources/webhook#execute-webhook */
import { sentence } from '../sentences/sentence.ts';
import { chatKind, onePer } from './chat.ts';
import { type AddressLint, isUnder, receiver } from './kind.ts';

const hosts = ['discord.com', 'discordapp.com'];

const hook = /^\/api\/(?:v\d+\/)?webhooks\/\d+\/[\w-]+(?:\/(?:slack|github))?\/?$/;
const ending = /\/(?:slack|github)\/?$/;

/** A channel's page, or half of an address. */
const noWebhook: AddressLint = {
  name: 'discord_address',
  isFound: ({ hostname, pathname }) => hostname === 'discord.gg' || (isUnder(hostname, hosts) && !hook.test(pathname)),
  asks: sentence('problem.discord_address'),
};

/** The right address, but for an ending that makes Discord read another service's messages. */
const otherForm: AddressLint = {
  name: 'discord_ending',
  isFound: ({ hostname, pathname }) => isUnder(hostname, hosts) && hook.test(pathname) && ending.test(pathname),
  asks: sentence('problem.discord_ending'),
};

export const discord = chatKind({
  name: 'discord',
  receivers: [receiver('Discord', hosts)],
  // 30 a minute for a channel; what comes at once is taken in fives.
  usual: onePer(0.5),
  lints: [noWebhook, otherForm],
  words: { name: 'endpoint_kind.discord' },
});
