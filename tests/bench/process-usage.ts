/** What a process costs, as Linux counts it; null on other systems. */
import { readFileSync } from 'node:fs';

/** Linux counts CPU time in hundredths of a second for user space, whatever the kernel's own clock. */
const ticksPerSecond = 100;

/** User and system time of all threads so far, in seconds. */
export function cpuSeconds(pid: number): number | null {
  if (process.platform !== 'linux') return null;
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  // The name in parentheses may hold spaces: fields are counted from behind it. 14 is utime, 15 is stime.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) / ticksPerSecond;
}

/** Resident memory now, in MB. */
export function residentMb(pid: number): number | null {
  if (process.platform !== 'linux') return null;
  const line = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
  return Math.round(Number(line?.[1] ?? 0) / 1024);
}
