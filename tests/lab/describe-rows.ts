/** A lab, and some rows of what can be wrong between a property and the internet, tried in it at the same time. */
import { afterAll, beforeAll, describe, it } from 'vitest';
import { checkRow } from './check-row.ts';
import { type Lab, openLab } from './lab.ts';
import { whyNoLab } from './network.ts';
import { checkReceiverRow, type ReceiverRow } from './receiver-rows.ts';
import type { Row } from './rows.ts';

/** Skips them aloud where no lab can be had. */
export function describeRows(rows: readonly Row[], timeout: number, ofReceivers: readonly ReceiverRow[] = []): void {
  const obstacle = whyNoLab();
  if (obstacle !== null) console.log(`SKIPPED: the network lab: ${obstacle}`);

  describe.skipIf(obstacle !== null)('a property in trouble with its network', () => {
    let lab: Lab;
    beforeAll(async () => {
      lab = await openLab();
    });
    afterAll(() => lab?.[Symbol.asyncDispose]());

    it.concurrent.each(rows)('$name', { timeout }, (row) => checkRow(lab, row));
    it.concurrent.each(ofReceivers)('$name', { timeout }, (row) => checkReceiverRow(lab, row));
  });
}
