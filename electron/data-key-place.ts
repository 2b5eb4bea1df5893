/** Where the wrapped data key lies: beside the database. */
import { wasMade } from './engine/store/damage/database-made.ts';
import { newDataKey, readKeyEnvelope, setKeyAside, writeKeyEnvelope } from './engine/vault/key-envelope.ts';
import type { KeyPlace } from './shell/data-key.ts';

/** @param folder the data folder */
export const keyPlaceIn = (folder: string): KeyPlace => ({
  read: () => readKeyEnvelope(folder),
  write: (envelope) => writeKeyEnvelope(folder, envelope),
  setAside: () => setKeyAside(folder),
  mayHoldSecrets: () => wasMade(folder),
  newKey: newDataKey,
});
