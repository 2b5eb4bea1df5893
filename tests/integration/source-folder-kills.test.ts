/** Whatever step a power cut ends it at, every row of a file is taken exactly once. */
import { spawn } from 'node:child_process';
import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import Sqlite from 'better-sqlite3';
import { expect, it } from 'vitest';
import { compileCacheFolder } from '../../electron/compile-cache.ts';
import { temporaryFolder } from '../support/folder.ts';

const child = fileURLToPath(new URL('../support/folder-child.ts', import.meta.url));
/** More steps than a file takes. */
const mostSteps = 14;
const rowsOfFile = 3;

/** @returns how it ended */
const run = (data: string, folder: string, killAt: number): Promise<'killed' | 'done' | 'failed'> =>
  new Promise((resolve) => {
    const { NODE_OPTIONS: _, ...env } = process.env;
    const running = spawn(process.execPath, [child], {
      env: { ...env, NODE_COMPILE_CACHE: compileCacheFolder, DATA: data, FOLDER: folder, KILL_AT: String(killAt) },
      stdio: ['ignore', 'inherit', 'inherit'],
    });
    running.once('exit', (code, signal) => resolve(signal === 'SIGKILL' ? 'killed' : code === 0 ? 'done' : 'failed'));
  });

interface Left {
  readonly text: string;
  /** Orders that are taken of it. */
  readonly orders: readonly string[];
  readonly kept: number;
  /** Where it lies in the end. */
  readonly to: 'processed' | 'rejected';
  readonly hasReason: boolean;
}

const order = (id: string) => `{"event":"order.created","data":{"order_id":"${id}"}}`;
const files: readonly (readonly [what: string, left: (no: number) => Left])[] = [
  [
    'is taken',
    (no) => {
      const orders = Array.from({ length: rowsOfFile }, (_, row) => `${no}-${row}`);
      return { text: orders.map(order).join('\n'), orders, kept: 0, to: 'processed', hasReason: false };
    },
  ],
  [
    'has a row that is kept',
    (no) => ({
      text: `${order(`${no}-0`)}\n{"event":"nonsense","data":{"no":${no}}}\n${order(`${no}-1`)}`,
      ...{ orders: [`${no}-0`, `${no}-1`], kept: 1, to: 'processed', hasReason: true },
    }),
  ],
  [
    'is rejected',
    (no) => ({ text: `${order(`${no}-0`)}\nno JSON`, orders: [], kept: 0, to: 'rejected', hasReason: true }),
  ],
];

it.skipIf(process.platform === 'win32').each(files)(
  'a process that is killed between any two steps of a file that %s takes each row once, and moves the file',
  async (_what, left) => {
    await using folder = await temporaryFolder();
    await using data = await temporaryFolder();
    const all: Left[] = [];
    const drop = (no: number) => {
      const one = left(no);
      writeFileSync(join(folder.path, `f${no}.ndjson`), one.text);
      all.push(one);
    };
    let killed = 0;
    for (let step = 1; step <= mostSteps; step += 1) {
      drop(step);
      const end = await run(data.path, folder.path, step);
      expect(end).not.toBe('failed');
      if (end === 'done') break;
      killed += 1;
    }
    expect(await run(data.path, folder.path, 0)).toBe('done');
    expect(killed).toBeGreaterThan(5);
    const database = new Sqlite(join(data.path, 'relay.db'), { readonly: true });
    const taken = database.prepare<[], string>('SELECT entity_id FROM events ORDER BY seq').pluck().all();
    const kept = database.prepare<[], number>("SELECT COUNT(*) FROM messages WHERE state = 'kept'").pluck().get();
    database.close();
    expect([...taken].sort()).toEqual(all.flatMap(({ orders }) => orders).sort());
    expect(kept).toBe(all.reduce((sum, one) => sum + one.kept, 0));
    const [{ to, hasReason } = left(0)] = all;
    expect(existsSync(join(folder.path, to === 'processed' ? 'rejected' : 'processed'))).toBe(false);
    const names = readdirSync(join(folder.path, to), { recursive: true, encoding: 'utf8' });
    const moved = names.filter((name) => name.endsWith('.ndjson'));
    expect(moved).toHaveLength(all.length);
    // Beside each one its own reason, and none without its file.
    const reasons = names.filter((name) => name.endsWith('.reason.txt')).map((name) => name.replace('.reason.txt', ''));
    expect(reasons.sort()).toEqual(hasReason ? [...moved].sort() : []);
  },
  180_000,
);
