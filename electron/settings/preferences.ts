/**
 * The desktop's own settings: what the person chose (language, theme, toasts, login), where the window was,
 * and whether it was told that the engine does not run. The engine's settings lie in its database.
 */
import { copyFileSync, existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type Store from 'electron-store';
import type { Options } from 'electron-store';
import { z } from 'zod';
import { type Preferences, preferences as preferencesSchema } from '../../shared/schemas.ts';

const windowState = z.strictObject({
  x: z.number().int(),
  y: z.number().int(),
  width: z.number().int().min(400),
  height: z.number().int().min(300),
  maximized: z.boolean(),
});
export type WindowState = z.output<typeof windowState>;

export interface Kept {
  readonly preferences: Preferences;
  readonly window: WindowState | null;
  /** Whether it was told that the engine does not run; its own shape, so that a newer version may change it. */
  readonly toasts: unknown[];
  /** The person was told once that closing the window leaves the app in the tray. */
  readonly toldOfTray: boolean;
  /** Start at login was set up once; from then on only the person and the system change it. */
  readonly loginItemMade: boolean;
}

export const defaultPreferences: Preferences = {
  language: 'system',
  theme: 'system',
  dense: false,
  startAtLogin: true,
  keepAwake: 'ask',
  toasts: true,
  quietHours: { enabled: false, from: '22:00', to: '06:00' },
  updateFeed: '',
};

const defaults: Kept = {
  preferences: defaultPreferences,
  window: null,
  toasts: [],
  toldOfTray: false,
  loginItemMade: false,
};

const keptSchema = z.object({
  preferences: preferencesSchema,
  window: windowState.nullable(),
  toasts: z.array(z.unknown()),
  toldOfTray: z.boolean(),
  loginItemMade: z.boolean(),
});

const fileName = 'preferences';

export interface Settings {
  get<Key extends keyof Kept>(key: Key): Kept[Key];
  set<Key extends keyof Kept>(key: Key, value: Kept[Key]): void;
  /** Merged into what is kept; returns the whole. */
  changePreferences(change: Partial<Preferences>): Preferences;
  /** Name of the copy of a file that could not be read at this start, or null. */
  readonly keptAside: string | null;
}

/** electron-store's class: loaded in the main process only, since its import needs Electron. */
type StoreClass = new (options: Options<Kept>) => Store<Kept>;

/**
 * @param folder where `preferences.json` lies
 * @param now for the name of the kept copy; UTC milliseconds
 */
export function openSettings(StoreOf: StoreClass, folder: string, version: string, now: number): Settings {
  const file = join(folder, `${fileName}.json`);
  const options: Options<Kept> = {
    cwd: folder,
    name: fileName,
    defaults,
    // The shapes of shared/schemas.ts as JSON Schema: a hand-edited file is checked by the same words.
    schema: z.toJSONSchema(keptSchema, { io: 'input' }).properties as NonNullable<Options<Kept>['schema']>,
    projectVersion: version,
    migrations,
    clearInvalidConfig: false,
  };
  let keptAside: string | null = null;
  let store: Store<Kept>;
  try {
    store = new StoreOf(options);
  } catch {
    if (!existsSync(file)) throw new Error(`The folder ${folder} cannot be written.`);
    keptAside = `${file}.unreadable-${new Date(now).toISOString().replaceAll(':', '-')}`;
    copyFileSync(file, keptAside);
    rmSync(file);
    store = new StoreOf(options);
  }
  // What was kept before a member was there has it at its default.
  const before = store.get('preferences');
  if (Object.keys(defaultPreferences).some((member) => !(member in before))) {
    store.set('preferences', { ...defaultPreferences, ...before });
  }
  return {
    get: (key) => store.get(key),
    set: (key, value) => store.set({ [key]: value } as Partial<Kept>),
    changePreferences(change) {
      const changed = { ...store.get('preferences'), ...change };
      store.set('preferences', changed);
      return changed;
    },
    keptAside,
  };
}

/** By the version that needs them, oldest first. Members that a version adds get their defaults here. */
const migrations: NonNullable<Options<Kept>['migrations']> = {
  '1.0.0': (store) => store.set('preferences', { ...defaultPreferences, ...store.get('preferences') }),
};
