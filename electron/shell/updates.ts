/**
 * Updates: off unless the operator gives a feed address. What is downloaded is installed when the app quits;
 * electron-updater checks its signature (Windows, macOS) and its hash (all).
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { utcMs } from '../../shared/domain.ts';
import type { Update } from '../../shared/schemas.ts';

/** What is used of electron-updater's `autoUpdater`. */
export interface Updater {
  autoDownload: boolean;
  autoInstallOnAppQuit: boolean;
  allowDowngrade: boolean;
  setFeedURL(feed: { provider: 'generic'; url: string }): void;
  /** Null where this kind of installation cannot be updated so. */
  checkForUpdates(): Promise<{
    readonly isUpdateAvailable: boolean;
    readonly updateInfo: { readonly version: string };
    readonly downloadPromise?: Promise<unknown> | null;
  } | null>;
}

const checkEveryMs = 6 * 3_600_000;

export interface UpdateParts {
  /** Whether this is an installed app: a checkout is updated otherwise. */
  readonly isInstalled: boolean;
  /** Whether an update's signature can be checked: on Windows by the signer's name that the build was given. */
  readonly canCheckSignature: () => boolean;
  /** Loaded only when there is a feed: without one nothing of it runs. */
  readonly loadUpdater: () => Promise<Updater>;
  readonly every: (intervalMs: number, run: () => void) => () => void;
  readonly nowMs: () => number;
  readonly log: (message: string, detail: string) => void;
  /** Told whenever `state` is another one. */
  readonly onState: () => void;
}

export interface Updates {
  /** To be called with the feed's address at the start and whenever it changes; an empty one ends it. */
  follow(feed: string): void;
  readonly state: Update;
}

export function watchForUpdates(parts: UpdateParts): Updates {
  const { log } = parts;
  let state: Update = { state: 'off', version: null, at: null, problem: null };
  let stop = () => {};
  let current = '';

  function become(next: Update['state'], more: Partial<Update> = {}) {
    state = { state: next, version: null, at: state.at, problem: null, ...more };
    parts.onState();
  }

  async function check(feed: string) {
    /** The address was changed meanwhile: what is found there is no news any more. */
    const isOver = () => feed !== current;
    const waiting = state.state === 'ready' ? state.version : null;
    let version: string | null = null;
    if (waiting === null) become('looking');
    try {
      const updater = await parts.loadUpdater();
      if (isOver()) return;
      pointAt(updater, feed);
      const found = await updater.checkForUpdates();
      if (isOver()) return;
      const at = utcMs(parts.nowMs());
      if (!found?.isUpdateAvailable) {
        if (waiting !== null) return become('ready', { version: waiting, at });
        return found === null ? become('not_here') : become('newest', { at });
      }
      version = found.updateInfo.version;
      if (version !== waiting) become('fetching', { version, at });
      await found.downloadPromise;
      if (!isOver()) become('ready', { version, at });
    } catch (problem) {
      log('looking for an update failed', String(problem));
      // What waits is still installed at quit; only a download that fails makes electron-updater throw it away.
      const isKept = waiting !== null && version === null;
      if (!isOver() && !isKept) become('failed', { version, at: utcMs(parts.nowMs()), problem: firstLine(problem) });
    }
  }

  return {
    follow(feed) {
      if (feed === current) return;
      current = feed;
      stop();
      stop = () => {};
      if (feed === '') return become('off');
      if (!isFeedAddress(feed)) return become('bad_address');
      if (!parts.isInstalled) return become('not_here');
      if (!parts.canCheckSignature()) return become('unsigned');
      const look = () => void check(feed);
      stop = parts.every(checkEveryMs, look);
      look();
    },
    get state() {
      return state;
    },
  };
}

function pointAt(updater: Updater, feed: string): void {
  updater.autoDownload = true;
  updater.autoInstallOnAppQuit = true;
  updater.allowDowngrade = false;
  updater.setFeedURL({ provider: 'generic', url: feed });
}

/** Of an error's text; what follows are headers and stacks. */
const firstLine = (problem: unknown): string =>
  (problem instanceof Error ? problem.message : String(problem)).split('\n')[0]?.slice(0, 300) ?? '';

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
