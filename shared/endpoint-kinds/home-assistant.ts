/** A webhook trigger of Home Assistant. https://www.home-assistant.io/docs/automation/trigger/#webhook-trigger */
import { sentence } from '../sentences/sentence.ts';
import { type AddressLint, likeWebhook, receiver } from './kind.ts';

const isHook = ({ pathname }: URL): boolean => pathname.startsWith('/api/webhook/');

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
  lints: [cannotBeTold],
  words: { name: 'endpoint_kind.home_assistant' },
});
