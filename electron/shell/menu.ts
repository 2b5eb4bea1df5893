/** The application's menu: macOS needs one for copy and paste to work; elsewhere the window has none. */
import { Menu } from 'electron';

export function setApplicationMenu(platform: NodeJS.Platform, quit: { label: string; ask: () => void }): void {
  if (platform !== 'darwin') {
    Menu.setApplicationMenu(null);
    return;
  }
  Menu.setApplicationMenu(
    Menu.buildFromTemplate([
      {
        label: 'Roost Relay',
        submenu: [
          { role: 'about' },
          { type: 'separator' },
          { role: 'services' },
          { type: 'separator' },
          { role: 'hide' },
          { role: 'hideOthers' },
          { role: 'unhide' },
          { type: 'separator' },
          { label: quit.label, accelerator: 'Command+Q', click: quit.ask },
        ],
      },
      { role: 'editMenu' },
      { role: 'windowMenu' },
    ]),
  );
}
