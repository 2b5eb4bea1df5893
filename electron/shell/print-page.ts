/** Prints a page that the engine made: in a window that nobody sees, without scripts, and that may load nothing. */
import { BrowserWindow, session } from 'electron';
import { guardSession } from './guards.ts';

const partition = 'printing';

/** @returns PDF. Rejects where it could not be printed */
export async function printPage(html: string): Promise<Uint8Array> {
  // In memory, and guarded as the window's own.
  const apart = session.fromPartition(partition);
  guardSession(apart);
  const printer = new BrowserWindow({
    show: false,
    webPreferences: {
      session: apart,
      javascript: false,
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      webviewTag: false,
      devTools: false,
    },
  });
  try {
    await printer.loadURL(`data:text/html;charset=utf-8;base64,${Buffer.from(html, 'utf8').toString('base64')}`);
    return await printer.webContents.printToPDF({ pageSize: 'A4', printBackground: false });
  } finally {
    printer.destroy();
  }
}
