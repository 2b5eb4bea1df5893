/**
 * `npm run soak`: six months of a property in minutes. 200 events a day, nightly outages of the internet, weekly power cuts,
 * daylight saving both ways, a receiver that is down on Sundays, one that limits, and events that nobody takes. The engine,
 * SQLite, HTTPS and the receivers are the real ones; the clock is the test's, and so is who knows names on the internet.
 * Ends with `events N, delivered N, waiting N, needs attention N, skipped N, lost N`, or with exit code 1 where something
 * was lost, the numbers do not add up, memory or database grew, or a night's work was left out or done twice.
 * `--days` for a shorter one, `--seed` for one that was had before.
 */
import { parseArgs } from 'node:util';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import BetterSqlite3 from 'better-sqlite3';
import { dayStart, localDay } from '../../electron/engine/local-time.ts';
import { eventTypes } from '../../shared/events.ts';
import { createFakeClock, hourMs, minuteMs } from '../support/clock.ts';
import { temporaryFolder } from '../support/folder.ts';
import { seededRandom } from '../support/random.ts';
import { type Account, addsUp, createAccount, type Sum, sumLine } from './account.ts';
import { openInternet } from './internet.ts';
import { openProperty } from './property.ts';
import { startReceivers, warehouse } from './receivers.ts';
import { createStories, type PmsEvent } from './stories.ts';

const timeZone = 'Europe/Madrid';
/** A Thursday, early: two looks at what is old are a day apart. Clocks go back on Sunday, 25 October 2026, and on again on 28 March 2027. */
const begins = Date.UTC(2026, 9, 22, 3);
const halfAYearDays = 182;
const eventsADay = 200;
/** At the end nothing new comes and nothing is wrong, so that what is to be tried again tomorrow is. */
const lastDays = 3;
/** Time passes in steps of so much at most, in milliseconds. */
const strideMs = 5 * minuteMs;
/** Memory and size are compared over sixths of the run: months, in a whole one. */
const parts = 6;
const heapGrowth = { factor: 1.25, bytes: 8_000_000 } as const;
const sizeGrowth = { factor: 1.3, bytes: 2_000_000 } as const;

/** Something that happens at a time of the day. */
interface Happening {
  readonly at: number;
  readonly does: () => Promise<void>;
}

/** Where it cannot go on, what was wrong before is told as well. */
async function soak(days: number, seed: number): Promise<number> {
  const account = createAccount(days * eventsADay + 1, 4);
  try {
    return await live(days, seed, account);
  } catch (error) {
    for (const fault of account.faults) console.log(`problem: ${fault}`);
    throw error;
  }
}

async function live(days: number, seed: number, account: Account): Promise<number> {
  const random = seededRandom(seed);
  const beganAt = performance.now();
  const clock = createFakeClock(begins);
  const stories = createStories(random);
  await using folder = await temporaryFolder();
  await using internet = await openInternet();
  await using receivers = await startReceivers(clock, account);
  const retentionDays = Math.max(1, Math.floor(days / parts));
  await using property = await openProperty({
    ...{ folder: folder.path, clock, internet, receivers, timeZone, random, retentionDays },
    error: (what) => account.fault(`the engine logged: ${what}`),
  });
  console.log(`${days} days, kept for ${retentionDays}, seed ${seed}`);

  let warehouseWantsStock = false;
  const nights = new Map<string, number>();
  let lastNight: number | null = null;
  let cuts = 0;
  let outages = 0;

  const wantedBy = ({ type }: PmsEvent): number =>
    receivers.all.reduce((bits, { events }, endpoint) => bits | (events.includes(type) ? 1 << endpoint : 0), 0) |
    (warehouseWantsStock && type === 'inventory.low' ? 1 << warehouse : 0);

  async function say(event: PmsEvent): Promise<void> {
    if (!(await property.post(event))) return account.fault(`event ${event.n} was not taken`);
    account.acknowledged(event.n, wantedBy(event));
  }

  /** A night's work is waited for: what it does takes longer than a clock that is not the real one shows. */
  async function lookAtNight(): Promise<void> {
    const at = property.nightAt();
    if (at === null || at === lastNight) return;
    // The first look at what is old only remembers the time.
    if (lastNight !== null) await property.nightOver();
    lastNight = at;
    const day = localDay(at, timeZone).toString();
    nights.set(day, (nights.get(day) ?? 0) + 1);
  }

  async function passTo(at: number): Promise<void> {
    while (clock.wallMs() < at) {
      await clock.stride(Math.min(strideMs, at - clock.wallMs()));
      await property.calm();
      await lookAtNight();
    }
  }

  /** Mostly by day, as a front desk works. */
  const timeOfDay = () => (random() < 0.93 ? 7 + random() * 16.5 : random() * 24) * hourMs;

  function happeningsOf(start: number, day: number): Happening[] {
    const all: Happening[] = [];
    const add = (afterMs: number, does: Happening['does']) => void all.push({ at: Math.round(start + afterMs), does });
    const isSunday = localDay(start, timeZone).dayOfWeek === 7;
    const isGone = Math.floor(day / 7) % 2 === 1;
    for (let n = 0; n < eventsADay; n += 1) add(timeOfDay(), () => say(stories.next()));
    if (isSunday) {
      add(0, () => receivers.setSunday(true, isGone));
      add(24 * hourMs - 1, () => receivers.setSunday(false, isGone));
    }
    const outAt = (21 + random() * 6) * hourMs;
    const backAt = outAt + (0.3 + random() * 5) * hourMs;
    const way = day % 2 === 0 ? 'unplugged' : 'silent';
    add(outAt, async () => {
      internet.way = way;
      outages += 1;
      for (const { receiver, url } of receivers.all) if (url.includes('.example')) receiver.closeConnections();
    });
    add(backAt, async () => {
      internet.way = 'open';
    });
    if (day % 7 === 1) {
      add(random() * 24 * hourMs, async () => {
        const during = stories.next();
        await property.cutPower(during);
        cuts += 1;
        await say(during);
      });
    }
    return all;
  }

  const heaps: number[] = [];
  const sizes: number[] = [];
  const collect = garbageCollector();
  let ahead: Happening[] = [];
  for (let day = 0; day < days; day += 1) {
    const start = dayStart(clock.wallMs() + hourMs, timeZone);
    const end = dayStart(start + 36 * hourMs, timeZone);
    if (day < days - lastDays) ahead.push(...happeningsOf(start, day));
    ahead.sort((one, other) => one.at - other.at);
    for (let next = ahead[0]; next !== undefined && next.at < end; next = ahead[0]) {
      ahead = ahead.slice(1);
      await passTo(next.at);
      await next.does();
      await property.calm();
    }
    await passTo(end);
    const done = ((day + 1) * parts) / days;
    if (Math.floor(done) === heaps.length) continue;
    collect();
    heaps.push(process.memoryUsage().heapUsed);
    sizes.push(property.sizeBytes());
    console.log(
      `day ${day + 1}, ${localDay(start, timeZone)}: heap ${mb(heaps.at(-1) ?? 0)} MB, resident ${mb(process.memoryUsage.rss())} MB, ` +
        `database ${mb(sizes.at(-1) ?? 0)} MB, after ${Math.round((performance.now() - beganAt) / 1000)} s`,
    );
    if (!warehouseWantsStock) {
      await property.call('endpoints.change', {
        id: property.endpoints[warehouse] as never,
        change: { events: [...eventTypes] },
      });
      warehouseWantsStock = true;
    }
  }

  const problems = [...account.faults];
  const sum = account.sum(property.held());
  const situation = await property.call('situation.get', {});
  if (situation.waitingEvents.events !== sum.waiting) {
    problems.push(`${sum.waiting} events wait, and the engine says ${situation.waitingEvents.events}`);
  }
  if (situation.attentionEvents !== sum.needsAttention) {
    problems.push(`${sum.needsAttention} events need a person, and the engine says ${situation.attentionEvents}`);
  }
  const usedUp = property.usedUp();
  for (const [endpoint, { name }] of receivers.all.entries()) {
    // Nothing but its Sundays may use up attempts, and nothing but an event that it refuses.
    const count = usedUp.get(endpoint) ?? 0;
    if (endpoint !== 0 && count > 0)
      problems.push(`${count} attempts of "${name}" were used up, by no fault of its own`);
  }
  problems.push(
    ...wrongNights(nights, days),
    ...grown(heaps, sizes),
    ...wrongSum(sum),
    ...wrongBackups(property.backups()),
  );
  for (const problem of problems.slice(0, 30)) console.log(`problem: ${problem}`);
  console.log(
    `${outages} outages, ${cuts} power cuts, ${nights.size} nights, refused by the one that limits ${receivers.refused}, ` +
      `sent twice ${account.duplicates}, in ${Math.round((performance.now() - beganAt) / 1000)} s`,
  );
  console.log(sumLine(sum));
  return problems.length === 0 ? 0 : 1;
}

/** The first night may be the start's own. */
function wrongNights(nights: ReadonlyMap<string, number>, days: number): string[] {
  const twice = [...nights]
    .filter(([, count]) => count > 1)
    .map(([day, count]) => `the night's work was done ${count} times on ${day}`);
  return nights.size < days - 1 ? [...twice, `the night's work was done in ${nights.size} of ${days} nights`] : twice;
}

/** The first part has what the start needs, the second what is kept. */
function grown(heaps: readonly number[], sizes: readonly number[]): string[] {
  const told: string[] = [];
  const [heapBefore = 0, heapAfter = 0] = [heaps[0], heaps.at(-1)];
  if (heapAfter > heapBefore * heapGrowth.factor + heapGrowth.bytes) {
    told.push(`memory grew from ${mb(heapBefore)} to ${mb(heapAfter)} MB`);
  }
  const most = Math.max(...sizes.slice(2));
  if (most > (sizes[1] ?? 0) * sizeGrowth.factor + sizeGrowth.bytes) {
    told.push(`the database grew from ${mb(sizes[1] ?? 0)} to ${mb(most)} MB`);
  }
  return told;
}

function wrongSum(sum: Sum): string[] {
  const told: string[] = [];
  if (sum.lost > 0) told.push(`${sum.lost} acknowledged events are nowhere`);
  if (!addsUp(sum)) told.push('the numbers do not add up');
  if (sum.delivered === 0) told.push('nothing was delivered');
  return told;
}

/** Three of a night and three of an hour, each a whole database. */
function wrongBackups(files: readonly string[]): string[] {
  const told = files.length > 6 ? [`${files.length} backups are kept`] : [];
  for (const file of files) {
    const backup = new BetterSqlite3(file, { readonly: true });
    const found = backup.pragma('integrity_check', { simple: true });
    backup.close();
    if (found !== 'ok') told.push(`${file} is damaged: ${found}`);
  }
  return files.length === 0 ? ['there is no backup'] : told;
}

const mb = (bytes: number): string => (bytes / 1_000_000).toFixed(1);

function garbageCollector(): () => void {
  setFlagsFromString('--expose-gc');
  return runInNewContext('gc') as () => void;
}

if (import.meta.main) {
  const { values } = parseArgs({
    options: {
      days: { type: 'string', default: String(halfAYearDays) },
      seed: { type: 'string', default: '20261128' },
    },
  });
  process.exitCode = await soak(Number(values.days), Number(values.seed));
}
