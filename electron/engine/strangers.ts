/**
 * Connections on which nobody has shown a token yet: few at a time and for a short while, so that whoever opens many
 * and says nothing leaves room for the PMS. Where there are too many, the one that has waited longest goes: a PMS that
 * connects says at once who it is.
 */
import type { Server, Socket } from 'node:net';
import { descriptorLimit, halfOfTheRest } from './descriptors.ts';
import type { Clock } from './ports.ts';

/** So many at once, all addresses together, and from one address beyond this PC. */
const mostStrangers = 100;
const mostOfAddress = 32;
/** Who has shown no token by then is cut off, in milliseconds. */
const strangerForMs = 15_000;
/** It has had its chance to say who it is: a PMS may open hundreds at once, whose first words are not read yet. */
const hadChanceMs = 1_000;
/** Beyond this, none is taken: what a process may open is limited. */
const mostConnections = 2_000;
/** Where a process may have little open. */
const fewestStrangers = 8;

export interface Strangers {
  /** Of a socket, or what TLS has made of it: it has shown a token. */
  isKnown(socket: Pick<Socket, 'remoteAddress' | 'remotePort'>): void;
}

interface Stranger {
  readonly address: string;
  readonly since: number;
  readonly end: () => void;
  readonly forget: () => void;
}

/** Watches all connections of a server from now on. */
export function watchStrangers(server: Server, clock: Pick<Clock, 'after' | 'monotonicMs'>): Strangers {
  /** By address and port of the other side, in the order of their coming. */
  const strangers = new Map<string, Stranger>();
  const most = Math.max(fewestStrangers, Math.min(mostStrangers, halfOfTheRest(descriptorLimit())));
  let trimsLater = false;
  server.maxConnections = mostConnections;

  const idleOnes = (): Stranger[] => {
    const before = clock.monotonicMs() - hadChanceMs;
    return [...strangers.values()].filter(({ since }) => since <= before);
  };

  /** Where they have taken all that may be open, no further one comes that would make room. */
  function trimSoon(): void {
    if (trimsLater || strangers.size <= most) return;
    trimsLater = true;
    clock.after(hadChanceMs, () => {
      trimsLater = false;
      for (const one of idleOnes().slice(0, Math.max(0, strangers.size - most))) one.end();
      trimSoon();
    });
  }

  function makeRoom(address: string): void {
    const idle = idleOnes();
    const ofAddress = isThisPc(address) ? [] : idle.filter((one) => one.address === address);
    for (const one of ofAddress.slice(0, Math.max(0, ofAddress.length - mostOfAddress + 1))) one.end();
    if (strangers.size < most) return;
    for (const one of idle.slice(0, strangers.size - most + 1)) one.end();
  }

  server.on('connection', (socket: Socket) => {
    const { remoteAddress: address = '' } = socket;
    const key = keyOf(socket);
    makeRoom(address);
    const cancel = clock.after(strangerForMs, () => socket.destroy());
    const forget = (): void => {
      cancel();
      strangers.delete(key);
    };
    strangers.set(key, {
      address,
      since: clock.monotonicMs(),
      forget,
      end() {
        forget();
        socket.destroy();
      },
    });
    socket.once('close', forget);
    trimSoon();
  });

  return {
    isKnown: (socket) => strangers.get(keyOf(socket))?.forget(),
  };
}

const keyOf = ({ remoteAddress, remotePort }: Pick<Socket, 'remoteAddress' | 'remotePort'>): string =>
  `${remoteAddress} ${remotePort}`;

const isThisPc = (address: string): boolean => /^(?:::ffff:)?127\.|^::1$/.test(address);
