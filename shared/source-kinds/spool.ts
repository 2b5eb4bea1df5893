/** What the command line took while no engine ran, and left in the data folder's spool. */
import { z } from 'zod';
import type { SourceKind } from './source-kind.ts';

const config = z.strictObject({});

export const spool: SourceKind = {
  name: 'spool',
  isAdded: false,
  isPosted: false,
  config,
  secrets: [],
  words: { name: 'source_kind.spool' },
};
