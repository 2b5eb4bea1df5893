/** Every filter and search of the log at a million deliveries, asked of the running engine as the window asks. */
import BetterSqlite3 from 'better-sqlite3';
import { createVault, headlessDataKey } from '../../electron/engine/engine.ts';
import { databaseFile } from '../../electron/engine/store/connection.ts';
import type { CallInput } from '../../shared/api.ts';
import { endpointId } from '../../shared/schemas.ts';
import type { Control } from '../support/control.ts';
import { seed, seededEntity, seededRareGuest } from '../support/seed.ts';
import { startEngineUnderTest } from './engine-under-test.ts';
import { percentile } from './posting.ts';
import { residentMb } from './process-usage.ts';
import type { Measured } from './report.ts';

type Filter = NonNullable<CallInput<'deliveries.list'>['filter']>;

const dayMs = 86_400_000;
const timesAsked = 20;
/** Decisions 32: these in 10 ms, any other combination and free text in 50 ms with what was found so far. */
const served: { atMost: number } = { atMost: 10 };
const bounded: { atMost: number } = { atMost: 50 };
/** Of the 50 ms the engine's own search takes all it may: what is over is the way there and back. */
const wayThereAndBackMs = 10;

export async function measureLog(deliveries: number, nodeOptions: readonly string[]): Promise<Measured[]> {
  const now = Date.now();
  await using engine = await startEngineUnderTest({
    urls: [],
    nodeOptions,
    fill: (folder) => fillPaused(folder, deliveries, now),
  });
  const { control } = engine;
  const part = `log at ${deliveries.toLocaleString('en')} deliveries`;
  const endpoints = await control.call('endpoints.list', {});
  const one = endpointId.parse(endpoints[0]?.id);
  const entity = seededEntity(Math.floor(deliveries / 10));
  const day = { from: now - 30 * dayMs, to: now - 29 * dayMs };
  const rows: Measured[] = [];
  const note = (what: string, value: number, goal: { atMost: number }) =>
    rows.push({ part, what, value, unit: 'ms', goal });

  const filters: [string, Filter, { atMost: number }][] = [
    ['no filter', {}, served],
    ['time: one day', day, served],
    ['endpoint', { endpointIds: [one] }, served],
    ['state: needs attention', { states: ['needs_attention'] }, served],
    ['state: waiting', { states: ['waiting'] }, served],
    ['state: delivered', { states: ['delivered'] }, served],
    ['event type', { eventTypes: ['payment.received'] }, served],
    ['status class: 4xx', { statusClasses: ['4xx'] }, served],
    ['status class: 2xx', { statusClasses: ['2xx'] }, served],
    ['entity', { entity }, served],
    ['endpoint and time', { endpointIds: [one], ...day }, served],
    ['endpoint and state', { endpointIds: [one], states: ['needs_attention'] }, served],
    ['endpoint and event type', { endpointIds: [one], eventTypes: ['inventory.low'] }, served],
    ['endpoint and status class', { endpointIds: [one], statusClasses: ['5xx'] }, served],
    ['endpoint and entity', { endpointIds: [one], entity }, served],
    ['state, event type and time', { states: ['needs_attention'], eventTypes: ['order.created'], ...day }, bounded],
    ['status code', { status: 503 }, bounded],
    ['status code that never came', { status: 418 }, bounded],
    ['text: a common guest', { text: 'maria' }, bounded],
    ['text: a guest who came once', { text: seededRareGuest }, bounded],
    ['text: nobody', { text: 'nobody has this name' }, bounded],
    ['text: an entity id', { text: entity }, bounded],
    ['text, endpoint and state', { text: 'santos', endpointIds: [one], states: ['needs_attention'] }, bounded],
  ];
  for (const [what, filter, goal] of filters) {
    const ms = await asked(() => control.call('deliveries.list', { filter }));
    note(what, ms, goal === bounded ? { atMost: bounded.atMost + wayThereAndBackMs } : goal);
  }
  note('the 51st page', await asked(await pageAfter(control, 50)), served);
  note('a rare guest, asked on to the end', await toTheEnd(control, { text: seededRareGuest }), { atMost: 2_000 });
  note('one delivery with its attempts', await oneDelivery(control), served);
  note('the situation (first paint)', await asked(() => control.call('situation.get', {})), bounded);
  note("an endpoint's statistics", await asked(() => control.call('endpoints.statistics', { id: one })), bounded);
  rows.push({
    part: 'memory',
    what: 'engine after all of the log was searched',
    value: residentMb(engine.process.pid),
    unit: 'MB',
  });
  return rows;
}

/** The log of five endpoints, which send nothing while it is measured. */
export function fillPaused(dataFolder: string, deliveries: number, now: number): void {
  const vault = createVault(headlessDataKey(dataFolder), false);
  seed(dataFolder, { deliveries, endMs: now, seal: vault.seal });
  const database = new BetterSqlite3(databaseFile(dataFolder));
  database.exec("UPDATE endpoints SET switch = 'paused'");
  database.close();
}

/** 95 of 100 answers came within so many milliseconds, the way over HTTP included. */
async function asked(ask: () => Promise<unknown>): Promise<number> {
  const took: number[] = [];
  for (let time = 0; time < timesAsked; time++) {
    const began = performance.now();
    await ask();
    took.push(performance.now() - began);
  }
  return percentile(took, 95 - 1);
}

async function pageAfter(control: Control, pages: number): Promise<() => Promise<unknown>> {
  let cursor: string | null = null;
  for (let page = 0; page < pages; page++) {
    const answer: { next: string | null } = await control.call('deliveries.list', cursor === null ? {} : { cursor });
    cursor = answer.next;
  }
  const at = cursor;
  return () => control.call('deliveries.list', at === null ? {} : { cursor: at });
}

async function toTheEnd(control: Control, filter: Filter): Promise<number> {
  const began = performance.now();
  let cursor: string | null = null;
  let found = 0;
  do {
    const page: { rows: readonly unknown[]; next: string | null } = await control.call(
      'deliveries.list',
      cursor === null ? { filter } : { filter, cursor },
    );
    found += page.rows.length;
    cursor = page.next;
  } while (cursor !== null);
  if (found === 0) throw new Error('the rare guest was not found');
  return performance.now() - began;
}

async function oneDelivery(control: Control): Promise<number> {
  const { rows } = await control.call('deliveries.list', { filter: { statusClasses: ['5xx'] } });
  const [row] = rows;
  if (row === undefined) throw new Error('the filled log has no failed delivery');
  return asked(() => control.call('deliveries.get', { id: row.id }));
}
