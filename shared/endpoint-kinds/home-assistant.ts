/** A webhook trigger of Home Assistant. https://www.home-assistant.io/docs/automation/trigger/#webhook-trigger */
import { sentence } from '../sentences/sentence.ts';
import { type AddressLint, halfAddress, isUnder, likeWebhook, receiver } from './kind.ts';

const isHook = ({ pathname }: URL): boolean => /^\/api\/webhook(?:\/|$)/.test(pathname);

/** Without the webhook's id nobody is called. */
const half = halfAddress(
  'home_assistant_half',
  'Home Assistant',
  'https://hooks.nabu.casa/…, https://homeassistant.example:8123/api/webhook/…',
  ({ hostname, pathname }) =>
    /^\/api\/webhook\/?$/.test(pathname) || (isUnder(hostname, ['nabu.casa']) && pathname === '/'),
);

/** Nobody can tell from its answer whether the id is right: it is 200 for any. */
const cannotBeTold: AddressLint = {
  name: 'home_assistant',
  isNote: true,
  isFound: isHook,
  asks: sentence('problem.home_assistant'),
};

export const homeAssistant = likeWebhook({
  name: 'home_assistant',
  receivers: [receiver('Home Assistant', ['hooks.nabu.casa'])],
  isTold: isHook,
  lints: [half, cannotBeTold],
  words: { name: 'endpoint_kind.home_assistant' },
});
