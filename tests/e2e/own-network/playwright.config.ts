import { defineConfig } from '@playwright/test';
import desktop from '../playwright.config.ts';

/** What needs a network to switch off: run by own-network.spec.ts inside a namespace, where it is the only one. */
export default defineConfig({
  ...desktop,
  testDir: '.',
  testIgnore: [],
  outputDir: '../../../test-results/e2e-own-network',
  // Built already by the suite around it.
  globalSetup: '',
  reporter: [['list']],
});
