/**
 * Another machine of the property: a network namespace with a cable to this one. Making one takes root and
 * Linux's `ip`; where they are missing there is none.
 */
import { execFile, execFileSync } from 'node:child_process';
import { readlinkSync } from 'node:fs';

export interface OtherMachine extends Disposable {
  /** Of this PC on the cable, and of the other machine. */
  readonly ownAddress: string;
  readonly address: string;
  /** Runs a command for a POSIX shell there. Resolves with what it printed, whatever its exit code. */
  run(command: string, folder: string): Promise<string>;
}

export function otherMachine(): OtherMachine | null {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return null;
  const cable = `pms${process.pid}`;
  // A subnet of its own for each worker, of those set aside for such trials (RFC 2544).
  const subnet = `198.18.${process.pid % 256}`;
  const ownAddress = `${subnet}.1`;
  const address = `${subnet}.2`;
  let holder: number | null = null;
  try {
    holder = holdNamespace();
    const target = String(holder);
    const there = (...args: string[]) => run('nsenter', '--target', target, '--net', ...args);
    run('ip', 'link', 'add', cable, 'type', 'veth', 'peer', 'name', 'far', 'netns', target);
    run('ip', 'addr', 'add', `${ownAddress}/24`, 'dev', cable);
    run('ip', 'link', 'set', cable, 'up');
    there('ip', 'addr', 'add', `${address}/24`, 'dev', 'far');
    there('ip', 'link', 'set', 'far', 'up');
  } catch {
    remove(cable, holder);
    return null;
  }
  const target = String(holder);
  return {
    ownAddress,
    address,
    run: (command, folder) =>
      new Promise((resolve) => {
        const args = ['--target', target, '--net', 'sh', '-c', command];
        execFile('nsenter', args, { cwd: folder }, (_failed, printed, complaints) => resolve(printed + complaints));
      }),
    [Symbol.dispose]: () => remove(cable, holder),
  };
}

const run = (program: string, ...args: string[]) => execFileSync(program, args, { stdio: 'pipe', encoding: 'utf8' });

/**
 * A process that does nothing in a network of its own, by its id. A namespace with a name would leave a mount behind.
 * @throws Error where none can be made
 */
function holdNamespace(): number {
  const holder = Number(run('sh', '-c', 'unshare --net sleep 600 >/dev/null 2>&1 & echo $!'));
  const networkOf = (pid: number | 'self') => readlinkSync(`/proc/${pid}/ns/net`);
  for (let tries = 0; networkOf(holder) === networkOf('self'); tries += 1) {
    if (tries > 100) throw new Error('no network of its own could be made');
    run('sleep', '0.02');
  }
  return holder;
}

function remove(cable: string, holder: number | null): void {
  try {
    run('ip', 'link', 'del', cable);
  } catch {
    // It was not there.
  }
  try {
    if (holder !== null) process.kill(holder);
  } catch {
    // It has ended by itself.
  }
}
