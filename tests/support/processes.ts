/** The processes of this machine: from /proc where there is one, so that nothing has to be installed, else from ps. */
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';

export interface ProcessSeen {
  readonly pid: number;
  readonly parent: number;
  /** Of the group that a terminal would send Ctrl-C to. */
  readonly group: number;
  /** Dead already, and nobody has asked for its status yet. */
  readonly isDead: boolean;
  /** Program and arguments, with blanks between. */
  readonly command: string;
}

/** Not for Windows. */
export const allProcesses = (): ProcessSeen[] => (existsSync('/proc/self/stat') ? fromProc() : fromPs());

function fromProc(): ProcessSeen[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      try {
        return [processOf(name)];
      } catch {
        // It ended meanwhile.
        return [];
      }
    });
}

function processOf(pid: string): ProcessSeen {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  // The name stands in brackets and may hold any sign: what counts begins behind the last one.
  const [state = '', parent, group] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return {
    pid: Number(pid),
    parent: Number(parent),
    group: Number(group),
    isDead: state === 'Z',
    command: readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trimEnd(),
  };
}

function fromPs(): ProcessSeen[] {
  const lines = execFileSync('ps', ['-eo', 'pid=,ppid=,pgid=,stat=,args='], { encoding: 'utf8' }).split('\n');
  return lines.flatMap((line) => {
    const [, pid, parent, group, state = '', command = ''] =
      /^\s*(\d+)\s+(\d+)\s+(\d+)\s+(\S+)\s+(.*)$/.exec(line) ?? [];
    if (pid === undefined) return [];
    return [{ pid: Number(pid), parent: Number(parent), group: Number(group), isDead: state.startsWith('Z'), command }];
  });
}

/** The engine of `npm start -- --headless` on a folder. @throws Error where there is none */
export function headlessEngineOn(folder: string): number {
  const found = allProcesses().find(
    ({ command }) => command.includes('electron/headless.ts') && command.includes(folder),
  );
  if (found === undefined) throw new Error('no engine process');
  return found.pid;
}
