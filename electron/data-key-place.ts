/** Where the wrapped data key lies: beside the database. */
import { renameOverSync } from './engine/files/rename.ts';
import { keyEnvelopeFile, newDataKey, readKeyEnvelope, writeKeyEnvelope } from './engine/vault/key-envelope.ts';
import type { KeyPlace } from './shell/data-key.ts';

/** @param folder the data folder */
export const keyPlaceIn = (folder: string): KeyPlace => ({
  read: () => readKeyEnvelope(folder),
  write: (envelope) => writeKeyEnvelope(folder, envelope),
  setAside: () => renameOverSync(keyEnvelopeFile(folder), `${keyEnvelopeFile(folder)}.unreadable-${Date.now()}`),
  newKey: newDataKey,
});
