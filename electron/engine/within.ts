/** Waiting that ends: for work that is somebody else's, and that may never come to its end. */
import type { Clock } from './ports.ts';

/** What {@link within} gives where the work was still under way. */
export const late = Symbol('late');

/**
 * Waits for `work`, at most so long. What is still under way then goes on; how it ends is nobody's any more.
 *
 * @param ms at most, in milliseconds
 * @returns what the work gave; rejects as it did
 */
export async function within<Value>(
  clock: Pick<Clock, 'after'>,
  ms: number,
  work: Promise<Value>,
): Promise<Value | typeof late> {
  let cancel = (): void => {};
  const end = new Promise<typeof late>((resolve) => {
    cancel = clock.after(ms, () => resolve(late));
  });
  try {
    return await Promise.race([work, end]);
  } finally {
    cancel();
  }
}
