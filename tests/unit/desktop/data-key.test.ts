import { describe, expect, test } from 'vitest';
import {
  type DataKey,
  type KeyEnvelope,
  type KeyPlace,
  openDataKey,
  replaceDataKey,
  type SafeStorage,
} from '../../../electron/shell/data-key.ts';
import { keepDataKey } from '../../../electron/shell/locked-secrets.ts';
import { createFakeClock } from '../../support/clock.ts';

/** A keyring of one person: only it opens what it wrapped. `mark` is what Chromium puts before the bytes. */
function keyring(person: string, mark = 'v11', isAvailable = true): SafeStorage {
  return {
    isAsyncEncryptionAvailable: async () => isAvailable,
    encryptStringAsync: async (text) => Buffer.from(`${mark}${person}:${text}`),
    async decryptStringAsync(wrapped) {
      const text = wrapped.toString();
      if (!text.startsWith(`${mark}${person}:`)) throw new Error('the keyring has another key');
      return { result: text.slice(`${mark}${person}:`.length), shouldReEncrypt: false };
    },
  };
}

function place(kept: KeyEnvelope | null = null, mayHoldSecrets = false) {
  const state = { kept, aside: 0, writes: 0 };
  const at: KeyPlace = {
    read: () => state.kept,
    write(envelope) {
      state.kept = envelope;
      state.writes += 1;
    },
    setAside() {
      state.kept = null;
      state.aside += 1;
    },
    mayHoldSecrets: () => mayHoldSecrets,
    newKey: () => new Uint8Array(32).fill(7),
  };
  return { at, state };
}

const keyText = Buffer.alloc(32, 7).toString('base64');

describe('the data key', () => {
  test('is made once, wrapped, and the same at the next start', async () => {
    const { at, state } = place();
    const made = await openDataKey(at, keyring('ana'), 'win32');
    expect(made).toEqual({
      dataKey: keyText,
      wrapperName: 'safe_storage:win32',
      plain: false,
      problem: null,
      file: 'ok',
    });
    expect(state.kept?.key).not.toContain(keyText);
    expect(await openDataKey(at, keyring('ana'), 'win32')).toEqual(made);
    expect(state.writes).toBe(1);
  });

  test('of another person or PC is left as it is, and nothing crashes', async () => {
    const { at, state } = place();
    await openDataKey(at, keyring('ana'), 'win32');
    const before = state.kept;
    const opened = await openDataKey(at, keyring('ben'), 'win32');
    expect(opened).toMatchObject({ dataKey: null, problem: 'the keyring has another key' });
    expect(state.kept).toBe(before);
  });

  test('of a folder that cannot be read is not made anew', async () => {
    const { at, state } = place();
    const broken: KeyPlace = {
      ...at,
      read() {
        throw new Error('EIO');
      },
    };
    const damaged = { dataKey: null, problem: 'EIO', file: 'damaged' };
    expect(await openDataKey(broken, keyring('ana'), 'linux')).toMatchObject(damaged);
    expect(state.writes).toBe(0);
  });

  test('that is missing beside a database is not made anew by itself, and taken when it is back', async () => {
    const { at, state } = place(null, true);
    expect(await openDataKey(at, keyring('ana'), 'win32')).toMatchObject({ dataKey: null, file: 'missing' });
    expect(state.writes).toBe(0);
    const other = place();
    await openDataKey(other.at, keyring('ana'), 'win32');
    state.kept = other.state.kept;
    expect(await openDataKey(at, keyring('ana'), 'win32')).toMatchObject({ dataKey: keyText, file: 'ok' });
  });

  test('that no keyring could wrap at the first start is locked, not missing', async () => {
    const none: SafeStorage = {
      ...keyring('ana'),
      isAsyncEncryptionAvailable: async () => Promise.reject(new Error('no keyring yet')),
    };
    expect(await openDataKey(place().at, none, 'linux')).toMatchObject({ dataKey: null, file: 'ok' });
  });

  test('is called plain on Linux only where the bytes say so', async () => {
    expect(await openDataKey(place().at, keyring('ana', 'v10'), 'linux')).toMatchObject({ plain: true });
    expect(await openDataKey(place().at, keyring('ana', 'v11'), 'linux')).toMatchObject({ plain: false });
    expect(await openDataKey(place().at, keyring('ana', 'v10'), 'win32')).toMatchObject({ plain: false });
  });

  test('without any encryption is protected by its file alone, and that is said', async () => {
    const { at, state } = place();
    expect(await openDataKey(at, keyring('ana', 'v11', false), 'linux')).toMatchObject({
      plain: true,
      dataKey: keyText,
    });
    expect(state.kept).toEqual({ wrapper: 'key_file', key: keyText });
  });

  test('of a folder without a desktop is wrapped where that protects it, and left where it does not', async () => {
    const headless = { wrapper: 'key_file', key: keyText };
    const real = place(headless);
    expect(await openDataKey(real.at, keyring('ana'), 'linux')).toMatchObject({ dataKey: keyText, plain: false });
    expect(real.state.kept?.wrapper).toBe('safe_storage:linux');
    const none = place(headless);
    expect(await openDataKey(none.at, keyring('ana', 'v10'), 'linux')).toMatchObject({ dataKey: keyText, plain: true });
    expect(none.state.kept).toEqual(headless);
  });

  test('is not kept in a wrapping that does not open again', async () => {
    const { at, state } = place();
    const faulty: SafeStorage = { ...keyring('ana'), encryptStringAsync: async () => Buffer.from('v11ben:x') };
    expect(await openDataKey(at, faulty, 'linux')).toMatchObject({ dataKey: null });
    expect(state.kept).toBeNull();
  });

  test('that was given up is kept aside', async () => {
    const { at, state } = place({ wrapper: 'safe_storage:win32', key: 'b3RoZXI=' });
    expect(await replaceDataKey(at, keyring('ana'), 'win32')).toMatchObject({ dataKey: keyText });
    expect(state.aside).toBe(1);
  });
});

describe('a locked data key', () => {
  const opened: DataKey = {
    dataKey: keyText,
    wrapperName: 'safe_storage:linux',
    plain: false,
    problem: null,
    file: 'ok',
  };
  const locked: DataKey = { ...opened, dataKey: null, problem: 'locked' };

  const newKey: DataKey = { ...opened, dataKey: Buffer.alloc(32, 8).toString('base64') };

  function keeper(mayReplace: boolean) {
    const clock = createFakeClock();
    const state = {
      now: locked,
      replaced: 0,
      asked: 0,
      unlocked: [] as string[],
      /** What happens while the person is asked, and while the new key is made. */
      whileAsked: async () => {},
      whileReplaced: async () => {},
    };
    const keep = keepDataKey({
      open: async () => state.now,
      async replace() {
        state.replaced += 1;
        await state.whileReplaced();
        return newKey;
      },
      async mayReplace() {
        state.asked += 1;
        await state.whileAsked();
        return mayReplace;
      },
      unlock: (key) => state.unlocked.push(key),
      after: (delayMs, run) => clock.after(delayMs, run),
      log: () => {},
    });
    return { keep, clock, state };
  }

  test('is tried again until the keyring opens, and then handed to the engine', async () => {
    const { keep, clock, state } = keeper(false);
    expect((await keep.current()).dataKey).toBeNull();
    await clock.advance(60_000);
    expect(state.unlocked).toEqual([]);
    state.now = opened;
    await clock.advance(30_000);
    expect(state.unlocked).toEqual([keyText]);
    await clock.advance(600_000);
    expect(clock.timers).toBe(0);
  });

  test('is replaced only when a person enters a secret and says so', async () => {
    const { keep, state } = keeper(true);
    await keep.current();
    expect(await keep.before('deliveries.resend', {})).toBeNull();
    expect(await keep.before('endpoints.change', { change: { description: 'Books' } })).toBeNull();
    expect(state.asked).toBe(0);
    expect(await keep.before('endpoints.enterAgain', {})).toBeNull();
    expect(state).toMatchObject({ asked: 1, replaced: 1, unlocked: [newKey.dataKey] });
  });

  test('is replaced for an address that is entered again, since it can hold a secret', async () => {
    const { keep, state } = keeper(true);
    await keep.current();
    expect(await keep.before('endpoints.change', { change: { url: 'https://a.example/' } })).toBeNull();
    expect(state).toMatchObject({ asked: 1, replaced: 1 });
  });

  test('is made without asking where it is missing and nothing was sealed, and only there', async () => {
    const { keep, state } = keeper(false);
    await keep.current();
    await keep.nothingSealed();
    expect(state.replaced).toBe(0);
    const other = keeper(false);
    other.state.now = { ...locked, file: 'missing' };
    await other.keep.current();
    await other.keep.nothingSealed();
    expect(other.state).toMatchObject({ asked: 0, replaced: 1, unlocked: [newKey.dataKey] });
  });

  test('stays when the person says no', async () => {
    const { keep, state } = keeper(false);
    await keep.current();
    expect(await keep.before('endpoints.enterAgain', {})).toMatchObject({ code: 'secret_unreadable' });
    expect(state.replaced).toBe(0);
  });

  test('is not given up when the keyring has opened meanwhile', async () => {
    const { keep, state } = keeper(true);
    await keep.current();
    state.now = opened;
    expect(await keep.before('endpoints.enterAgain', {})).toBeNull();
    expect(state).toMatchObject({ asked: 0, replaced: 0, unlocked: [keyText] });
  });

  test('is not given up when the keyring opens while the person is asked', async () => {
    const { keep, state } = keeper(true);
    await keep.current();
    state.whileAsked = async () => {
      state.now = opened;
    };
    expect(await keep.before('endpoints.enterAgain', {})).toBeNull();
    expect(state).toMatchObject({ asked: 1, replaced: 0, unlocked: [keyText] });
  });

  test('is not given up when the engine got it while the person was asked', async () => {
    const { keep, clock, state } = keeper(true);
    await keep.current();
    state.whileAsked = async () => {
      state.now = opened;
      await clock.advance(30_000);
    };
    expect(await keep.before('endpoints.enterAgain', {})).toBeNull();
    expect(state).toMatchObject({ asked: 1, replaced: 0, unlocked: [keyText] });
  });

  test('that was replaced is the engine’s last one, whatever the keyring does meanwhile', async () => {
    const { keep, clock, state } = keeper(true);
    await keep.current();
    state.whileReplaced = async () => {
      state.now = opened;
      await clock.advance(30_000);
      await keep.current();
    };
    expect(await keep.before('endpoints.enterAgain', {})).toBeNull();
    expect(state.unlocked.at(-1)).toBe(newKey.dataKey);
    expect(await keep.current()).toEqual(newKey);
  });

  test('is tried again when no new one could be made', async () => {
    const { keep, clock, state } = keeper(true);
    await keep.current();
    state.whileReplaced = () => Promise.reject(new Error('EROFS'));
    await expect(keep.before('endpoints.enterAgain', {})).rejects.toThrow('EROFS');
    state.now = opened;
    await clock.advance(30_000);
    expect(state.unlocked).toEqual([keyText]);
  });
});
