/**
 * Which files a program of this PC still holds open to write them: still for a while, they are not whole. Linux tells it
 * of the programs that this account may see; Windows lets nobody open such a file; elsewhere nobody knows.
 */
import { readdirSync, readFileSync, readlinkSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';

/** It is a help and no promise: beyond, nothing more is looked at. */
const most = { links: 50_000, ms: 300 };
/** The two bits of a file's flags that say how it was opened; zero is to read. */
const accessMode = 0b11;

/** Waits for nothing but the kernel: for a thread of its own. */
export function heldToWrite(folder: string, names: readonly string[], processes = '/proc'): readonly string[] {
  if (process.platform !== 'linux' || names.length === 0) return [];
  const wanted = new Set(names);
  const held = new Set<string>();
  const endMs = performance.now() + most.ms;
  let links = 0;
  for (const pid of namesIn(processes)) {
    if (!/^\d+$/.test(pid)) continue;
    const files = join(processes, pid, 'fd');
    for (const fd of namesIn(files)) {
      links += 1;
      if (links > most.links || performance.now() > endMs) return [...held];
      const name = nameBehind(join(files, fd));
      if (name === null || !wanted.has(name) || held.has(name)) continue;
      // A mount may call the folder something else: which file it is tells.
      if (isSameFile(join(files, fd), join(folder, name)) && isToWrite(join(processes, pid, 'fdinfo', fd))) {
        held.add(name);
      }
    }
  }
  return [...held];
}

/** Of another account, or gone meanwhile: none. */
function namesIn(path: string): readonly string[] {
  try {
    return readdirSync(path);
  } catch {
    return [];
  }
}

function nameBehind(link: string): string | null {
  try {
    return basename(readlinkSync(link));
  } catch {
    return null;
  }
}

function isSameFile(one: string, other: string): boolean {
  try {
    const [first, second] = [statSync(one, { bigint: true }), statSync(other, { bigint: true })];
    return first.ino === second.ino && first.dev === second.dev;
  } catch {
    return false;
  }
}

function isToWrite(info: string): boolean {
  try {
    const flags = /^flags:\s*([0-7]+)/m.exec(readFileSync(info, 'latin1'))?.[1];
    return flags !== undefined && (Number.parseInt(flags, 8) & accessMode) !== 0;
  } catch {
    return false;
  }
}
