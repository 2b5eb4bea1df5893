/**
 * `npm run bench:ui [-- --json] [--deliveries N] [--minutes N] [--perSecond N]`: the window in a real browser over
 * a log of a million deliveries. From click to paint, the longest frame of a scroll through 5,000 rows, what
 * typing in the search costs, and the heap after a live log. `--quick` makes everything smaller.
 */
import { existsSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { type CDPSession, chromium, type Page } from 'playwright';
import { build } from 'vite';
import { eventTypes } from '../../shared/events.ts';
import { connectControl } from '../support/control.ts';
import { startEngineProcess } from '../support/engine-process.ts';
import { temporaryFolder } from '../support/folder.ts';
import { fillPaused } from './log.ts';
import { startPlainReceiver } from './plain-receiver.ts';
import { type Measured, toJson, toLine } from './report.ts';
import { openProbe, type Probe } from './window-probe.ts';

const { values } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    quick: { type: 'boolean', default: false },
    deliveries: { type: 'string' },
    minutes: { type: 'string' },
    perSecond: { type: 'string', default: '50' },
    /** Measures the window as it was built before. */
    'no-build': { type: 'boolean', default: false },
  },
});
const deliveries = Number(values.deliveries ?? (values.quick ? 50_000 : 1_000_000));
const minutes = Number(values.minutes ?? (values.quick ? 0.5 : 10));
const perSecond = Number(values.perSecond);
const timesOpened = 10;
const rowsScrolled = 5000;

const measured: Measured[] = [];
/** Longest frame of the window while nobody touches it: what the machine itself, with all else on it, allows. */
let idleFrameMs = 0;
const note = (part: string, what: string, value: number | null, unit: string, atMost?: number) => {
  const bare = what.includes('longest frame') ? { bare: idleFrameMs } : {};
  const one = { part, what, value, unit, ...bare, ...(atMost !== undefined && { goal: { atMost } }) };
  measured.push(one);
  if (!values.json) console.log(toLine(one));
};

if (!values['no-build']) await build({ configFile: 'renderer/vite.config.ts', logLevel: 'error' });
await using folder = await temporaryFolder();
if (!values.json) console.log(`seeding ${deliveries.toLocaleString('en')} deliveries …`);
fillPaused(folder.path, deliveries, Date.now());
await using engine = await startEngineProcess({
  dataFolder: folder.path,
  window: true,
  withinMs: 60_000,
  env: { ROOST_RELAY_PLAIN_LOOPBACK: '1' },
});
const control = await connectControl(folder.path);
await control.call('settings.change', { change: { propertyId: 'prop_bench', internetCheck: { use: 'off', own: [] } } });

const debians = '/usr/bin/chromium';
const browser = await chromium.launch({
  ...(existsSync(debians) && { executablePath: debians }),
  args: ['--no-sandbox', '--disable-background-networking', '--disable-dev-shm-usage'],
});
try {
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  const devtools = await page.context().newCDPSession(page);
  await page.goto(await windowAddress());
  await page.getByRole('heading', { level: 1 }).waitFor();
  const probe = await openProbe(page);
  idleFrameMs = (await probe.framesDuring(() => page.waitForTimeout(5000))).longestMs;
  await measureOpening(page, probe);
  await measureScrolling(page, probe, devtools);
  await measureTyping(page, probe);
  await measureLive(page, probe, devtools);
} finally {
  await browser.close();
}
if (values.json) console.log(toJson(measured));

/** The one-time address, which the engine prints a moment after it has begun to listen. */
async function windowAddress(): Promise<string> {
  for (let tries = 0; tries < 100; tries++) {
    const address = /http:\S+\/open\?token=\S+/.exec(engine.output())?.[0];
    if (address !== undefined) return address;
    await new Promise((again) => setTimeout(again, 100));
  }
  throw new Error(`The engine printed no address of the window:\n${engine.output()}`);
}

async function measureOpening(page: Page, probe: Probe): Promise<void> {
  const took: number[] = [];
  for (let time = 0; time < timesOpened; time++) {
    await page.locator('nav a[href$="#/"]').click();
    await page.locator('[role=grid]').waitFor({ state: 'detached' });
    // Longer than pages out of sight stay in memory, so that every opening asks the engine.
    await page.waitForTimeout(values.quick ? 1000 : 11_000);
    took.push(await probe.clickToPaint('nav a[href$="/deliveries"]', '[role=row][aria-selected]'));
  }
  took.sort((a, b) => a - b);
  note('the log', 'first page, click to paint, median', took[Math.floor(took.length / 2)] ?? null, 'ms', 100);
  note('the log', 'first page, click to paint, longest', took.at(-1) ?? null, 'ms', 100);
}

async function measureScrolling(page: Page, probe: Probe, devtools: CDPSession): Promise<void> {
  // The page's own processor time: what others on the machine take is not in it.
  await devtools.send('Performance.enable', { timeDomain: 'threadTicks' });
  const usedMs = async () => {
    const { metrics } = await devtools.send('Performance.getMetrics');
    return (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? 0) * 1000;
  };
  for (const dense of [false, true]) {
    if (dense) await page.getByRole('button', { name: 'Dense rows' }).click();
    const before = await usedMs();
    const { longestMs, over50, frames, rows } = await probe.scroll(rowsScrolled);
    const perFrame = ((await usedMs()) - before) / frames;
    const look = dense ? 'dense' : 'roomy';
    note('scrolling', `${look}: rows passed, in ${frames} frames`, rows, 'rows');
    note('scrolling', `${look}: longest frame`, longestMs, 'ms', 50);
    note('scrolling', `${look}: processor time per frame, mean`, perFrame, 'ms');
    note('scrolling', `${look}: frames over 50 ms`, over50, 'frames', 0);
  }
  await page.getByRole('button', { name: 'Roomy rows' }).click();
}

async function measureTyping(page: Page, probe: Probe): Promise<void> {
  await page.getByRole('searchbox', { name: 'Search deliveries' }).focus();
  const { longestMs } = await probe.framesDuring(() => page.keyboard.type('maria santos', { delay: 90 }));
  note('typing in the search', 'longest frame', longestMs, 'ms', 50);
  await page.locator('[role=row][aria-selected]').first().waitFor();
  await page.getByRole('button', { name: 'Clear filters' }).click();
}

/** Events come in and are delivered, and the log stands open all the while. */
async function measureLive(page: Page, probe: Probe, devtools: CDPSession): Promise<void> {
  await using receiver = await startPlainReceiver();
  const { endpoint } = await control.call('endpoints.add', {
    endpoint: { url: receiver.url(1), events: [...eventTypes], limits: { inFlight: 100, perSecond: 1000 } },
  });
  await control.call('endpoints.enable', { id: endpoint.id, override: true });
  const source = await control.call('sources.add', { name: 'PMS' });
  const heapMb = async () => {
    await devtools.send('HeapProfiler.collectGarbage');
    const { usedSize } = await devtools.send('Runtime.getHeapUsage');
    return usedSize / 1e6;
  };
  note('live log', 'heap before', await heapMb(), 'MB', 200);
  const endMs = Date.now() + minutes * 60_000;
  let posted = 0;
  const posting = setInterval(() => {
    posted += 1;
    void post(source.url, source.token, posted).catch(() => {});
  }, 1000 / perSecond);
  let longest = 0;
  try {
    for (let minute = 1; Date.now() < endMs; minute++) {
      const { longestMs } = await probe.framesDuring(() => page.waitForTimeout(Math.min(60_000, endMs - Date.now())));
      longest = Math.max(longest, longestMs);
      // A helper looks at what is new now and then.
      const pill = page.getByRole('button', { name: /new$/ });
      if (await pill.isVisible()) await pill.click();
      if (!values.json) console.log(`  … ${minute} min, ${posted} posted, heap ${(await heapMb()).toFixed(1)} MB`);
    }
  } finally {
    clearInterval(posting);
  }
  note('live log', `deliveries that arrived, of ${posted} events posted`, receiver.count, '');
  note('live log', `heap after ${minutes} min at ${perSecond}/s`, await heapMb(), 'MB', 200);
  note('live log', 'longest frame', longest, 'ms', 50);
}

async function post(url: string, token: string, n: number): Promise<void> {
  const answer = await fetch(url, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ event: 'guest.checkin', data: { booking_id: `bk_live_${n}`, guest_name: `Guest ${n}` } }),
  });
  await answer.arrayBuffer();
}
