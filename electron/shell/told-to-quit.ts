/**
 * `npm start` tells the app by a channel of its own that it is to end: Windows has no signal that a program could hear, and
 * what is sent as one ends it at once, with the engine in the midst of its work. Who ends without a word meant the same.
 */
export interface ToDesktop {
  readonly type: 'quit';
}

/** This process, as far as it is used; `connected` is absent where it was started without a channel. */
export interface ParentChannel {
  readonly connected?: boolean;
  on(event: 'message' | 'disconnect', listener: (message?: unknown) => void): unknown;
}

export function quitWhenTold(channel: ParentChannel, quit: () => void): void {
  channel.on('message', (message) => {
    if ((message as Partial<ToDesktop> | null | undefined)?.type === 'quit') quit();
  });
  channel.on('disconnect', () => quit());
  // What was said before waits in the channel; that it was cut off does not.
  if (channel.connected === false) quit();
}
