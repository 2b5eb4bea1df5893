/** Before the first test: a browser is there, and the window is built as it ships. */
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { build } from 'vite';
import { debianChromiums } from './chromium.ts';

const missing = 'chromium-headless-shell';

export default async function setUp(): Promise<void> {
  if (process.platform === 'linux' && !debianChromiums.some((path) => existsSync(path))) installChromium();
  // `npm test` has built it before anything that is served of it runs.
  if (process.env.WINDOW_IS_BUILT === undefined)
    await build({ configFile: 'renderer/vite.config.ts', logLevel: 'error' });
}

/** @throws Error that says how to get one, where this account may not install it */
function installChromium(): void {
  if (process.getuid?.() !== 0) {
    throw new Error(`These tests need a Chromium: install Debian's package "${missing}" and run them again.`);
  }
  const apt = (...args: string[]) =>
    execFileSync('/usr/bin/apt-get', args, {
      stdio: 'inherit',
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    });
  apt('update', '-qq');
  apt('install', '-y', '-qq', '--no-install-recommends', missing);
}
