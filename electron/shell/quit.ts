/** Quitting: says what stops when asked from the tray, lets attempts in flight end, and then really ends. */

export interface QuitParts {
  /** What is used of Electron's `app`. */
  readonly app: {
    on(event: 'before-quit', listener: (event: { preventDefault(): void }) => void): unknown;
    quit(): void;
    exit(code: number): void;
  };
  /** Tells what stops and asks; false: keep working. */
  readonly confirm: () => Promise<boolean>;
  /** Stops the engine; attempts in flight have time to end. */
  readonly stop: () => Promise<void>;
}

export interface Quit {
  /** From tray or menu. */
  ask(): Promise<void>;
  readonly isUnderWay: boolean;
}

export function prepareQuit({ app, confirm, stop }: QuitParts): Quit {
  let isAsking = false;
  let isUnderWay = false;
  app.on('before-quit', (event) => {
    event.preventDefault();
    if (isUnderWay) return;
    isUnderWay = true;
    // What could not be stopped is left to its leases: the app ends all the same.
    stop().then(
      () => app.exit(0),
      () => app.exit(1),
    );
  });
  return {
    async ask() {
      if (isAsking) return;
      isAsking = true;
      const isConfirmed = await confirm();
      isAsking = false;
      if (isConfirmed) app.quit();
    },
    get isUnderWay() {
      return isUnderWay;
    },
  };
}
