import { defineConfig } from '@playwright/test';

// No test asks an address of the real internet; one that is about them names its own.
process.env.ROOST_RELAY_INTERNET_CHECK ??= 'off';

/** The real app on a real desktop: one at a time, since they share its tray, its notifications and its keyboard. */
export default defineConfig({
  testDir: '.',
  testMatch: '*.spec.ts',
  // Run by own-network.spec.ts, in a network of its own.
  testIgnore: '**/own-network/**',
  outputDir: '../../test-results/e2e',
  globalSetup: './set-up.ts',
  workers: 1,
  fullyParallel: false,
  timeout: 150_000,
  expect: { timeout: 15_000 },
  retries: 0,
  reporter: process.env.PLAYWRIGHT_JSON_OUTPUT_FILE ? [['list'], ['json']] : [['list']],
});
