/** This PC's network interfaces. */
import { type NetworkInterfaceInfo, networkInterfaces } from 'node:os';

/** Null where the system cannot say: asking opens a socket, and a process that has too much open gets none. */
export function interfacesNow(): NodeJS.Dict<NetworkInterfaceInfo[]> | null {
  try {
    return networkInterfaces();
  } catch {
    return null;
  }
}
