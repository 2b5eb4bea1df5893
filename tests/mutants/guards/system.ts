/** What the system does to the app: proxies, sleep, shutdown, updates. */
import type { Mutant } from '../mutant.ts';

export const ofTheSystem: readonly Mutant[] = [
  {
    name: 'proxy-origin-only',
    guard: 'whoever tells the proxy never sees an address’s path',
    file: 'electron/engine/sending/proxy/proxy.ts',
    find: 'new URL(url).origin;',
    replace: 'url;',
    tests: ['tests/unit/proxy-choice.test.ts', 'asked with the origin alone'],
  },
  {
    name: 'waking-excuses-once',
    guard: 'a waking excuses an endpoint once, so that nothing is tried without an end',
    file: 'electron/engine/sending/sender.ts',
    find: 'pool.excusedAt === waking || ',
    replace: '',
    tests: ['tests/integration/sender-trouble.test.ts', 'in the seconds after waking'],
  },
  {
    name: 'update-at-session-end',
    guard: 'an update is not cut off half way by a shutdown',
    file: 'electron/shell/updates/updates.ts',
    find: 'loaded.autoInstallOnAppQuit = false;',
    replace: '{}',
    tests: ['tests/unit/desktop/login-and-power.test.ts', 'a shutdown puts nothing in place'],
  },
  {
    name: 'update-begins-or-goes-on',
    guard: 'an update that does not begin leaves the engine working',
    file: 'electron/shell/quit.ts',
    find: 'if (!begin()) return goOnAfterAll();',
    replace: 'begin();',
    tests: ['tests/unit/desktop/login-and-power.test.ts', 'leaves the engine working'],
  },
];
