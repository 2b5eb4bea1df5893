/**
 * Updates: off unless a person gives one of the feed addresses that the build allows. What is downloaded is installed
 * when the app quits, never an older version; electron-updater checks its signature (Windows, macOS) and its hash
 * (all), signed-feed.ts the signature of the feed that names the hash.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { GenericProvider } from 'electron-updater/out/providers/GenericProvider.js';
import { utcMs } from '../../../shared/domain.ts';
import type { Update } from '../../../shared/schemas.ts';
import type { Own } from '../../engine/engine.ts';
import { signedFeedProvider, UnsignedFeed } from './signed-feed.ts';
import { allowsFeed, type UpdatePolicy } from './update-policy.ts';

/** What is used of electron-updater's `autoUpdater`. */
export interface Updater {
  autoDownload: boolean;
  autoInstallOnAppQuit: boolean;
  allowDowngrade: boolean;
  disableWebInstaller: boolean;
  setFeedURL(feed: Feed): void;
  /** Starts what puts the update in place, and quits the app for it. What goes wrong is told as `error`. */
  quitAndInstall(isSilent: boolean, isForceRunAfter: boolean): void;
  once(event: 'error', listener: (problem: Error) => void): unknown;
  /** Null where this kind of installation cannot be updated so. */
  checkForUpdates(): Promise<{
    readonly isUpdateAvailable: boolean;
    readonly updateInfo: { readonly version: string };
    readonly downloadPromise?: Promise<unknown> | null;
  } | null>;
}

type Feed =
  | { readonly provider: 'generic'; readonly url: string }
  | { readonly provider: 'custom'; readonly url: string; readonly updateProvider: typeof GenericProvider };

/** Of electron-updater, what is loaded only when there is a feed: without one nothing of it runs. */
export interface UpdaterParts {
  readonly updater: Updater;
  /** Its reader of a plain feed. */
  readonly Generic: typeof GenericProvider;
}

const checkEveryMs = 6 * 3_600_000;

export interface UpdateParts {
  /** Whether this is an installed app: a checkout is updated otherwise. */
  readonly isInstalled: boolean;
  /** Whether an update's signature can be checked: see `canCheckSignature`. */
  readonly canCheckSignature: () => boolean;
  readonly policy: UpdatePolicy;
  readonly loadUpdater: () => Promise<UpdaterParts>;
  readonly every: (intervalMs: number, run: () => void) => () => void;
  readonly nowMs: () => number;
  readonly own: Own;
  readonly log: (message: string, detail: string) => void;
  /** Told whenever `state` is another one. */
  readonly onState: () => void;
}

export interface Updates {
  /** To be called with the feed's address at the start and whenever it changes; an empty one ends it. */
  follow(feed: string): void;
  /** Puts the update that is ready in place and starts it; the engine is stopped by then. @returns whether it has begun */
  install(): boolean;
  /** The system shuts down: what is being put in place then would be cut off half way. */
  holdBack(): void;
  readonly state: Update;
}

export function watchForUpdates(parts: UpdateParts): Updates {
  const { log, policy } = parts;
  const { feeds } = policy;
  let state: Update = { state: 'off', version: null, at: null, problem: null, feeds: [...feeds] };
  let stop = () => {};
  let current = '';
  let loaded: Updater | null = null;

  function become(next: Update['state'], more: Partial<Update> = {}) {
    state = { ...state, state: next, version: null, problem: null, ...more };
    parts.onState();
  }

  async function check(feed: string) {
    /** The address was changed meanwhile: what is found there is no news any more. */
    const isOver = () => feed !== current;
    const waiting = state.state === 'ready' ? state.version : null;
    let version: string | null = null;
    if (waiting === null) become('looking');
    try {
      const { updater, Generic } = await parts.loadUpdater();
      if (isOver()) return;
      loaded = updater;
      updater.autoDownload = true;
      updater.autoInstallOnAppQuit = true;
      updater.allowDowngrade = false;
      // What such an installer fetches while it runs is checked by nobody.
      updater.disableWebInstaller = true;
      updater.setFeedURL(feedOf(feed, Generic, policy));
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
      if (isOver() || isKept) return;
      const became = problem instanceof UnsignedFeed ? 'not_signed' : 'failed';
      become(became, { version, at: utcMs(parts.nowMs()), problem: firstLine(problem) });
    }
  }

  return {
    follow(feed) {
      if (feed === current) return;
      current = feed;
      stop();
      stop = () => {};
      if (feed === '') return become('off');
      if (!allowsFeed(policy, feed)) return become('not_allowed');
      if (!parts.isInstalled) return become('not_here');
      if (!parts.canCheckSignature()) return become('unsigned');
      const look = () => parts.own('a look for updates', check(feed));
      stop = parts.every(checkEveryMs, look);
      look();
    },
    install() {
      if (loaded === null || state.state !== 'ready') return false;
      const { version, at } = state;
      const found: Error[] = [];
      loaded.once('error', (problem) => found.push(problem));
      loaded.quitAndInstall(true, true);
      const [problem] = found;
      if (problem === undefined) return true;
      log('the update could not be put in place', String(problem));
      become('failed', { version, at, problem: firstLine(problem) });
      return false;
    },
    holdBack() {
      if (loaded !== null) loaded.autoInstallOnAppQuit = false;
    },
    get state() {
      return state;
    },
  };
}

const feedOf = (url: string, Generic: typeof GenericProvider, { publicKey }: UpdatePolicy): Feed =>
  publicKey === null
    ? { provider: 'generic', url }
    : { provider: 'custom', url, updateProvider: signedFeedProvider(Generic, publicKey) };

/** Of an error's text; what follows are headers and stacks. */
const firstLine = (problem: unknown): string =>
  (problem instanceof Error ? problem.message : String(problem)).split('\n')[0]?.slice(0, 300) ?? '';

/**
 * Whether this build can check an update's signature: on macOS always, on Windows with the signer's name, elsewhere
 * with the key that the feed is signed with.
 * @param resources the folder where electron-builder leaves `app-update.yml`
 */
export function canCheckSignature(platform: NodeJS.Platform, resources: string, policy: UpdatePolicy): boolean {
  if (platform === 'darwin') return true;
  return platform === 'win32' ? namesItsSigner(textOf(join(resources, 'app-update.yml'))) : policy.publicKey !== null;
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
