/** The system's own dialogs for choosing a file, over the window. */
import { type BrowserWindow, dialog, type OpenDialogOptions, type SaveDialogOptions } from 'electron';

export interface FileDialogs {
  /** Absolute path to write to; null where the person cancelled. */
  save(options: SaveDialogOptions): Promise<string | null>;
  /** The one file that was chosen; null where the person cancelled. */
  open(options: OpenDialogOptions): Promise<string | null>;
}

/** @param over the window that the dialog belongs to; without one there is nobody who could have asked */
export function fileDialogs(over: () => BrowserWindow | null): FileDialogs {
  return {
    async save(options) {
      const parent = over();
      return parent && ((await dialog.showSaveDialog(parent, options)).filePath || null);
    },
    async open(options) {
      const parent = over();
      return parent && ((await dialog.showOpenDialog(parent, options)).filePaths[0] ?? null);
    },
  };
}
