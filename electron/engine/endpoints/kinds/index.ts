/** Every kind's behaviour: a line for each, beside the one in `shared/endpoint-kinds/index.ts`. */
import type { EndpointKindName } from '../../../../shared/endpoint-kinds/index.ts';
import { appsScript } from './apps-script.ts';
import { convoy } from './convoy.ts';
import { custom } from './custom.ts';
import { discord } from './discord.ts';
import { googleChat } from './google-chat.ts';
import { homeAssistant } from './home-assistant.ts';
import type { EndpointBehaviour, EventForBody } from './kind.ts';
import { mail } from './mail.ts';
import { make } from './make.ts';
import { outpost } from './outpost.ts';
import { rabbitmqHttp } from './rabbitmq-http.ts';
import { roostRelay } from './roost-relay.ts';
import { slack } from './slack.ts';
import { svix } from './svix.ts';
import { teams } from './teams.ts';
import { telegram } from './telegram.ts';
import { webhook } from './webhook.ts';
import { zapier } from './zapier.ts';

const behaviours = {
  webhook,
  zapier,
  make,
  n8n: webhook,
  apps_script: appsScript,
  home_assistant: homeAssistant,
  node_red: webhook,
  slack,
  teams,
  discord,
  google_chat: googleChat,
  telegram,
  custom,
  mail,
  outpost,
  svix,
  convoy,
  rabbitmq_http: rabbitmqHttp,
  roost_relay: roostRelay,
} as const satisfies Record<EndpointKindName, EndpointBehaviour>;

export const behaviourOf = (kind: EndpointKindName): EndpointBehaviour => behaviours[kind];

/**
 * The body of an event as an endpoint of this kind gets it, for whoever shows one that has not gone out: of a kind that
 * shapes bodies for itself, the event as it is. What went out is kept with its attempt.
 *
 * @param kind as it is stored; one that is not known is sent as a webhook
 */
export function shownBody(kind: string, event: EventForBody): string {
  const behaviour: EndpointBehaviour = Object.hasOwn(behaviours, kind)
    ? behaviours[kind as EndpointKindName]
    : behaviours.webhook;
  return (behaviour.isShared ? behaviour : behaviours.webhook).shape(event).body.toString('utf8');
}
