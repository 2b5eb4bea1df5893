/** The window's client over IPC: exactly the RelayClient of shared/api.ts and nothing of Electron's own. */
import type { CallInput, CallName, CallOutput, Push, RelayClient, Result } from '../../shared/api.ts';
import { callChannel, pushChannel } from './channels.ts';

/** What the preload uses of Electron's `ipcRenderer`. */
export interface IpcEnd {
  invoke(channel: string, ...args: unknown[]): Promise<unknown>;
  on(channel: string, listener: (event: unknown, payload: unknown) => void): unknown;
  removeListener(channel: string, listener: (event: unknown, payload: unknown) => void): unknown;
}

export function createPreloadClient(ipc: IpcEnd): RelayClient {
  return {
    call: <Name extends CallName>(name: Name, input: CallInput<Name>) =>
      ipc.invoke(callChannel, name, input) as Promise<Result<CallOutput<Name>>>,
    onPush(listener) {
      // The IPC event itself stays here: it holds the sender, through which the page could reach all channels.
      const heard = (_event: unknown, push: unknown) => listener(push as Push);
      ipc.on(pushChannel, heard);
      return () => void ipc.removeListener(pushChannel, heard);
    },
  };
}
