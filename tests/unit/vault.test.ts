import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  headlessDataKey,
  keyEnvelopeFile,
  newDataKey,
  readKeyEnvelope,
  writeKeyEnvelope,
} from '../../electron/engine/vault/key-envelope.ts';
import { createVault } from '../../electron/engine/vault/vault.ts';
import { type TemporaryFolder, temporaryFolder } from '../support/folder.ts';

describe('the vault', () => {
  test('opens what it sealed, whatever the text', () => {
    const vault = createVault(newDataKey(), false);
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string(), (text, context) => {
        expect(vault.open(vault.seal(text, context), context)).toBe(text);
      }),
    );
  });

  test('never makes the same bytes twice of one text', () => {
    const vault = createVault(newDataKey(), false);
    expect(vault.seal('whsec_x', 'c')).not.toEqual(vault.seal('whsec_x', 'c'));
  });

  test('opens nothing under another key, in another place, or after any change', () => {
    const vault = createVault(newDataKey(), false);
    const sealed = vault.seal('whsec_x', 'endpoint_secrets/1/current');
    expect(createVault(newDataKey(), false).open(sealed, 'endpoint_secrets/1/current')).toBeNull();
    expect(vault.open(sealed, 'endpoint_secrets/2/current')).toBeNull();
    for (let index = 0; index < sealed.length; index += 1) {
      const changed = Uint8Array.from(sealed, (byte, at) => (at === index ? byte ^ 1 : byte));
      expect(vault.open(changed, 'endpoint_secrets/1/current')).toBeNull();
    }
    expect(vault.open(sealed.subarray(0, 5), 'endpoint_secrets/1/current')).toBeNull();
  });

  test('a locked vault seals and opens nothing until it is unlocked', () => {
    const key = newDataKey();
    const sealed = createVault(key, false).seal('whsec_x', 'c');
    const vault = createVault(null, false);
    expect(vault.state).toBe('locked');
    expect(vault.open(sealed, 'c')).toBeNull();
    expect(() => vault.seal('text', 'c')).toThrow(expect.objectContaining({ code: 'secret_unreadable' }));
    vault.unlock(key);
    expect(vault.open(sealed, 'c')).toBe('whsec_x');
  });

  test('says when the wrapping of its key is not really encrypted', () => {
    expect(createVault(newDataKey(), true).state).toBe('plain');
    expect(createVault(newDataKey(), false).state).toBe('ok');
  });
});

describe('the data key of a folder without a desktop', () => {
  let folder: TemporaryFolder;
  beforeEach(async () => {
    folder = await temporaryFolder();
  });
  afterEach(() => folder.remove());

  test('is made once, for the owner alone, and the same at every start', () => {
    const key = headlessDataKey(folder.path);
    expect(key).toHaveLength(32);
    expect(headlessDataKey(folder.path)).toEqual(Buffer.from(key));
    if (process.platform !== 'win32') expect(statSync(keyEnvelopeFile(folder.path)).mode & 0o777).toBe(0o600);
  });

  test('of the desktop is refused, left as it is, and the way out is said', () => {
    const kept = { wrapper: 'safe_storage:gnome_libsecret', key: 'AAAA' };
    writeKeyEnvelope(folder.path, kept);
    expect(() => headlessDataKey(folder.path)).toThrow(
      expect.objectContaining({ code: 'secret_unreadable', message: expect.stringContaining('passphrase') }),
    );
    expect(readKeyEnvelope(folder.path)).toEqual(kept);
  });

  test('that cannot be read is not replaced by a new one', () => {
    writeFileSync(keyEnvelopeFile(folder.path), '{"wrapper":');
    expect(() => headlessDataKey(folder.path)).toThrow();
    const key = headlessDataKey(folder.path, { newKey: true });
    expect(headlessDataKey(folder.path)).toEqual(Buffer.from(key));
    const aside = readdirSync(folder.path).find((name) => name.includes('unreadable')) ?? '';
    expect(readFileSync(join(folder.path, aside), 'utf8')).toBe('{"wrapper":');
    // Of one that is good a new one does not take the place.
    expect(headlessDataKey(folder.path, { newKey: true })).toEqual(Buffer.from(key));
  });

  test('that is missing although there are secrets is not replaced by a new one, unless a person says so', () => {
    const holdsSecrets = () => true;
    expect(() => headlessDataKey(folder.path, { holdsSecrets })).toThrow(
      expect.objectContaining({ code: 'secret_unreadable', message: expect.stringContaining('--new-key') }),
    );
    expect(readdirSync(folder.path)).toEqual([]);
    expect(headlessDataKey(folder.path, { holdsSecrets, newKey: true })).toHaveLength(32);
  });
});
