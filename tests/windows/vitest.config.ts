import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

/** On Windows itself, or with Windows' own Node under Wine: see windows.ts. */
export default defineConfig({
  test: {
    root: fileURLToPath(new URL('../..', import.meta.url)),
    include: ['tests/windows/**/*.test.ts'],
    maxWorkers: 1,
    testTimeout: 120_000,
    hookTimeout: 180_000,
  },
});
