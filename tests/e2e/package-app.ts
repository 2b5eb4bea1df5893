/** Packages the app once for all tests that look into it or start it. */
import { spawnSync } from 'node:child_process';
import { root } from './desktop-at-hand.ts';

let isMade = false;

/** @throws Error with what the packager said */
export function packageApp(): void {
  if (isMade) return;
  packageWith([]);
  isMade = true;
}

/** For Windows, whichever system this is. @throws Error with what the packager said */
export const packageForWindows = (): void => packageWith(['--windows']);

function packageWith(options: readonly string[]): void {
  const made = spawnSync('node', ['electron/packaging/package-dir.ts', ...options], { cwd: root, encoding: 'utf8' });
  if (made.status !== 0) throw new Error(`it could not be packaged: ${made.stdout}${made.stderr}`);
}
