/** Every preset by its name. A new one is a file beside this and a line here; its messages stand in `tests/presets/`. */
import { apaleo } from './apaleo.ts';
import { cloudbeds } from './cloudbeds.ts';
import { directus } from './directus.ts';
import { frappe } from './frappe.ts';
import { genericCsv } from './generic-csv.ts';
import { homeAssistant } from './home-assistant.ts';
import { mews } from './mews.ts';
import { nodeRed } from './node-red.ts';
import { odoo } from './odoo.ts';
import { operaXml } from './opera-xml.ts';
import type { SourcePreset } from './preset.ts';
import { qloapps } from './qloapps.ts';
import { roommaster } from './roommaster.ts';

export type { SourcePreset } from './preset.ts';

/** In the order in which they are offered. */
export const sourcePresets: readonly SourcePreset[] = [
  odoo,
  frappe,
  qloapps,
  operaXml,
  roommaster,
  mews,
  apaleo,
  cloudbeds,
  genericCsv,
  directus,
  nodeRed,
  homeAssistant,
];

export const presetNames: readonly string[] = sourcePresets.map(({ name }) => name);

/** Null for one that this version does not know. */
export const presetOf = (name: string): SourcePreset | null => sourcePresets.find((one) => one.name === name) ?? null;
