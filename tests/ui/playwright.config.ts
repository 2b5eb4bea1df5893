import { existsSync } from 'node:fs';
import { defineConfig } from '@playwright/test';
import { debianChromiums } from './support/chromium.ts';

/** Debian's Chromium where it is installed (the set-up installs it); else the one that Playwright brought. */
const systemChromium = debianChromiums.find((path) => existsSync(path));

// No test asks an address of the real internet; one that is about them names its own.
process.env.ROOST_RELAY_INTERNET_CHECK ??= 'off';

/** The whole window in a real browser against the real engine and real receivers. */
export default defineConfig({
  testDir: '.',
  testMatch: '*.spec.ts',
  outputDir: '../../test-results/ui',
  globalSetup: './support/set-up.ts',
  // Each test has an engine of its own, and waits for it a third of its time.
  workers: 3,
  fullyParallel: true,
  timeout: 90_000,
  expect: { timeout: 15_000 },
  reporter: process.env.PLAYWRIGHT_JSON_OUTPUT_FILE ? [['list'], ['json']] : [['list']],
  use: {
    browserName: 'chromium',
    viewport: { width: 1280, height: 800 },
    locale: 'en-GB',
    timezoneId: 'Asia/Manila',
    permissions: ['clipboard-read', 'clipboard-write'],
    // A trace of every test is a third of all CPU time here; one that fails leaves its picture and page, and
    // `npm run test:ui -- --trace on FILE` records it whole.
    screenshot: 'only-on-failure',
    launchOptions: {
      ...(systemChromium !== undefined && { executablePath: systemChromium }),
      args: ['--no-sandbox', '--disable-background-networking', '--disable-dev-shm-usage'],
    },
  },
});
