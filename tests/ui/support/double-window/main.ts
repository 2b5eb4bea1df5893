/** The window over the double: for pictures and for building a screen before its engine. */
import '../../../../renderer/app/start.ts';
import '@fontsource-variable/inter/wght.css';
import '@fontsource-variable/newsreader/wght.css';
import '../../../../renderer/app/base.css';
import { openWindow } from '../../../../renderer/app/window.tsx';
import type { Preferences } from '../../../../shared/schemas.ts';
import { createDouble, samplePreferences } from '../double.ts';
import { calmSituation, sampleSituation } from '../sample-data.ts';

const asked = new URLSearchParams(window.location.search);
const situations = {
  calm: calmSituation,
  new: () =>
    sampleSituation({
      endpoints: [],
      sources: [],
      hours: [],
      waiting: 0,
      needsAttention: 0,
      lastEventAt: null,
      eventsToday: 0,
      deliveredToday: 0,
    }),
  trouble: sampleSituation,
};
const double = createDouble(situations[(asked.get('situation') ?? 'trouble') as keyof typeof situations]());
let preferences = {
  ...samplePreferences(),
  theme: (asked.get('theme') ?? 'light') as Preferences['theme'],
  language: (asked.get('language') ?? 'en') as Preferences['language'],
};
double.answer('preferences.get', () => preferences);
double.answer('preferences.change', ({ change }) => {
  preferences = { ...preferences, ...(change as Partial<Preferences>) };
  return preferences;
});
const place = document.getElementById('window');
if (place) openWindow(place, double);
