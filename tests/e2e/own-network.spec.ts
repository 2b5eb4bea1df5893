/** Runs the tests in own-network/ in a network namespace that the machine's own network knows nothing of. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from './app.ts';
import { root, whyNot } from './desktop-at-hand.ts';

/** Root is needed for a namespace; where a person may make one in which they are root, that does as well. */
const isRoot = process.getuid?.() === 0;
const unshare = ['unshare', ...(isRoot ? [] : ['--user', '--map-root-user']), '--net'];

const inNamespace = (command: string) => {
  const [program = '', ...args] = [...unshare, 'sh', '-c', `ip link set lo up && ${command}`];
  return spawnSync(program, args, { cwd: root, encoding: 'utf8', timeout: 140_000 });
};

test('the network away and back, seen by the real app', () => {
  test.skip(process.platform !== 'linux', 'network namespaces are a thing of Linux');
  test.skip(whyNot() !== null, `the desktop app was not tested, because ${whyNot()}`);
  const tried = inNamespace('ip link add net0 type veth peer name far0');
  test.skip(tried.status !== 0, `no network of its own can be made here: ${tried.error ?? tried.stderr}`);
  const config = join('tests', 'e2e', 'own-network', 'playwright.config.ts');
  const ran = inNamespace(`exec playwright test -c ${config}`);
  console.log(ran.stdout);
  expect(ran.status, `${ran.stdout}${ran.stderr}`).toBe(0);
});
