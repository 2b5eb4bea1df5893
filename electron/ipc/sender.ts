/**
 * Who may call: the main frame of a window that the app itself opened, showing the app's own page. Asked once,
 * at the gate, never in a handler.
 */

/** What the router looks at of an IPC event; Electron's `IpcMainInvokeEvent` fits. */
export interface Caller {
  readonly sender: { readonly id: number };
  /** Null where the frame is gone already. */
  readonly senderFrame: { readonly url: string; readonly parent: unknown } | null;
}

/** @param ownUrl e.g. `app://bundle/`: protocol and host have to be the very same */
export function isOwnPage(url: string, ownUrl: string): boolean {
  // Not `origin`: of a scheme that Node does not know it is the text "null", and so equal for all of them.
  try {
    const [candidate, own] = [new URL(url), new URL(ownUrl)];
    return (
      candidate.protocol === own.protocol &&
      candidate.host === own.host &&
      candidate.username === '' &&
      candidate.password === ''
    );
  } catch {
    return false;
  }
}

/** @param isKnownWindow whether the app opened a window whose web contents have this id */
export function isTrustedCaller(
  { sender, senderFrame }: Caller,
  isKnownWindow: (webContentsId: number) => boolean,
  ownUrl: string,
): boolean {
  return (
    senderFrame !== null &&
    senderFrame.parent === null &&
    isKnownWindow(sender.id) &&
    isOwnPage(senderFrame.url, ownUrl)
  );
}
