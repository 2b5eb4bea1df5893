/** Discord: only where it is asked to wait does its answer tell whether a message was kept. */

import { headerValue } from '../../evidence/evidence.ts';
import { addressRefused, chat, throttled } from './chat.ts';
import type { OwnBodies } from './kind.ts';
import { objectIn, proven, saysJson } from './proof.ts';

/** Unknown channel, unknown webhook, invalid token. https://discord.com/developers/docs/topics/opcodes-and-status-codes */
const ofTheAddress = new Set<unknown>([10003, 10015, 50027]);

export const discord: OwnBodies = chat('discord', {
  addressOf(address) {
    const url = new URL(address);
    url.searchParams.set('wait', 'true');
    return url.href;
  },
  // The message that it kept.
  judge: proven(
    saysJson(({ id }) => typeof id === 'string'),
    (answer, { name }) => {
      const said = objectIn(answer);
      if (answer.status >= 400 && ofTheAddress.has(said?.code)) return addressRefused(name);
      const namesTime = headerValue(answer.headers, 'retry-after') !== null;
      return answer.status === 429 && !namesTime && said !== null ? throttled(name, said.retry_after) : null;
    },
  ),
});
