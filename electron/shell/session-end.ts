/**
 * Windows' shutdown, restart and log-off. Windows tells them to windows alone, and after a start at login there is
 * none: so one is kept from the start that nobody sees.
 */
import { BrowserWindow } from 'electron';

/**
 * @param quit stops the engine and ends the app; the session's end waits for it some seconds, which Windows grants
 * to every program
 */
export function watchSessionEnd(quit: () => void, log: (message: string, detail: string) => void): BrowserWindow {
  const listener = new BrowserWindow({
    show: false,
    width: 1,
    height: 1,
    skipTaskbar: true,
    focusable: false,
    webPreferences: { sandbox: true, contextIsolation: true, javascript: false, devTools: false },
  });
  listener.on('query-session-end', (event) => {
    log('the session ends', event.reasons.join(', '));
    // Held up rather than let go: what is let go is killed at once, and its next start checks the whole database.
    event.preventDefault();
    quit();
  });
  return listener;
}
