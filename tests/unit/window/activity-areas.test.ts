/** Who did what is looked for by area: an act that is in none is found by nobody who looks so. */
import { expect, test } from 'vitest';
import { activityAreas } from '../../../renderer/features/settings/activity-areas.ts';
import { actsEn } from '../../../renderer/features/settings/acts.en.ts';
import { engineCalls, recordedActs } from '../../../shared/api.ts';

const patterns = Object.values(activityAreas).flat();
const fits = (pattern: string, act: string) =>
  new RegExp(`^${pattern.replaceAll('.', '\\.').replaceAll('*', '.*')}$`).test(act);
const acts = Object.keys(actsEn).flatMap((key) => (key.startsWith('did.') ? [key.slice('did.'.length)] : []));

test('each act that the engine records is said in words, and not by its call', () => {
  const recorded = recordedActs.filter((name) => Object.hasOwn(engineCalls, name));
  expect(recorded.filter((name) => !acts.includes(name))).toEqual([]);
});

test.each(acts)('%s belongs to an area', (act) => {
  expect(patterns.some((pattern) => fits(pattern, act))).toBe(true);
});

test.each(patterns)('%s finds an act that there is', (pattern) => {
  expect(acts.some((act) => fits(pattern, act))).toBe(true);
});
