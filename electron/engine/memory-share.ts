/**
 * How much memory one part of the engine may hold. Where a process has little (an old PC, a container) the shares shrink
 * with it: 200 events of 345 kB ended one that had 64 MB.
 */
import { getHeapStatistics } from 'node:v8';

/**
 * @param mostBytes what it holds at most, however much there is
 * @param parts its share of what this process may take: one of so many parts
 */
export const memoryShare = (mostBytes: number, parts: number): number =>
  Math.min(mostBytes, Math.floor(getHeapStatistics().heap_size_limit / parts));
