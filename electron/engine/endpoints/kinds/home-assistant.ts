/** Home Assistant: what it says differs, and is never a page. */
import type { SharedBodies } from './kind.ts';
import { isNoPage, proven, saysNo } from './proof.ts';
import { webhook } from './webhook.ts';

export const homeAssistant: SharedBodies = { ...webhook, judge: proven(isNoPage, saysNo) };
