import { defineConfig } from 'vitest/config';

/** `npm run lab`: every row; those that are quick are in the suite too. */
export default defineConfig({
  test: { include: ['tests/lab/*.test.ts'], testTimeout: 240_000, hookTimeout: 60_000, maxConcurrency: 6 },
});
