/**
 * A wall clock for the engine of a running app, moved by a test: nobody sleeps eight hours for one. The engine is started
 * anew with it; what else it is stays the build's.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from '@playwright/test';
import type { RunningApp } from './app.ts';

export interface ShiftedClock {
  /** By so many milliseconds from what it is now; what runs monotonically does not notice, as in a sleep. */
  forward(ms: number): void;
}

/** @param folder where the shift and the program that applies it are kept */
export async function shiftClock(app: RunningApp, folder: string): Promise<ShiftedClock> {
  const shiftFile = join(folder, 'shift');
  // By this name the engine's process is known.
  const shimFile = join(folder, 'engine-process.cjs');
  let shift = 0;
  const keep = () => writeFileSync(shiftFile, String(shift));
  keep();
  writeFileSync(shimFile, shim(shiftFile));
  await app.electron.evaluate(({ utilityProcess }, file) => {
    const fork = utilityProcess.fork;
    utilityProcess.fork = (bundle, args, options) =>
      fork(file, args, { ...options, env: { ...options?.env, ENGINE_BUNDLE: bundle } });
  }, shimFile);
  const before = app.enginePid();
  process.kill(before, 'SIGKILL');
  const isAnother = async () => {
    const { ok } = await app.tryCall('situation.get', {});
    return ok && app.enginePid() !== before;
  };
  await expect.poll(() => isAnother().catch(() => false), { timeout: 20_000 }).toBe(true);
  return {
    forward(ms) {
      shift += ms;
      keep();
    },
  };
}

const shim = (shiftFile: string): string => `
const { readFileSync } = require('node:fs');
const RealDate = Date;
const realNow = Date.now;
const now = () => realNow() + Number(readFileSync(${JSON.stringify(shiftFile)}, 'utf8') || 0);
globalThis.Date = class Date extends RealDate {
  constructor(...args) {
    super(...(args.length === 0 ? [now()] : args));
  }
  static now() {
    return now();
  }
};
require(process.env.ENGINE_BUNDLE);
`;
