import { defineConfig } from 'vitest/config';
import { compileCacheFolder } from './electron/compile-cache.ts';

// The threads that a test's engine starts strip and compile their files anew each time, a quarter of all CPU time here.
process.env.NODE_COMPILE_CACHE ??= compileCacheFolder;

export default defineConfig({
  test: {
    include: ['tests/{unit,integration,security}/**/*.test.{ts,tsx}'],
    globalSetup: ['tests/support/built-threads.ts'],
    // A worker keeps the modules that it has loaded: a third less CPU time. So no file mocks a module, and what one stubs
    // it puts back.
    isolate: false,
    // Each file starts real servers and databases and waits for them a third of its time: one more than a small machine
    // has cores. More only make them wait for each other.
    maxWorkers: 3,
    // As the sending thread does for itself: see electron/engine/sender-thread.ts.
    execArgv: ['--wasm-wrapper-tiering-budget=1000000000'],
    // No test asks an address of the real internet; one that is about them names its own.
    env: { ROOST_RELAY_INTERNET_CHECK: 'off' },
    // For what hangs; on a busy machine the longest of them take half of it.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // What is waited for ends the wait; a second, the default, is too short beside other work.
    expect: { poll: { timeout: 15_000 } },
  },
});
