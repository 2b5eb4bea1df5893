import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['tests/{unit,integration,security}/**/*.test.{ts,tsx}'],
    // Each file starts real servers and databases: more at once than cores only makes them wait for each other.
    maxWorkers: 2,
    // As the sending thread does for itself: see electron/engine/sender-thread.ts.
    execArgv: ['--wasm-wrapper-tiering-budget=1000000000'],
    // No test asks an address of the real internet; one that is about them names its own.
    env: { ROOST_RELAY_INTERNET_CHECK: 'off' },
    testTimeout: 30_000,
    hookTimeout: 30_000,
  },
});
