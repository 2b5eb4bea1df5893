/**
 * `npm run bench [-- --json] [--only PART …]`: what the product does on this machine, beside the machine's
 * bare limits in the same run. Parts: ingest, masking, shaping, kinds, shaped, folder, large, database, turns, deliver, pace, latency, load, catchup, start, log, beside. `--quick` makes
 * everything smaller; `--cpu-prof DIR` leaves a CPU profile of each engine there.
 */
import { parseArgs } from 'node:util';
import { measureBeside } from './beside.ts';
import { measureCatchUp, measureStart } from './catch-up.ts';
import { measureDatabase } from './database.ts';
import { measureFolderSource } from './folder-source.ts';
import { measureLargeFiles } from './large-files.ts';
import { measureLoad } from './load.ts';
import { measureLog } from './log.ts';
import { measureMasking } from './masking.ts';
import { measurePace } from './pace.ts';
import { type Measured, toJson, toLine } from './report.ts';
import { measureShapedIntake } from './shaped-intake.ts';
import { measureKinds, measureShapedDelivery, measureShaping } from './shaping.ts';
import { measureDelivery, measureIngest, measureLatency, type Sizes } from './throughput.ts';
import { measureTurns } from './turns.ts';

const { values, positionals } = parseArgs({
  // The parts after the first one that `--only` names.
  allowPositionals: true,
  options: {
    json: { type: 'boolean', default: false },
    quick: { type: 'boolean', default: false },
    only: { type: 'string', multiple: true, default: [] },
    events: { type: 'string' },
    deliveries: { type: 'string' },
    'cpu-prof': { type: 'string' },
  },
});

const nodeOptions = values['cpu-prof'] === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${values['cpu-prof']}`];
const sizes: Sizes = {
  events: Number(values.events ?? (values.quick ? 3_000 : 20_000)),
  latencySeconds: values.quick ? 3 : 15,
  nodeOptions,
};
const deliveries = Number(values.deliveries ?? (values.quick ? 20_000 : 1_000_000));

const parts: Record<string, () => Promise<Measured[]>> = {
  ingest: () => measureIngest(sizes),
  masking: () => measureMasking(),
  shaping: async () => [
    ...measureShaping(values.quick ? 2_000 : 20_000),
    ...(await measureShapedDelivery(sizes.events, nodeOptions)),
  ],
  kinds: async () => measureKinds(values.quick ? 2_000 : 10_000),
  shaped: () => measureShapedIntake(values.quick ? 5 : 30, nodeOptions),
  folder: () => measureFolderSource(values.quick ? 2_000 : 10_000, nodeOptions),
  large: () => measureLargeFiles(values.quick ? 10 : 100, nodeOptions),
  database: () => measureDatabase(values.quick ? 5 : 30, nodeOptions),
  turns: () => measureTurns(sizes.events, nodeOptions),
  deliver: async () => [...(await measureDelivery(1, sizes)), ...(await measureDelivery(5, sizes))],
  pace: () => measurePace(values.quick ? 20 : 60, nodeOptions),
  latency: () => measureLatency(sizes),
  load: () => measureLoad(values.quick ? 10 : 60, nodeOptions),
  catchup: () => measureCatchUp(values.quick ? 4_000 : 40_000, nodeOptions),
  start: () => measureStart(values.quick ? 5_000 : 100_000),
  log: () => measureLog(deliveries, nodeOptions),
  beside: () => measureBeside(deliveries, nodeOptions),
};

const named = [...values.only, ...positionals];
const unknown = named.find((name) => !Object.hasOwn(parts, name));
if (unknown !== undefined) {
  console.error(`--only: expected one of ${Object.keys(parts).join(', ')}, found "${unknown}".`);
  process.exit(2);
}
const measured: Measured[] = [];
for (const [name, measure] of Object.entries(parts)) {
  if (named.length > 0 && !named.includes(name)) continue;
  if (!values.json) console.log(`measuring ${name} …`);
  measured.push(...(await measure()));
}
if (values.json) console.log(toJson(measured));
else {
  for (const part of new Set(measured.map((one) => one.part))) {
    console.log(`\n${part}`);
    for (const one of measured) if (one.part === part) console.log(toLine(one));
  }
}
