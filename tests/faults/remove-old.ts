/** Retention by itself, on a folder that no engine has: to be killed in the middle of it. */

import { systemClock } from '../../electron/engine/system-clock.ts';
import { createRetention } from '../../electron/engine/upkeep/retention.ts';
import { openContext } from '../support/log-folder.ts';

const [folder = ''] = process.argv.slice(2);
const yearMs = 365 * 86_400_000;
const context = openContext(folder);
console.log('begun');
await createRetention({ ...context, clock: systemClock }).run(Date.now() + yearMs);
context.close();
console.log('done');
