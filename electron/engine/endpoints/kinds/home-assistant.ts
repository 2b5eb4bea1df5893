/**
 * Home Assistant says nothing of a webhook, and JSON where an integration answers it. `{"message": …}` is how it, and what
 * stands in front of it, say what went wrong.
 */
import type { SharedBodies } from './kind.ts';
import { proven, saysJson, textOf } from './proof.ts';
import { webhook } from './webhook.ts';

export const homeAssistant: SharedBodies = {
  ...webhook,
  judge: proven((answer) => textOf(answer) === '' || saysMore(answer)),
};

const saysMore = saysJson((said) => !Object.hasOwn(said, 'message'));
