/** The window's preferences where there is no desktop: one small file in the data folder. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Preferences, preferences as preferencesSchema } from '../../shared/schemas.ts';
import { renameOverSync } from '../engine/files/rename.ts';

const defaults: Preferences = {
  language: 'system',
  theme: 'system',
  dense: false,
  startAtLogin: false,
  keepAwake: 'ask',
  toasts: true,
  quietHours: { enabled: false, from: '22:00', to: '07:00' },
  updateFeed: '',
};

type PreferencesChange = { readonly [Name in keyof Preferences]?: Preferences[Name] | undefined };

export interface PreferencesFile {
  current(): Preferences;
  change(change: PreferencesChange): Preferences;
}

/** A file that is missing or cannot be understood counts as empty: preferences are never worth a failed start. */
export function openPreferencesFile(folder: string): PreferencesFile {
  const file = join(folder, 'preferences.json');
  let current = read();

  function read(): Preferences {
    try {
      const parsed = preferencesSchema
        .partial()
        .safeParse(JSON.parse(readFileSync(file, 'utf8').replace(/^\ufeff/, '')));
      return parsed.success ? preferencesSchema.parse({ ...defaults, ...parsed.data }) : defaults;
    } catch {
      return defaults;
    }
  }

  return {
    current: () => current,
    change(change) {
      const given = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined));
      current = preferencesSchema.parse({ ...current, ...given });
      writeFileSync(`${file}.new`, JSON.stringify(current, null, 2), { mode: 0o600 });
      renameOverSync(`${file}.new`, file);
      return current;
    },
  };
}
