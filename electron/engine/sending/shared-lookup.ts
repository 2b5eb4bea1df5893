/**
 * Looks names up so that requests for one name at the same time share one look-up. Node has two threads for
 * look-ups; the attempts of one endpoint whose name hangs would take both, and every other endpoint would wait.
 */
import { type LookupAddress, type LookupOptions, lookup as systemLookup } from 'node:dns';
import type { LookupFunction } from 'node:net';
import { isLoopbackAddress } from '../locality.ts';

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

/** `localhost` is this very PC: where a hosts file leads it elsewhere, nothing goes there in the clear. */
export const onlyLoopback =
  (lookup: LookupFunction): LookupFunction =>
  (hostname, options, callback) =>
    lookup(hostname, options, (error, address, family) => {
      const found = typeof address === 'string' ? [address] : address.map((one) => one.address);
      if (error !== null || found.every(isLoopbackAddress)) return callback(error, address, family);
      const message = `${hostname} does not lead to this PC.`;
      callback(Object.assign(new Error(message), { code: 'ADDRESS_REFUSED' }), address, family);
    });
