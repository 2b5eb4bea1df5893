/** The one bridge into the window. Sandboxed: of Electron it has contextBridge and ipcRenderer only. */
import { contextBridge, ipcRenderer } from 'electron';
import { createPreloadClient } from './ipc/preload-client.ts';

contextBridge.exposeInMainWorld('roostRelay', createPreloadClient(ipcRenderer));
