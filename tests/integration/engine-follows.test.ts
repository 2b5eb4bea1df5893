/** One engine after another on the same folder: whoever ends, however it ends, is never in the way of the next. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startEngineProcess } from '../support/engine-process.ts';
import { type TemporaryFolder, temporaryFolder } from '../support/folder.ts';

let folder: TemporaryFolder;
beforeEach(async () => {
  folder = await temporaryFolder();
});
afterEach(() => folder.remove());

const health = async (port: number) => (await fetch(`http://127.0.0.1:${port}/v1/health`)).status;

describe('an engine that ends', () => {
  it('is followed at once, however often it is killed', { timeout: 120_000 }, async () => {
    for (let round = 0; round < 4; round += 1) {
      const engine = await startEngineProcess({ dataFolder: folder.path });
      // Not waited for: the next one begins while this one is still being taken down.
      process.kill(engine.pid, 'SIGKILL');
    }
    await using last = await startEngineProcess({ dataFolder: folder.path });
    expect(await health(last.port)).toBe(200);
  });

  it('is waited for while it still holds the folder', async () => {
    const script = `
      import { openDatabase } from ${JSON.stringify(join(process.cwd(), 'electron/engine/store/connection.ts'))};
      const opened = openDatabase(process.argv[1]);
      console.log('open');
      process.stdin.once('data', () => opened.close());`;
    const ending = spawn(process.execPath, ['--input-type=module', '-e', script, folder.path]);
    await new Promise((resolve) => ending.stdout.once('data', resolve));
    const started = startEngineProcess({ dataFolder: folder.path });
    setTimeout(() => ending.stdin.end('now'), 1_500);
    await using engine = await started;
    expect(await health(engine.port)).toBe(200);
  });
});
