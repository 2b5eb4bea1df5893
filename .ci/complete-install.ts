/**
 * After `npm ci`.
 *
 * On a Node older than 20.19 (Debian 12 has 18): npm leaves out what build tools bring as
 * optional packages for this platform, because the host's Node is too old for them, although it runs none of
 * them. Asks npm once more, on the Node that came with the packages.
 *
 * On Windows: `exec`, which the npm scripts begin with so that a signal for npm reaches the program and not a shell
 * between them, is a word of POSIX shells; there it becomes a command that runs what follows.
 */
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

const [, major = '99', minor = '0'] = /node\/v(\d+)\.(\d+)/.exec(process.env.npm_config_user_agent ?? '') ?? [];
const tooOld = Number(major) < 20 || (Number(major) === 20 && Number(minor) < 19);
const npm = process.env.npm_execpath;
if (tooOld && npm !== undefined) {
  const { npm_config_user_agent: _hostsNode, ...env } = process.env;
  const again = spawnSync(process.execPath, [npm, 'install', '--no-save', '--ignore-scripts'], {
    stdio: 'inherit',
    env,
  });
  process.exitCode = again.status ?? 1;
}

if (process.platform === 'win32') {
  writeFileSync(join(import.meta.dirname, '..', 'node_modules', '.bin', 'exec.cmd'), '@%*\r\n');
}
