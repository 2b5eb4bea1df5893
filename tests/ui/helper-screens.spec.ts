/** The helper's screens in both themes and languages: no axe violation, nothing cut off, a picture kept. */
import type { Page } from '@playwright/test';
import { rows } from './support/list.ts';
import { expectAccessible, keepPictures } from './support/proof.ts';
import { expect, looks, test, wear } from './support/relay.ts';
import { type WorkingDay, workingDay } from './support/working-day.ts';

interface Screen {
  readonly name: string;
  readonly path: (day: WorkingDay) => string;
  readonly before?: (page: Page) => Promise<void>;
}

const logScreens: readonly Screen[] = [
  { name: 'deliveries', path: () => '/deliveries' },
  {
    name: 'delivery',
    path: ({ endpoints }) => `/deliveries?endpoint=${endpoints.bad}`,
    before: async (page) => {
      await rows(page).last().click();
      await expect(page.getByRole('tab', { name: /Answer|Sagot/ })).toBeVisible();
    },
  },
  { name: 'deliveries-none', path: () => '/deliveries?text=nobody-of-this-name' },
  {
    name: 'deliveries-filter',
    path: () => '/deliveries?state=waiting',
    before: (page) => page.getByRole('group').getByRole('button').first().click(),
  },
  {
    name: 'deliveries-resend',
    path: () => '/deliveries?state=waiting,delivered',
    before: (page) => page.getByRole('button', { name: /^(Resend|Ipadala ulit)/ }).click(),
  },
  { name: 'events', path: () => '/events' },
  { name: 'event', path: ({ events }) => `/events/${events[0]}` },
  {
    name: 'event-send-to',
    path: ({ events }) => `/events/${events[0]}`,
    before: (page) => page.getByRole('button', { name: /^(Send to…|Ipadala sa…)/ }).click(),
  },
  { name: 'story', path: () => '/events/story?about=bk_1' },
  { name: 'story-empty', path: () => '/events/story' },
  { name: 'test-event', path: ({ endpoints }) => `/events/test?endpoint=${endpoints.good}` },
];

const endpointScreens: readonly Screen[] = [
  { name: 'endpoints', path: () => '/endpoints' },
  { name: 'endpoint', path: ({ endpoints }) => `/endpoints/${endpoints.bad}` },
  { name: 'endpoint-paused', path: ({ endpoints }) => `/endpoints/${endpoints.paused}` },
  { name: 'endpoint-new', path: () => '/endpoints/new' },
  { name: 'endpoint-edit', path: ({ endpoints }) => `/endpoints/${endpoints.bad}/edit` },
  {
    name: 'endpoint-test',
    path: ({ endpoints }) => `/endpoints/${endpoints.draft}/test`,
    before: async (page) => {
      await page.getByRole('button', { name: /Send a test|Magpadala ng pagsubok/ }).click();
      await expect(page.getByRole('status').first()).toContainText('200');
    },
  },
  {
    name: 'endpoint-past',
    path: ({ endpoints }) => `/endpoints/${endpoints.bad}/past`,
    before: (page) => page.getByText(/^(Choose single events|Pumili ng mga event)$/).click(),
  },
  { name: 'bench', path: ({ endpoints }) => `/bench?endpoint=${endpoints.good}` },
];

async function prove(
  page: Page,
  screens: readonly Screen[],
  relay: Parameters<typeof wear>[0],
  day: WorkingDay,
  suffix: string,
) {
  for (const { name, path, before } of screens) {
    // What a screen left open must not lie over the next one.
    await page.goto('about:blank');
    await relay.open(page, path(day));
    await before?.(page);
    await expectAccessible(page);
    await keepPictures(page, `${name}-${suffix}`);
  }
}

for (const look of looks) {
  test(`the log and events in ${look.theme} and ${look.language}`, async ({ page, relay }) => {
    test.setTimeout(240_000);
    const day = await workingDay(relay);
    await wear(relay, look);
    await prove(page, logScreens, relay, day, `${look.theme}-${look.language}`);
  });

  test(`endpoints and the test bench in ${look.theme} and ${look.language}`, async ({ page, relay }) => {
    test.setTimeout(240_000);
    const day = await workingDay(relay);
    await relay.call('bench.start', {});
    await relay.call('bench.point', { id: day.endpoints.good, confirmed: true });
    await relay.call('endpoints.test', { id: day.endpoints.good });
    await relay.call('endpoints.rotate', { id: day.endpoints.bad });
    await wear(relay, look);
    await prove(page, endpointScreens, relay, day, `${look.theme}-${look.language}`);
  });
}

test.use({ actionTimeout: 10_000 });

test('a log that is empty says what comes there, and the one next step', async ({ page, relay }) => {
  await relay.open(page, '/deliveries');
  await expect(page.getByRole('link', { name: 'Add an endpoint' })).toBeVisible();
  await expectAccessible(page);
  await keepPictures(page, 'deliveries-empty');
});

test('at 200 % zoom the log and its details are still to be used', async ({ page, relay }) => {
  await workingDay(relay);
  await page.setViewportSize({ width: 640, height: 400 });
  await relay.open(page, '/deliveries');
  await rows(page).first().click();
  await expect(page.getByRole('button', { name: 'Back to the list' })).toBeVisible();
  await page.getByRole('button', { name: 'Back to the list' }).click();
  await expect(rows(page).first()).toBeVisible();
  await page.screenshot({ path: 'test-results/pictures/deliveries-zoomed.png' });
});
