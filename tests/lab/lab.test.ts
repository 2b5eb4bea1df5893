/** Every row of what can be wrong between a property and the internet, for real. */
import { afterAll, beforeAll, describe, it } from 'vitest';
import { checkRow } from './check-row.ts';
import { type Lab, openLab } from './lab.ts';
import { whyNoLab } from './network.ts';
import { rows } from './rows.ts';

const obstacle = whyNoLab();
if (obstacle !== null) console.log(`SKIPPED: the network lab: ${obstacle}`);

describe.skipIf(obstacle !== null)('a property in trouble with its network', () => {
  let lab: Lab;
  beforeAll(async () => {
    lab = await openLab();
  });
  afterAll(() => lab?.[Symbol.asyncDispose]());

  it.concurrent.each(rows)('$name', (row) => checkRow(lab, row));
});
