/**
 * Updates: off unless the operator gives a feed address. What is downloaded is installed when the app quits;
 * electron-updater checks its signature (Windows, macOS) and its hash (all).
 */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What is used of electron-updater's `autoUpdater`. */
export interface Updater {
  autoDownload: boolean;
  autoInstallOnAppQuit: boolean;
  allowDowngrade: boolean;
  setFeedURL(feed: { provider: 'generic'; url: string }): void;
  checkForUpdates(): Promise<unknown>;
}

const checkEveryMs = 6 * 3_600_000;

export interface UpdateParts {
  /** Whether an update's signature can be checked: on Windows by the signer's name that the build was given. */
  readonly canCheckSignature: () => boolean;
  /** Loaded only when there is a feed: without one nothing of it runs. */
  readonly loadUpdater: () => Promise<Updater>;
  readonly every: (intervalMs: number, run: () => void) => () => void;
  readonly log: (message: string, detail: string) => void;
}

/** @returns to be called with the feed's address at the start and whenever it changes; an empty one ends it */
export function watchForUpdates({ canCheckSignature, loadUpdater, every, log }: UpdateParts) {
  let stop = () => {};
  let current = '';
  return async (feed: string): Promise<void> => {
    if (feed === current) return;
    current = feed;
    stop();
    stop = () => {};
    if (feed === '') return;
    if (!isFeedAddress(feed)) return log('updates are off', 'the feed has to be an https address');
    if (!canCheckSignature()) return log('updates are off', 'this build was not signed, so no update can be checked');
    const updater = await loadUpdater();
    updater.autoDownload = true;
    updater.autoInstallOnAppQuit = true;
    updater.allowDowngrade = false;
    updater.setFeedURL({ provider: 'generic', url: feed });
    const check = () =>
      void updater.checkForUpdates().catch((problem: unknown) => log('looking for an update failed', String(problem)));
    stop = every(checkEveryMs, check);
    check();
  };
}

export function isFeedAddress(text: string): boolean {
  try {
    const { protocol, username, password } = new URL(text);
    return protocol === 'https:' && username === '' && password === '';
  } catch {
    return false;
  }
}

/**
 * Whether this build can check an update's signature: everywhere but on Windows, where it needs the signer's name.
 * @param resources the folder where electron-builder leaves `app-update.yml`
 */
export function canCheckSignature(platform: NodeJS.Platform, resources: string): boolean {
  return platform !== 'win32' || namesItsSigner(textOf(join(resources, 'app-update.yml')));
}

function textOf(file: string): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return null;
  }
}

/**
 * Whether electron-builder wrote the signer's name beside the app; without it electron-updater takes an update
 * for Windows unchecked.
 * @param updateConfig text of `app-update.yml`, or null where there is none
 */
export const namesItsSigner = (updateConfig: string | null): boolean =>
  updateConfig !== null && /^publisherName:\s*\S|^publisherName:\s*\n\s*-\s*\S/m.test(updateConfig);
