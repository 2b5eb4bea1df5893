/**
 * Looks names up so that requests for one name at the same time share one look-up. Node has two threads for
 * look-ups; the attempts of one endpoint whose name hangs would take both, and every other endpoint would wait.
 */
import { type LookupAddress, type LookupOptions, lookup as systemLookup } from 'node:dns';
import type { LookupFunction } from 'node:net';

type Answer = readonly [error: NodeJS.ErrnoException | null, address: string | LookupAddress[], family?: number];
type Listener = (...answer: Answer) => void;

/** The part of `dns.lookup` that connections use. */
export type Lookup = (hostname: string, options: LookupOptions, callback: Listener) => void;

/**
 * A look-up for `net.connect`. Nothing is kept: a name that is asked for after an answer is looked up anew.
 * @param lookup the operating system's, which knows the hosts file and `.local`, unless a test gives another
 */
export function createSharedLookup(lookup: Lookup = systemLookup): LookupFunction {
  const underWay = new Map<string, Listener[]>();
  return (hostname, options, callback) => {
    const key = JSON.stringify([hostname, options.family, options.hints, options.all]);
    const listeners = underWay.get(key);
    if (listeners) {
      listeners.push(callback);
      return;
    }
    const waiting: Listener[] = [callback];
    underWay.set(key, waiting);
    lookup(hostname, options, (...answer) => {
      underWay.delete(key);
      for (const listener of waiting) listener(...answer);
    });
  };
}
