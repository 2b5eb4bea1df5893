/** Where the wrapped data key lies: beside the database. */
import { renameSync } from 'node:fs';
import { keyEnvelopeFile, newDataKey, readKeyEnvelope, writeKeyEnvelope } from './engine/vault/key-envelope.ts';
import type { KeyPlace } from './shell/data-key.ts';

/** @param folder the data folder */
export const keyPlaceIn = (folder: string): KeyPlace => ({
  read: () => readKeyEnvelope(folder),
  write: (envelope) => writeKeyEnvelope(folder, envelope),
  setAside: () => renameSync(keyEnvelopeFile(folder), `${keyEnvelopeFile(folder)}.unreadable-${Date.now()}`),
  newKey: newDataKey,
});
