/** A folder in which a system leaves files: each is taken once, and then moved out of the way. */
import { z } from 'zod';
import { delimiterNames, fileFormats, textCharsets } from './file-form.ts';
import type { SourceKind } from './source-kind.ts';

const config = z.strictObject({
  /** Whole path, as this PC has it. */
  folder: z.string().trim().min(1).max(1000),
  /** Which files: `*` for any letters, `?` for one. */
  pattern: z.string().trim().min(1).max(200).default('*'),
  format: z.enum(['auto', ...fileFormats]).default('auto'),
  delimiter: z.enum(['auto', ...delimiterNames]).default('auto'),
  charset: z.enum(['auto', ...textCharsets]).default('auto'),
  /** XML: names from the root to the element that repeats, with slashes; JSON: members to the list. Empty: found out. */
  path: z.string().trim().max(500).default(''),
  /** Each file holds all there is: what differs from the one before becomes events. */
  snapshot: z.boolean().default(false),
  /** Of a snapshot: the columns that tell one row from another. */
  keyColumns: z.array(z.string().trim().min(1).max(200)).max(10).default([]),
  /** Of a snapshot: whether its first file is only remembered, or all in it is new. */
  firstFile: z.enum(['remembered', 'taken']).default('remembered'),
});

export const folder: SourceKind = {
  name: 'folder',
  isAdded: true,
  isPosted: false,
  config,
  secrets: [],
  words: { name: 'source_kind.folder' },
};

export type FolderConfig = z.output<typeof config>;
