/** All words of the window, by language and area. */
import { en as benchEn } from '../features/bench/words.en.ts';
import { fil as benchFil } from '../features/bench/words.fil.ts';
import { en as deliveriesEn } from '../features/deliveries/words.en.ts';
import { fil as deliveriesFil } from '../features/deliveries/words.fil.ts';
import { en as endpointsEn } from '../features/endpoints/words.en.ts';
import { fil as endpointsFil } from '../features/endpoints/words.fil.ts';
import { en as eventsEn } from '../features/events/words.en.ts';
import { fil as eventsFil } from '../features/events/words.fil.ts';
import { en as exportEn } from '../features/export/words.en.ts';
import { fil as exportFil } from '../features/export/words.fil.ts';
import { en as lockEn } from '../features/lock/words.en.ts';
import { fil as lockFil } from '../features/lock/words.fil.ts';
import { en as settingsEn } from '../features/settings/words.en.ts';
import { fil as settingsFil } from '../features/settings/words.fil.ts';
import { en as sourcesEn } from '../features/sources/words.en.ts';
import { fil as sourcesFil } from '../features/sources/words.fil.ts';
import { en as todayEn } from '../features/today/words.en.ts';
import { fil as todayFil } from '../features/today/words.fil.ts';
import { en as commonEn } from './words.en.ts';
import { fil as commonFil } from './words.fil.ts';

export const english = {
  common: commonEn,
  today: todayEn,
  deliveries: deliveriesEn,
  endpoints: endpointsEn,
  events: eventsEn,
  sources: sourcesEn,
  bench: benchEn,
  export: exportEn,
  lock: lockEn,
  settings: settingsEn,
};

export const filipino = {
  common: commonFil,
  today: todayFil,
  deliveries: deliveriesFil,
  endpoints: endpointsFil,
  events: eventsFil,
  sources: sourcesFil,
  bench: benchFil,
  export: exportFil,
  lock: lockFil,
  settings: settingsFil,
};

/** A part of the window with words of its own: a feature, or `common`. */
export type Area = keyof typeof english;
