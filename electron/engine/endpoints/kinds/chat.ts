/** Chat services: a message for people of each event, and answers that say in their text what their status does not. */
import { type ChatName, chatPresets } from '../../../../shared/endpoint-kinds/chat-presets.ts';
import { sentence } from '../../../../shared/sentences/sentence.ts';
import { counted, type Judgement, uncounted } from '../../evidence/judgement.ts';
import { faultOf, shapedBy } from './by-template.ts';
import type { KindSetUp, OwnBodies } from './kind.ts';

/** @param more what its answers mean, what it would refuse, and where it is sent */
export const chat = (name: ChatName, more: Pick<OwnBodies, 'judge' | 'addressOf' | 'refuses'>): OwnBodies => ({
  isShared: false,
  shape: (event, setUp) => shapedBy(templateOf(name, setUp), 'json', { ...event, config: setUp.config }),
  fault: (setUp) => faultOf(templateOf(name, setUp), 'json'),
  ...more,
});

const templateOf = (name: ChatName, { config }: KindSetUp): string =>
  typeof config.template === 'string' ? config.template : chatPresets[name];

/** It knows the address no more, or its bot, its channel: nothing of the event. */
export const addressRefused = (name: string): Judgement =>
  counted('setup', sentence('outcome.address_refused', { name }));

/** @param waitS as it asks in its answer; what is no number of seconds leaves the time open */
export function throttled(name: string, waitS: unknown): Judgement {
  const named =
    typeof waitS === 'number' && waitS > 0 && waitS <= 86_400 ? { retryAfterMs: Math.max(1000, waitS * 1000) } : {};
  return { ...uncounted('throttled', sentence('outcome.throttled', { name })), ...named };
}

/** What a status means that an answer names in its text, whatever its own is. */
export function namedStatus(status: number, name: string): Judgement {
  if (status === 429) return throttled(name, null);
  if ([401, 403, 404, 410].includes(status)) return addressRefused(name);
  if (status >= 400 && status < 500)
    return counted('event_refused', sentence('outcome.event_refused', { name, status }));
  return counted('endpoint_down', sentence('outcome.server_error', { name, status }));
}
