/**
 * What every page of the app is refused, whatever it shows: leaving its own address, frames, further windows,
 * webviews, permissions, downloads, and requests to anything but the app's own files.
 * https://www.electronjs.org/docs/latest/tutorial/security
 */
import type { App, Session, WebContents } from 'electron';
import { isOwnPage } from '../ipc/sender.ts';
import { appUrl } from './protocol.ts';

export type OpenExternal = (url: string) => unknown;

/** For all web contents that will ever be made. @param openExternal is given links that want a new window */
export function guardContents(app: Pick<App, 'on'>, openExternal: OpenExternal): void {
  app.on('web-contents-created', (_event, contents) => guard(contents, openExternal));
}

function guard(contents: WebContents, openExternal: OpenExternal): void {
  contents.on('will-navigate', (event) => {
    if (!isOwnPage(event.url, appUrl)) event.preventDefault();
  });
  contents.on('will-frame-navigate', (event) => {
    if (!event.isMainFrame || !isOwnPage(event.url, appUrl)) event.preventDefault();
  });
  contents.on('will-redirect', (event) => event.preventDefault());
  contents.on('will-attach-webview', (event) => event.preventDefault());
  contents.setWindowOpenHandler(({ url }) => {
    openExternal(url);
    return { action: 'deny' };
  });
}

/** For the session that the window lives in. */
export function guardSession(session: Session): void {
  session.setPermissionRequestHandler((_contents, _permission, answer) => answer(false));
  session.setPermissionCheckHandler(() => false);
  session.setDevicePermissionHandler(() => false);
  session.on('will-download', (event) => event.preventDefault());
  session.webRequest.onBeforeRequest((request, answer) => answer({ cancel: !mayLoad(request.url) }));
}

/** The page's own files, images that are part of its text, and the developer tools' own pages. */
export const mayLoad = (url: string): boolean =>
  isOwnPage(url, appUrl) || url.startsWith('data:') || url.startsWith('devtools://');
