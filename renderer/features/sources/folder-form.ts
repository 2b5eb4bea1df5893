/** What is asked of a folder, as it is typed. */
import { delimiterNames, fileFormats, textCharsets } from '../../../shared/source-kinds/file-form.ts';

export interface FolderAsked {
  readonly folder: string;
  readonly pattern: string;
  readonly format: 'auto' | (typeof fileFormats)[number];
  readonly charset: 'auto' | (typeof textCharsets)[number];
  readonly delimiter: 'auto' | (typeof delimiterNames)[number];
  readonly path: string;
  readonly snapshot: boolean;
  /** Parted by commas. */
  readonly keyColumns: string;
}

export const emptyFolder: FolderAsked = {
  folder: '',
  pattern: '*',
  format: 'auto',
  charset: 'auto',
  delimiter: 'auto',
  path: '',
  snapshot: false,
  keyColumns: '',
};

/** As the engine takes it. */
export const folderConfig = ({ keyColumns, ...asked }: FolderAsked): Record<string, unknown> => ({
  ...asked,
  folder: asked.folder.trim(),
  keyColumns: keyColumns
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== ''),
});

/** What a source has, to be changed. */
export const folderAsked = (config: Readonly<Record<string, unknown>>): FolderAsked => ({
  ...emptyFolder,
  ...(config as Partial<FolderAsked>),
  keyColumns: Array.isArray(config.keyColumns) ? config.keyColumns.join(', ') : '',
});

export const formatChoices = ['auto', ...fileFormats] as const;
export const charsetChoices = ['auto', ...textCharsets] as const;
export const delimiterChoices = ['auto', ...delimiterNames] as const;
