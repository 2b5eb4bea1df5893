/**
 * Who listens on a port of this PC that we would have: told as far as the system tells it to this account. Another
 * person's Roost Relay is the usual one where two accounts share a PC.
 */
import { execFile } from 'node:child_process';
import { readdir, readFile, readlink } from 'node:fs/promises';
import { win32 } from 'node:path';
import { promisify } from 'node:util';
import { z } from 'zod';
import { intakePaths } from '../../../shared/intake-paths.ts';

export interface PortHolder {
  /** It is a Roost Relay: it says so itself. */
  readonly isRelay: boolean;
  /** `node.exe`; null where the system does not say. */
  readonly program: string | null;
  /** The account that it runs under; null where the system does not say, or it is a service. */
  readonly account: string | null;
}

type Seen = Omit<PortHolder, 'isRelay'>;

/** A system that is slow is not waited for longer, in milliseconds. */
const longestMs = 10_000;
/** On loopback a Roost Relay answers at once; of another program no connection is to be held open for longer. */
const answersWithinMs = 1_000;
const unknown: Seen = { program: null, account: null };

/** @returns nulls for what cannot be known; never rejects */
export async function portHolder(port: number): Promise<PortHolder> {
  const [isRelay, seen] = await Promise.all([answersAsRelay(port), lookUp(port).catch(() => unknown)]);
  return { isRelay, ...seen };
}

const health = z.object({ status: z.literal('ok'), version: z.string(), takes_events: z.boolean() });

async function answersAsRelay(port: number): Promise<boolean> {
  try {
    const answer = await fetch(`http://127.0.0.1:${port}${intakePaths.health}`, {
      redirect: 'error',
      signal: AbortSignal.timeout(answersWithinMs),
    });
    return health.safeParse(await answer.json()).success;
  } catch {
    return false;
  }
}

function lookUp(port: number): Promise<Seen> {
  if (process.platform === 'linux') return onLinux(port);
  if (process.platform === 'win32') return onWindows(port, inCmd);
  return Promise.resolve(unknown);
}

/** `/proc/net/tcp` names the account to everybody, the process only to its own. */
async function onLinux(port: number): Promise<Seen> {
  const tables = await Promise.all(
    ['tcp', 'tcp6'].map((name) => readFile(`/proc/net/${name}`, 'utf8').catch(() => '')),
  );
  const found = listenerIn(tables.join('\n'), port);
  if (found === null) return unknown;
  const accounts = await readFile('/etc/passwd', 'utf8').catch(() => '');
  return { account: accountOf(accounts, found.uid), program: await programWith(found.inode) };
}

/** @param table the text of `/proc/net/tcp`; state `0A` listens */
export function listenerIn(table: string, port: number): { readonly uid: string; readonly inode: string } | null {
  const wanted = port.toString(16).toUpperCase().padStart(4, '0');
  for (const line of table.split('\n')) {
    const [, local = '', , state, , , , uid = '', , inode = ''] = line.trim().split(/\s+/);
    if (state === '0A' && local.endsWith(`:${wanted}`)) return { uid, inode };
  }
  return null;
}

/** The account's name in `/etc/passwd`; null where it has none there. */
export const accountOf = (passwd: string, uid: string): string | null =>
  passwd
    .split('\n')
    .map((line) => line.split(':'))
    .find(([, , id]) => id === uid)?.[0] ?? null;

async function programWith(inode: string): Promise<string | null> {
  const ids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  for (const id of ids) {
    const open = await readdir(`/proc/${id}/fd`).catch(() => []);
    const links = await Promise.all(open.map((name) => readlink(`/proc/${id}/fd/${name}`).catch(() => '')));
    if (links.includes(`socket:[${inode}]`)) return (await readFile(`/proc/${id}/comm`, 'utf8')).trim();
  }
  return null;
}

/** Runs one of Windows' own programs, and brings what it printed, as UTF-8. */
type Run = (command: string) => Promise<string>;

/** @param run in the words of cmd */
export async function onWindows(port: number, run: Run): Promise<Seen> {
  const pid = pidIn(await run('netstat -ano -p TCP'), port);
  if (pid === null) return unknown;
  const process = processIn(await run(`tasklist /FO CSV /NH /FI "PID eq ${pid}"`), pid);
  if (process === null) return unknown;
  // Of another person's process Windows tells the session alone, and who sits at that one.
  const people = await run('query user').catch(() => '');
  return { program: process.program, account: personIn(people, process.session) };
}

/** The state's word is in the PC's language; what listens has nobody at the other end. */
function pidIn(netstat: string, port: number): string | null {
  for (const line of netstat.split(/\r?\n/)) {
    const [kind, local = '', far, , pid = ''] = line.trim().split(/\s+/);
    if (kind === 'TCP' && local.endsWith(`:${port}`) && /^(?:0\.0\.0\.0|\[::\]):0$/.test(far ?? '')) return pid;
  }
  return null;
}

function processIn(tasklist: string, pid: string): { readonly program: string; readonly session: string } | null {
  for (const line of tasklist.split(/\r?\n/)) {
    const [program = '', id, , session = ''] = [...line.matchAll(/"([^"]*)"/g)].map(([, value = '']) => value);
    if (id === pid) return { program, session };
  }
  return null;
}

/** A name may hold blanks; what stands behind it are the session's name, where it has one, and its number. */
function personIn(queryUser: string, session: string): string | null {
  for (const line of queryUser.split(/\r?\n/)) {
    const [, name, id] = /^[ >](.+?)\s{2,}(?:\S+\s+)?(\d+)\s{2,}\S/.exec(line) ?? [];
    if (id === session && name !== undefined) return name.trim();
  }
  return null;
}

/** By whole paths: programs of these names in the present folder are not to be run. */
const inCmd: Run = async (command) => {
  const system = win32.join(process.env.SystemRoot ?? 'C:\\Windows', 'System32');
  const { stdout } = await promisify(execFile)(
    win32.join(system, 'cmd.exe'),
    ['/d', '/s', '/c', `"chcp 65001 >nul & ${command}"`],
    { windowsHide: true, timeout: longestMs, windowsVerbatimArguments: true, cwd: system },
  );
  return stdout;
};
