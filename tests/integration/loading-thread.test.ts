/** A thread that is ended at any moment of its life takes nothing else with it. */
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { sourceThreads } from '../../electron/engine/sources/thread/thread.ts';

describe('a thread that is ended while it loads a native module', () => {
  it('leaves the process alive, whenever that is', async () => {
    const program = fileURLToPath(new URL('../support/ends-loading-threads.mjs', import.meta.url));
    const run = promisify(execFile)(process.execPath, [program]);
    await expect(run).resolves.toMatchObject({ stdout: 'ended\n' });
  });

  it.each(['sql', 'files'] as const)(
    'one that reads %s says that it has loaded, so that its end is prompt',
    async (role) => {
      const file = new URL('../../electron/engine/source-thread.ts', import.meta.url);
      // Nothing here ends a wait for it but its own word.
      const open = sourceThreads(file, { after: () => () => {} });
      const thread = open(role);
      await expect(thread.ask('no such call', {})).rejects.toThrow('no such call');
      await thread.close();
    },
  );
});
