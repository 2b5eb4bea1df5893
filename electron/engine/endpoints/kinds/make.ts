/** Make: any JSON goes into the scenario's own queue, and a full one answers 400 where others say 429. */
import { throttled } from './chat.ts';
import type { SharedBodies } from './kind.ts';
import { textOf } from './proof.ts';
import { webhook } from './webhook.ts';

export const make: SharedBodies = {
  ...webhook,
  judge: (answer, { name }) =>
    answer.status === 400 && /\bqueue is full\b/i.test(textOf(answer)) ? throttled(name, null) : null,
};
