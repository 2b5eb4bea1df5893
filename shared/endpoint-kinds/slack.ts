/** An incoming webhook of Slack. https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks */
import { sentence } from '../sentences/sentence.ts';
import { chatKind, onePer } from './chat.ts';
import { type AddressLint, receiver } from './kind.ts';

const hosts = ['hooks.slack.com', 'hooks.slack-gov.com'];

/** A workflow's address takes the variables that it names, and nothing else. */
const workflow: AddressLint = {
  name: 'slack_workflow',
  isFound: ({ hostname, pathname }) => hosts.includes(hostname) && /^\/(?:triggers|workflows)\//.test(pathname),
  asks: sentence('problem.slack_workflow'),
};

/** A page of Slack, or half of an address. */
const noWebhook: AddressLint = {
  name: 'slack_address',
  isFound: ({ hostname, pathname }) =>
    hosts.includes(hostname)
      ? !/^\/services\/[^/]+\/[^/]+\/[^/]+\/?$/.test(pathname)
      : hostname === 'slack.com' || hostname.endsWith('.slack.com'),
  asks: sentence('problem.slack_address'),
};

export const slack = chatKind({
  name: 'slack',
  receivers: [receiver('Slack', hosts)],
  // https://docs.slack.dev/apis/web-api/rate-limits
  usual: onePer(1),
  lints: [workflow, noWebhook],
  words: { name: 'endpoint_kind.slack' },
});
