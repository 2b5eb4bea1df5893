/** What has to hold of every row: said within a minute at each place, nothing used up, and all goes out in order. */
import { expect } from 'vitest';
import type { Lab, Property, Said } from './lab.ts';
import type { Row } from './rows.ts';
import type { ReceiverName } from './worlds.ts';

/** What is wrong has to be said within so long, in milliseconds. */
const saidWithinMs = 60_000;

export async function checkRow(lab: Lab, row: Row): Promise<void> {
  const property = await lab.property(row.property);
  if (row.beginsWithIt !== true) {
    await property.post();
    await property.allArrived();
  }
  await row.begins(property);
  await property.post();
  await property.post();
  const said = await saidOf(property, row);
  expect(said.status).toContain(said.headline);
  expect(said.doctor).toMatch(row.doctor);
  expect(said.statusJson.connectivity).toEqual(said.situation.connectivity);
  expect(await property.counted(), 'attempts that used something up').toEqual([]);
  if (row.goesOn) expect(property.arrivedAt(row.goesOn)).toHaveLength(property.posted);

  await row.ends(property);
  await property.allArrived();
  const away = row.property?.endpoints ?? (['tower', 'harbour', 'mango'] satisfies ReceiverName[]);
  const endpoints = row.property?.lock ? [...away, 'lock' as const] : away;
  const inOrder = Array.from({ length: property.posted }, (_, index) => `bk_${index + 1}`);
  for (const name of endpoints) expect(property.arrivedAt(name)).toEqual(inOrder);
  expect(await property.counted(), 'attempts that used something up').toEqual([]);
  const after = await until(property, ({ situation }) => situation.connectivity.state === 'online');
  expect(after.headline).not.toMatch(row.headline);
  if (row.outage === null) return expect(after.situation.outages).toEqual([]);
  const story = after.situation.outages.find(({ kind }) => kind === row.outage);
  // One that was over within a minute and kept nothing is no story; these kept two events.
  expect(story).toMatchObject({ events: 2, left: 0 });
  expect(story?.until).not.toBeNull();
}

const saidOf = (property: Property, row: Row): Promise<Said> =>
  until(property, ({ headline, status, situation: { outages } }) => {
    // It is written down a moment after it is known.
    const isTold = row.outage === null || outages.some(({ kind, until: over }) => kind === row.outage && over === null);
    return isTold && row.headline.test(headline) && status.includes(headline);
  });

async function until(property: Property, isSo: (said: Said) => boolean): Promise<Said> {
  const endsAt = performance.now() + saidWithinMs;
  for (;;) {
    const said = await property.says();
    if (isSo(said)) return said;
    if (performance.now() > endsAt) {
      throw new Error(
        `not within a minute; it says "${said.headline}"\n${said.doctor}\n${JSON.stringify(said.situation.facts)}\n${await property.output()}`,
      );
    }
    await new Promise((resolve) => setTimeout(resolve, 1_000));
  }
}
