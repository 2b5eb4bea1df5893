/** The network lab's rows that are told fastest, for real: the rest are in `npm run lab`. */
import { describeRows } from '../lab/describe-rows.ts';
import { rows } from '../lab/rows.ts';

describeRows(
  rows.filter((row) => row.inSuite === true),
  240_000,
);
