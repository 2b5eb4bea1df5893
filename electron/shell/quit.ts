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
  /** Starts it again, where the app goes on after all. */
  readonly goOn: () => Promise<void>;
  readonly after: (delayMs: number, run: () => void) => () => void;
}

/** Time that what ends the app by itself has for it, in milliseconds; a slow disk unpacks no faster. */
export const handOverMs = 60_000;

export interface Quit {
  /** From tray or menu. */
  ask(): Promise<void>;
  /**
   * Stops the engine, then leaves the app's end to `begin`: what it starts must find nothing of it at work.
   * @param begin whether it has begun; where it has not, or nothing has ended after a minute, the engine starts again
   */
  handOver(begin: () => boolean): Promise<void>;
  readonly isUnderWay: boolean;
}

export function prepareQuit({ app, confirm, stop, goOn, after }: QuitParts): Quit {
  let isAsking = false;
  let isUnderWay = false;
  let isHandedOver = false;
  app.on('before-quit', (event) => {
    // Electron ends it: windows close, and what waits for that is told.
    if (isHandedOver) return;
    event.preventDefault();
    if (isUnderWay) return;
    isUnderWay = true;
    // What could not be stopped is left to its leases: the app ends all the same.
    stop().then(
      () => app.exit(0),
      () => app.exit(1),
    );
  });
  async function goOnAfterAll(): Promise<void> {
    isHandedOver = false;
    isUnderWay = false;
    await goOn();
  }

  return {
    async handOver(begin) {
      if (isUnderWay) return;
      isUnderWay = true;
      // What could not be stopped is left to its leases.
      await stop().catch(() => {});
      isHandedOver = true;
      if (!begin()) return goOnAfterAll();
      await new Promise<void>((resolve) => after(handOverMs, resolve));
      await goOnAfterAll();
    },
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
