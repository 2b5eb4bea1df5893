/**
 * Another machine of the property: a network namespace with a cable to this one. Making one takes root and
 * Linux's `ip`; where they are missing there is none.
 */
import { execFile, execFileSync } from 'node:child_process';

export interface OtherMachine extends Disposable {
  /** Of this PC on the cable, and of the other machine. */
  readonly ownAddress: string;
  readonly address: string;
  /** Runs a command for a POSIX shell there. Resolves with what it printed, whatever its exit code. */
  run(command: string, folder: string): Promise<string>;
}

export function otherMachine(): OtherMachine | null {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return null;
  const name = `pms${process.pid}`;
  // A subnet of its own for each worker, of those set aside for such trials (RFC 2544).
  const subnet = `198.18.${process.pid % 256}`;
  const ownAddress = `${subnet}.1`;
  const address = `${subnet}.2`;
  const ip = (text: string) => execFileSync('ip', text.split(' '), { stdio: 'pipe' });
  try {
    ip(`netns add ${name}`);
    ip(`link add ${name} type veth peer name far netns ${name}`);
    ip(`addr add ${ownAddress}/24 dev ${name}`);
    ip(`link set ${name} up`);
    ip(`-n ${name} addr add ${address}/24 dev far`);
    ip(`-n ${name} link set far up`);
  } catch {
    remove(name);
    return null;
  }
  return {
    ownAddress,
    address,
    run: (command, folder) =>
      new Promise((resolve) => {
        execFile('ip', ['netns', 'exec', name, 'sh', '-c', command], { cwd: folder }, (_failed, printed, complaints) =>
          resolve(printed + complaints),
        );
      }),
    [Symbol.dispose]: () => remove(name),
  };
}

function remove(name: string): void {
  for (const what of [`link del ${name}`, `netns del ${name}`]) {
    try {
      execFileSync('ip', what.split(' '), { stdio: 'pipe' });
    } catch {
      // It was not there.
    }
  }
}
