/** `app://bundle/`: the window's files, read from one folder and from nowhere else. */
import { readFile } from 'node:fs/promises';
import { extname, join, resolve, sep } from 'node:path';
import { contentSecurityPolicy } from './content-security-policy.ts';

export const appScheme = 'app';
export const appHost = 'bundle';
export const appUrl = `${appScheme}://${appHost}/`;

/** What the page's files are; a file of any other kind is not served. */
const mimeTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
};

/**
 * The file that a path of the page's address means, or null where it may not be served.
 * @param root absolute folder of the built window
 * @param pathname as in the URL, still percent-encoded
 */
export function fileOf(root: string, pathname: string): string | null {
  let decoded: string;
  try {
    decoded = decodeURIComponent(pathname);
  } catch {
    return null;
  }
  if (decoded.includes('\0') || decoded.includes('\\')) return null;
  const file = resolve(join(root, decoded));
  // With the separator: `/window-old` begins like `/window` and lies outside of it.
  if (!file.startsWith(root.endsWith(sep) ? root : root + sep) && file !== resolve(root)) return null;
  return file === resolve(root) ? join(root, 'index.html') : file;
}

/** @returns the handler for Electron's `protocol.handle` */
export function serveBundle(root: string): (request: Request) => Promise<Response> {
  const folder = resolve(root);
  return async (request) => {
    if (request.method !== 'GET') return refuse(405);
    const url = new URL(request.url);
    if (url.protocol !== `${appScheme}:` || url.host !== appHost) return refuse(404);
    const file = fileOf(folder, url.pathname);
    const mimeType = file === null ? undefined : mimeTypes[extname(file).toLowerCase()];
    if (file === null || mimeType === undefined) return refuse(404);
    try {
      const body = new Uint8Array(await readFile(file));
      return new Response(body, { status: 200, headers: { ...guards, 'content-type': mimeType } });
    } catch {
      return refuse(404);
    }
  };
}

const guards = {
  'content-security-policy': contentSecurityPolicy,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cache-control': 'no-store',
};

const refuse = (status: number): Response =>
  new Response(null, { status, headers: { ...guards, 'content-type': 'text/plain; charset=utf-8' } });
