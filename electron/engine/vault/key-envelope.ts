/**
 * The wrapped data key beside the database, and who wrapped it (decision 23): the desktop's `safeStorage`,
 * or, without a desktop, nothing but the file's owner-only rights.
 */
import { randomBytes } from 'node:crypto';
import { closeSync, existsSync, fsyncSync, openSync, readFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { RelayError } from '../../../shared/api.ts';
import { sentence } from '../../../shared/sentences/sentence.ts';
import { renameOverSync } from '../files/rename.ts';
import { dataKeyBytes } from './vault.ts';

/** The wrapper of a key that only the file's rights protect. */
export const keyFileWrapper = 'key_file';

const envelope = z.object({
  /** `key_file`, or `safe_storage:` and the backend that wrapped it. */
  wrapper: z.string(),
  /** Base64: the key itself for `key_file`, else what `safeStorage` made of it. */
  key: z.string(),
});
export type KeyEnvelope = z.output<typeof envelope>;

export const keyEnvelopeFile = (folder: string): string => join(folder, 'data-key.json');

/**
 * Null where there is none yet.
 *
 * @throws RelayError `secret_unreadable` where there is one that cannot be read: it must not be overwritten
 */
export function readKeyEnvelope(folder: string): KeyEnvelope | null {
  const file = keyEnvelopeFile(folder);
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return null;
    // With a new key the old one, which is whole, would be put aside.
    throw code === 'EACCES' || code === 'EPERM' ? noRights(file, error) : damaged(file, error);
  }
  try {
    return envelope.parse(JSON.parse(text));
  } catch (error) {
    throw damaged(file, error);
  }
}

/** A key that cannot be opened any more is kept under another name. */
export function setKeyAside(folder: string): void {
  const file = keyEnvelopeFile(folder);
  if (existsSync(file)) renameOverSync(file, `${file}.unreadable-${Date.now()}`);
}

const damaged = (file: string, cause: unknown): RelayError =>
  new RelayError('secret_unreadable', sentence('problem.key_file_damaged', { file }), { detail: String(cause), cause });

const noRights = (path: string, cause: unknown): RelayError =>
  new RelayError('secret_unreadable', sentence('problem.store_no_rights', { path }), { detail: String(cause), cause });

/** Written aside, fsynced and renamed: a power cut leaves the old one or the new one. */
export function writeKeyEnvelope(folder: string, kept: KeyEnvelope): void {
  const file = keyEnvelopeFile(folder);
  const aside = `${file}.new`;
  const handle = openSync(aside, 'w', 0o600);
  try {
    writeSync(handle, JSON.stringify(kept));
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
  renameOverSync(aside, file);
}

export const newDataKey = (): Uint8Array => randomBytes(dataKeyBytes);

export interface HeadlessKeyOptions {
  /** A person said so: where the key is missing or damaged, a new one takes its place. */
  readonly newKey?: boolean;
  /** Whether there are secrets that only the key opens which is not there. */
  readonly holdsSecrets?: () => boolean;
}

/**
 * The data key of a folder that is operated without a desktop; made at its first start.
 *
 * @throws RelayError `secret_unreadable` where the desktop app wrapped it, only that can open it; or
 *   where it is damaged, or missing although there are secrets
 */
export function headlessDataKey(
  folder: string,
  { newKey = false, holdsSecrets = () => false }: HeadlessKeyOptions = {},
): Uint8Array {
  try {
    const key = keptKey(folder);
    if (key !== null) return key;
    if (!newKey && holdsSecrets()) throw missing(keyEnvelopeFile(folder));
  } catch (error) {
    if (!newKey || !(error instanceof RelayError) || error.says.key !== 'problem.key_file_damaged') throw error;
    setKeyAside(folder);
  }
  const key = newDataKey();
  writeKeyEnvelope(folder, { wrapper: keyFileWrapper, key: Buffer.from(key).toString('base64') });
  return key;
}

const missing = (file: string): RelayError =>
  new RelayError('secret_unreadable', sentence('problem.key_file_missing', { file }));

function keptKey(folder: string): Uint8Array | null {
  const kept = readKeyEnvelope(folder);
  if (kept === null) return null;
  if (kept.wrapper !== keyFileWrapper) {
    throw new RelayError('secret_unreadable', sentence('problem.vault_of_desktop', { folder }), {
      detail: `data-key.json was wrapped by ${kept.wrapper}`,
    });
  }
  const key = Buffer.from(kept.key, 'base64');
  if (key.length !== dataKeyBytes) throw damaged(keyEnvelopeFile(folder), `${key.length} bytes`);
  return key;
}
