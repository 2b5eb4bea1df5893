/** The way by which `npm start` ends the app on every system, through a real channel between two processes. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import type { ToDesktop } from '../../electron/shell/told-to-quit.ts';

const file = fileURLToPath(new URL('../../electron/shell/told-to-quit.ts', import.meta.url));

/** An app that begins to listen after `afterMs`, and ends well when it is told. */
const app = (afterMs: number) =>
  spawn(
    process.execPath,
    [
      '--input-type=module-typescript',
      '-e',
      // What would come before it listens waits in the channel.
      `const { quitWhenTold } = await import(${JSON.stringify(file)});
       await new Promise((resolve) => setTimeout(resolve, ${afterMs}));
       quitWhenTold(process, () => process.exit(7));
       setTimeout(() => process.exit(1), 20_000);`,
    ],
    { stdio: ['ignore', 'inherit', 'inherit', 'ipc'], detached: true },
  );

test.each([0, 300])(
  'told before it listens (after %i ms) or later, it quits by itself; anything else it does not take for that',
  async (afterMs) => {
    const running = app(afterMs);
    const tell = (message: unknown) => running.send(message as never);
    tell('quit');
    tell(null);
    const quit: ToDesktop = { type: 'quit' };
    tell(quit);
    expect(await once(running, 'exit')).toEqual([7, null]);
  },
);

test('where `npm start` was killed, it quits too', async () => {
  const running = app(0);
  await once(running, 'spawn');
  running.disconnect();
  expect(await once(running, 'exit')).toEqual([7, null]);
});
