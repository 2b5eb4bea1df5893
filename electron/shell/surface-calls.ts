/** The calls that the desktop itself answers: preferences, dialogs, the clipboard, what the window shows. */

import { dirname, isAbsolute } from 'node:path';
import { RelayError } from '../../shared/api.ts';
import type { Sentence } from '../../shared/domain.ts';
import { refuseEndlessQuiet } from '../../shared/quiet-hours.ts';
import type { Preferences, SurfaceInfo } from '../../shared/schemas.ts';
import { sentence } from '../../shared/sentences/sentence.ts';
import type { ChosenFiles, FilePurpose } from '../ipc/chosen-files.ts';
import type { SurfaceHandlers } from '../ipc/router.ts';
import type { FileDialogs } from './file-dialogs.ts';

export interface SurfaceParts {
  readonly info: () => SurfaceInfo;
  readonly preferences: () => Preferences;
  /** Whether the build takes updates from this address. */
  readonly allowsFeed: (feed: string) => boolean;
  readonly changePreferences: (change: Partial<Preferences>) => Preferences;
  readonly files: ChosenFiles;
  readonly render: (sentence: Sentence) => string;
  readonly dialogs: FileDialogs;
  readonly documents: () => string;
  /** Where a person begins to choose a folder, by the one that is entered. */
  readonly folderToBeginAt: (entered: string) => Promise<string>;
  /** Where the backups lie that are made by themselves. */
  readonly backups: string;
  readonly restartEngine: () => Promise<void>;
  /** Puts the update that is ready in the app's place; false where none is. */
  readonly installUpdate: () => boolean;
  /** Writes what the window shows, as it would be printed. @returns where it lies */
  readonly savePdf: (file: string) => Promise<string>;
  readonly showInFolder: (file: string) => void;
  /** Whether a scheduled export wrote it last. */
  readonly isScheduled: (file: string) => Promise<boolean>;
  /** Folder whose files may be shown without having been chosen: the data folder's exports. */
  readonly ownFolder: string;
  /** Whether the address was an ordinary one and was opened. */
  readonly openExternal: (url: string) => Promise<boolean>;
  /** Rejects where the system's clipboard does not take it. */
  readonly copy: (text: string) => Promise<void>;
  readonly showing: (conditions: readonly string[]) => void;
}

type Change = Partial<{ [Key in keyof Preferences]: Preferences[Key] | undefined }>;

export function surfaceHandlers(parts: SurfaceParts): SurfaceHandlers {
  return {
    'surface.info': () => parts.info(),
    'preferences.get': () => parts.preferences(),
    'preferences.change': ({ change }) => {
      const feed = change.updateFeed ?? '';
      if (feed !== '' && feed !== parts.preferences().updateFeed && !parts.allowsFeed(feed)) {
        throw new RelayError('bad_input', sentence('problem.update_feed', { feed }), { member: 'updateFeed' });
      }
      refuseEndlessQuiet(change.quietHours, 'quietHours');
      return parts.changePreferences(given(change));
    },
    'surface.chooseFile': async ({ purpose, name }) => {
      const file = await chooseFile(parts, purpose, name);
      if (file !== null) parts.files.remember(purpose, file);
      return { file };
    },
    'surface.restartEngine': async () => {
      await parts.restartEngine();
      return null;
    },
    'surface.installUpdate': () => {
      if (parts.installUpdate()) return null;
      throw new RelayError('not_possible', sentence('problem.no_update_ready'));
    },
    'surface.savePdf': async ({ file }) => ({ file: await parts.savePdf(file) }),
    'surface.showFile': async ({ file }) => {
      const isKnown = (['export', 'backup', 'page'] as const).some((purpose) => parts.files.isChosen(purpose, file));
      const isOurs = isKnown || dirname(file) === parts.ownFolder || (await parts.isScheduled(file));
      if (!isAbsolute(file) || !isOurs) {
        throw new RelayError('not_possible', sentence('problem.not_own_file'), { member: 'file' });
      }
      parts.showInFolder(file);
      return null;
    },
    'surface.openExternal': async ({ url }) => {
      if (await parts.openExternal(url)) return null;
      throw new RelayError('not_possible', sentence('problem.not_https'), { member: 'url' });
    },
    'surface.copy': async ({ text }) => {
      await parts.copy(text).catch((problem: unknown) => {
        throw new RelayError('not_possible', sentence('problem.not_copied'), { detail: String(problem) });
      });
      return null;
    },
    'surface.showing': ({ conditions }) => {
      parts.showing(conditions);
      return null;
    },
  };
}

/** Without the members that are there but undefined, which would blot out what is kept. */
const given = (change: Change): Partial<Preferences> =>
  Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined));

const filtersOf: Record<Exclude<FilePurpose, 'folder'>, { name: string; extensions: string[] }[]> = {
  export: [
    { name: 'CSV', extensions: ['csv'] },
    { name: 'JSON Lines', extensions: ['jsonl'] },
  ],
  page: [{ name: 'PDF', extensions: ['pdf'] }],
  backup: [{ name: 'Roost Relay', extensions: ['backup'] }],
  restore: [{ name: 'Roost Relay', extensions: ['backup', 'db'] }],
};

async function chooseFile(parts: SurfaceParts, purpose: FilePurpose, name: string): Promise<string | null> {
  const title = parts.render(sentence(`desktop.choose.${purpose}`));
  if (purpose === 'folder') {
    const defaultPath = await parts.folderToBeginAt(name);
    return parts.dialogs.open({ title, properties: ['openDirectory', 'createDirectory'], defaultPath });
  }
  const all = { name: '*', extensions: ['*'] };
  if (purpose === 'restore') {
    return parts.dialogs.open({
      title,
      properties: ['openFile'],
      // Where backups lie, unless the person chose a place for another file before: the system would show that one.
      defaultPath: parts.backups,
      filters: [...filtersOf[purpose], all],
    });
  }
  // A name only: what the page suggests must not lead out of the person's documents.
  const plainName = name.replace(/[\\/:*?"<>|]/g, '-').replace(/^\.+/, '');
  return parts.dialogs.save({
    title,
    // Linux alone has to be told to ask; elsewhere the dialog always does.
    properties: ['showOverwriteConfirmation', 'createDirectory'],
    defaultPath: `${parts.documents()}/${plainName}`,
    filters: [...filtersOf[purpose], all],
  });
}
