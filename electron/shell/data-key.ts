/**
 * The data key that protects endpoint secrets: made once, wrapped by the operating system through Electron's
 * `safeStorage` (asynchronous calls only), unwrapped at every start. Nothing is overwritten unless a person
 * says so: a key that cannot be unwrapped today may be unwrapped once the keyring is unlocked.
 */

/** The wrapped key as it lies beside the database. */
export interface KeyEnvelope {
  /** Who wrapped it: `safe_storage:<backend>`, or `key_file` where only the file's rights protect it. */
  readonly wrapper: string;
  /** Base64. */
  readonly key: string;
}

/** Where the wrapped key is kept; `read` is null where there is none, and throws where it cannot be read. */
export interface KeyPlace {
  read(): KeyEnvelope | null;
  write(envelope: KeyEnvelope): void;
  /** Keeps a key that cannot be opened any more under another name; nothing where there is none. */
  setAside(): void;
  /** Whether there is a database, whose secrets only the key opens that made it. */
  mayHoldSecrets(): boolean;
  newKey(): Uint8Array;
}

/** What is used of Electron's `safeStorage`. */
export interface SafeStorage {
  isAsyncEncryptionAvailable(): Promise<boolean>;
  encryptStringAsync(text: string): Promise<Buffer>;
  decryptStringAsync(wrapped: Buffer): Promise<{ readonly result: string; readonly shouldReEncrypt: boolean }>;
}

export interface DataKey {
  /** Base64 of 32 bytes; null while it cannot be unwrapped. */
  readonly dataKey: string | null;
  readonly wrapperName: string;
  readonly plain: boolean;
  /** Why it could not be unwrapped, for the IT helper; null where it was. */
  readonly problem: string | null;
  /** Where there is nothing to unwrap: waiting alone helps as little as a keyring. */
  readonly file: 'ok' | 'missing' | 'damaged';
}

const keyFileWrapper = 'key_file';

/**
 * Chromium's mark for a value encrypted under a fixed, public password, which Linux falls back to without a
 * keyring. Asked of the wrapped bytes, because `getSelectedStorageBackend` speaks of the synchronous calls.
 * https://source.chromium.org/chromium/chromium/src/+/main:components/os_crypt/sync/os_crypt_linux.cc
 */
const plainMark = 'v10';

const isPlain = (wrapped: Buffer, platform: NodeJS.Platform): boolean =>
  platform === 'linux' && wrapped.subarray(0, plainMark.length).toString('latin1') === plainMark;

/** Unwraps the kept key, or makes, wraps and keeps a new one where there is none yet. Never rejects. */
export async function openDataKey(
  place: KeyPlace,
  safeStorage: SafeStorage,
  platform: NodeJS.Platform,
): Promise<DataKey> {
  let wrapperName = `safe_storage:${platform}`;
  let file: DataKey['file'] = 'damaged';
  try {
    const kept = place.read();
    file = kept === null && place.mayHoldSecrets() ? 'missing' : 'ok';
    if (kept === null && file === 'ok') return await makeDataKey(place, safeStorage, platform);
    if (kept === null) throw new Error('the key file is missing, though there is a database');
    wrapperName = kept.wrapper;
    if (kept.wrapper === keyFileWrapper) return await takeOver(kept, place, safeStorage, platform);
    const wrapped = Buffer.from(kept.key, 'base64');
    const { result, shouldReEncrypt } = await safeStorage.decryptStringAsync(wrapped);
    if (shouldReEncrypt) await wrap(result, place, safeStorage, platform);
    return { dataKey: result, wrapperName, plain: isPlain(wrapped, platform), problem: null, file };
  } catch (problem) {
    return {
      dataKey: null,
      wrapperName,
      plain: false,
      file,
      problem: problem instanceof Error ? problem.message : String(problem),
    };
  }
}

/** For a person who said so: the key that cannot be opened is kept aside and a new one takes its place. */
export async function replaceDataKey(
  place: KeyPlace,
  safeStorage: SafeStorage,
  platform: NodeJS.Platform,
): Promise<DataKey> {
  place.setAside();
  return makeDataKey(place, safeStorage, platform);
}

async function makeDataKey(place: KeyPlace, safeStorage: SafeStorage, platform: NodeJS.Platform): Promise<DataKey> {
  const dataKey = Buffer.from(place.newKey()).toString('base64');
  if (await safeStorage.isAsyncEncryptionAvailable()) return wrap(dataKey, place, safeStorage, platform);
  place.write({ wrapper: keyFileWrapper, key: dataKey });
  return { dataKey, wrapperName: keyFileWrapper, plain: true, problem: null, file: 'ok' };
}

/** A folder that was operated without a desktop until now: its key is wrapped where that really protects it. */
async function takeOver(
  kept: KeyEnvelope,
  place: KeyPlace,
  safeStorage: SafeStorage,
  platform: NodeJS.Platform,
): Promise<DataKey> {
  const asItIs: DataKey = { dataKey: kept.key, wrapperName: kept.wrapper, plain: true, problem: null, file: 'ok' };
  if (!(await safeStorage.isAsyncEncryptionAvailable())) return asItIs;
  if (isPlain(await safeStorage.encryptStringAsync(kept.key), platform)) return asItIs;
  return wrap(kept.key, place, safeStorage, platform);
}

async function wrap(
  dataKey: string,
  place: KeyPlace,
  safeStorage: SafeStorage,
  platform: NodeJS.Platform,
): Promise<DataKey> {
  const wrapped = await safeStorage.encryptStringAsync(dataKey);
  // Kept only after it was seen to open again: the key exists nowhere else.
  if ((await safeStorage.decryptStringAsync(wrapped)).result !== dataKey)
    throw new Error('the wrapped key does not open');
  const plain = isPlain(wrapped, platform);
  const wrapper = `safe_storage:${plain ? 'plain' : platform}`;
  place.write({ wrapper, key: wrapped.toString('base64') });
  return { dataKey, wrapperName: wrapper, plain, problem: null, file: 'ok' };
}
