/** Every row of what can be wrong between a property and the internet, for real. */
import { describeRows } from './describe-rows.ts';
import { receiverRows } from './receiver-rows.ts';
import { rows } from './rows.ts';

describeRows(rows, 240_000, receiverRows);
