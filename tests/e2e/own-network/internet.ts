/**
 * An internet of one receiver: a namespace of its own, behind a cable that can be pulled. The addresses are of
 * the range that stands for the internet in documents (RFC 5737).
 */
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

export interface Internet extends AsyncDisposable {
  /** This PC's end of the only cable. */
  cable(is: 'up' | 'down'): void;
  readonly receiver: {
    readonly url: string;
    readonly caPem: string;
    /** Requests that came since the last `clear`. */
    readonly count: number;
    clear(): void;
  };
}

const [here, there] = ['198.51.100.10/24', '198.51.100.20'];

const ip = (...args: string[]): void => void execFileSync('ip', args);

export async function startInternet(): Promise<Internet> {
  const program = join(import.meta.dirname, 'receiver-over-there.ts');
  // The cable's other end is put in while it waits for a line.
  const setUp = `echo ready && read go && ip address add ${there}/24 dev far0 && ip link set far0 up`;
  const far = spawn('unshare', ['--net', 'sh', '-c', `${setUp} && exec node ${program} ${there}`], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const lines = createInterface({ input: far.stdout });
  const nextLine = async () => String((await once(lines, 'line'))[0]);
  await nextLine();
  ip('link', 'add', 'net0', 'type', 'veth', 'peer', 'name', 'far0', 'netns', String(far.pid));
  ip('address', 'add', here, 'dev', 'net0');
  ip('link', 'set', 'net0', 'up');
  far.stdin.write('go\n');
  const { url, caPem } = JSON.parse(await nextLine()) as { url: string; caPem: string };
  let count = 0;
  lines.on('line', () => {
    count += 1;
  });
  return {
    cable: (is) => ip('link', 'set', 'net0', is),
    receiver: {
      url,
      caPem,
      get count() {
        return count;
      },
      clear: () => {
        count = 0;
      },
    },
    async [Symbol.asyncDispose]() {
      const ended = once(far, 'exit');
      far.kill();
      await ended;
    },
  };
}
