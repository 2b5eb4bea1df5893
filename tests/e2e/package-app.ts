/** Packages the app once for all tests that look into it or start it. */
import { spawnSync } from 'node:child_process';
import { root } from './desktop-at-hand.ts';

let isMade = false;

/** @throws Error with what the packager said */
export function packageApp(): void {
  if (isMade) return;
  const made = spawnSync('node', ['electron/packaging/package-dir.ts'], { cwd: root, encoding: 'utf8' });
  if (made.status !== 0) throw new Error(`it could not be packaged: ${made.stdout}${made.stderr}`);
  isMade = true;
}
