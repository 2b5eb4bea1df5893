/** The network lab's rows that are told fastest, for real: the rest are in `npm run lab`. */
import { afterAll, beforeAll, describe, it } from 'vitest';
import { checkRow } from '../lab/check-row.ts';
import { type Lab, openLab } from '../lab/lab.ts';
import { whyNoLab } from '../lab/network.ts';
import { rows } from '../lab/rows.ts';

const obstacle = whyNoLab();
if (obstacle !== null) console.log(`SKIPPED: the network lab: ${obstacle}`);

describe.skipIf(obstacle !== null)('a property in trouble with its network', () => {
  let lab: Lab;
  beforeAll(async () => {
    lab = await openLab();
  });
  afterAll(() => lab?.[Symbol.asyncDispose]());

  const quick = rows.filter((row) => row.inSuite === true);
  it.concurrent.each(quick)('$name', { timeout: 240_000 }, (row) => checkRow(lab, row));
});
