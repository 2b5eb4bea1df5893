/** Builds what the suite starts, or says aloud why it is skipped. */
import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { root, whyNot } from './desktop-at-hand.ts';

export default function setUp(): void {
  const reason = whyNot();
  if (reason !== null) {
    console.log(`\nSKIPPED: the desktop app was not tested, because ${reason}.\n`);
    return;
  }
  mkdirSync(join(root, 'test-results', 'pictures', 'desktop'), { recursive: true });
  // `npm test` has built the window before anything that is served of it runs.
  const script = process.env.WINDOW_IS_BUILT === undefined ? 'build' : 'build:desktop';
  const built = spawnSync('npm', ['run', '--silent', script], {
    cwd: root,
    stdio: ['ignore', 'ignore', 'inherit'],
    shell: process.platform === 'win32',
  });
  if (built.status !== 0) throw new Error('the app could not be built');
}
