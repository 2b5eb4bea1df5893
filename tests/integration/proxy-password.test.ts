import { describe, expect, it } from 'vitest';
import type { Vault } from '../../electron/engine/ports.ts';
import { openDatabase } from '../../electron/engine/store/connection.ts';
import { createGroupCommit } from '../../electron/engine/store/group-commit.ts';
import { createSettingsStore } from '../../electron/engine/store/settings.ts';
import { startTestEngine } from '../support/engine.ts';
import { temporaryFolder } from '../support/folder.ts';
import { createTestVault } from '../support/ports.ts';

const password = 'pa%20ss_W0rd';
const address = `http://relay:${password}@proxy.hotel.example:3128`;
const masked = 'http://relay:********@proxy.hotel.example:3128';

/** A settings store alone, with what it records. */
function openSettings(folder: string, vault: Vault) {
  const database = openDatabase(folder);
  const commit = createGroupCommit(database.writer);
  return { database, settings: createSettingsStore(database.writer, commit, () => undefined, vault) };
}

const by = { account: 'tester', surface: 'window' } as const;

describe('the proxy’s password', () => {
  it('is masked in settings and audit, and kept when what was shown is saved again', async () => {
    await using folder = await temporaryFolder();
    const vault = createTestVault();
    const test = await startTestEngine({ dataFolder: folder.path, vault });
    expect((await test.call('settings.change', { change: { proxy: address } })).proxy).toBe(masked);
    await test.call('settings.change', { change: { proxy: masked, retentionDays: 30 } });
    const { rows } = await test.call('audit.list', {});
    const told = rows.filter(({ act }) => act === 'settings.change').map(({ detail }) => detail.proxy);
    expect(told).toEqual([masked, masked]);
    await test.stop();
    const { database, settings } = openSettings(folder.path, vault);
    expect(settings.current().proxy).toBe(masked);
    expect(settings.proxyAddress()).toBe(address);
    database.close();
  });

  it('of another proxy replaces it, and an address without one forgets it', async () => {
    await using folder = await temporaryFolder();
    const { database, settings } = openSettings(folder.path, createTestVault());
    await settings.change({ proxy: address }, by);
    await settings.change({ proxy: 'http://relay:other@proxy.example:80' }, by);
    expect(settings.proxyAddress()).toBe('http://relay:other@proxy.example:80');
    await settings.change({ proxy: 'http://proxy.example:80' }, by);
    await settings.change({ proxy: masked }, by);
    expect(settings.proxyAddress()).toBe('http://relay:@proxy.hotel.example:3128');
    database.close();
  });

  it('that an earlier version kept in the clear is sealed at the next start', async () => {
    await using folder = await temporaryFolder();
    const vault = createTestVault();
    const first = openSettings(folder.path, vault);
    first.database.writer
      .prepare("INSERT INTO meta (key, value) VALUES ('setting.proxy', ?)")
      .run(JSON.stringify(address));
    first.database.writer
      .prepare(
        "INSERT INTO audit (at, account, surface, act, detail) VALUES (1, 'ana', 'window', 'settings.change', ?)",
      )
      .run(JSON.stringify({ proxy: address }));
    first.database.close();
    const { database, settings } = openSettings(folder.path, vault);
    await settings.sealProxyPassword();
    expect(settings.current().proxy).toBe(masked);
    expect(settings.proxyAddress()).toBe(address);
    const values = database.writer.prepare<[], string>('SELECT value FROM meta').pluck().all();
    expect(values.filter((value) => value.includes(password))).toEqual([]);
    const told = database.writer.prepare<[], string>('SELECT detail FROM audit').pluck().all();
    expect(told).toEqual([JSON.stringify({ proxy: masked })]);
    database.close();
  });
});

describe('a proxy’s address', () => {
  it('that nothing can go through is refused by its member, without its password', async () => {
    await using folder = await temporaryFolder();
    const { database, settings } = openSettings(folder.path, createTestVault());
    const wrong = [
      'nonsense',
      'proxy hotel',
      'ftp://x',
      'http://',
      'https://',
      'http://a b',
      'http:proxy',
      '',
      'SYSTEM',
    ];
    const secret = [
      'ftp://u:s3cretpw@x',
      'u:s3cretpw@proxy:80',
      'http://u:s3cretpw@',
      'http://u:s3cr@s3cretpw@h:99999',
    ];
    for (const proxy of [...wrong, ...secret, 'http://proxy/path', 'http://proxy:x', 'proxy.hotel.local:3128']) {
      const refused: unknown = await settings.change({ proxy }, by).catch((error: unknown) => error);
      expect(refused).toMatchObject({ code: 'bad_input', member: 'proxy' });
      expect((refused as Error).message).toMatch(/^proxy: expected system, none, or an address/);
      expect((refused as Error).message).not.toContain('s3cr');
    }
    expect(settings.current().proxy).toBe('system');
    for (const proxy of [
      'none',
      'system',
      address,
      masked,
      'https://host',
      'http://[::1]:3128',
      'http://10.0.0.1:8080/',
    ]) {
      expect((await settings.change({ proxy }, by)).proxy).toBe(proxy === address ? masked : proxy);
    }
    database.close();
  });
});
