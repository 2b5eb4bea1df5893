/** Whether the real app can be run here, and with which Electron. */
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

export const root = resolve(import.meta.dirname, '..', '..');

/** The Electron that the `electron` package names, downloaded or given by ELECTRON_OVERRIDE_DIST_PATH; else null. */
export function electronBinary(): string | null {
  const electronPackage = join(root, 'node_modules', 'electron');
  const pathFile = join(electronPackage, 'path.txt');
  const name = existsSync(pathFile) ? readFileSync(pathFile, 'utf8') : 'electron';
  const binary = join(process.env.ELECTRON_OVERRIDE_DIST_PATH ?? join(electronPackage, 'dist'), name);
  return existsSync(binary) ? binary : null;
}

/** Why the suite cannot run; null where it can. */
export function whyNot(): string | null {
  if (electronBinary() === null) return 'there is no Electron (node node_modules/electron/install.js fetches it)';
  if (process.platform === 'linux' && !process.env.DISPLAY) return 'there is no display';
  return null;
}
