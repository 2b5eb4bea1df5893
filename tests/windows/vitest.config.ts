import { defineConfig } from 'vitest/config';

/** On Windows itself, or with Windows' own Node under Wine: see windows.ts. */
export default defineConfig({
  test: {
    root: new URL('../..', import.meta.url).pathname,
    include: ['tests/windows/**/*.test.ts'],
    maxWorkers: 1,
    testTimeout: 120_000,
    hookTimeout: 180_000,
  },
});
