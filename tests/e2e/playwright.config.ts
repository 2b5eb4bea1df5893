import { defineConfig } from '@playwright/test';

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
