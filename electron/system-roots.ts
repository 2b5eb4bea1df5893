/** Reads the system's store of certificates in a Node of its own: this one keeps for life what it read first. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { SystemRoots } from './engine/engine.ts';

const program = 'console.log(JSON.stringify(require("node:tls").getCACertificates("system")))';
/** Longer than any store takes, in milliseconds. */
const withinMs = 20_000;
const mostBytes = 32 * 1024 * 1024;

export const systemRootsByNode: SystemRoots = {
  async read() {
    const options = { timeout: withinMs, maxBuffer: mostBytes, windowsHide: true };
    const { stdout } = await promisify(execFile)(process.execPath, ['--eval', program], options);
    return JSON.parse(stdout) as string[];
  },
};
