import { createDecipheriv, scryptSync } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import BetterSqlite3 from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createJobs } from '../../electron/engine/jobs.ts';
import type { Vault } from '../../electron/engine/ports.ts';
import { databaseFile } from '../../electron/engine/store/connection.ts';
import { headersContext, urlContext } from '../../electron/engine/store/endpoints.ts';
import { secretContext } from '../../electron/engine/store/secrets.ts';
import { createSourceTable, sourceSecretsContext } from '../../electron/engine/store/sources.ts';
import { copyDatabase, copyUndelivered } from '../../electron/engine/upkeep/backup-copy.ts';
import { lookAtBackup } from '../../electron/engine/upkeep/backup-holds.ts';
import { sealUnderPassphrase } from '../../electron/engine/upkeep/backup-secrets.ts';
import { createBackups } from '../../electron/engine/upkeep/backups.ts';
import { stageRestore } from '../../electron/engine/upkeep/restore.ts';
import type { EndpointId, SourceId } from '../../shared/domain.ts';
import { type TemporaryFolder, temporaryFolder } from '../support/folder.ts';
import { manager, openLog } from '../support/log-engine.ts';
import { openContext, type TestContext } from '../support/log-folder.ts';
import { createTestVault } from '../support/ports.ts';
import { type Seeded, seed } from '../support/seed.ts';

const passphrase = 'seven wet umbrellas';
const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';

let here: TemporaryFolder;
let there: TemporaryFolder;
let context: TestContext;
let seeded: Seeded;
let vault: Vault;

beforeEach(async () => {
  here = await temporaryFolder();
  there = await temporaryFolder();
  vault = createTestVault();
  seeded = seed(here.path, { deliveries: 1_000, seal: (text) => Buffer.from(text) });
  context = openContext(here.path, { vault });
  for (const [index, id] of seeded.endpointIds.entries()) {
    context.writer
      .prepare('UPDATE endpoints SET url = ?, headers = ? WHERE id = ?')
      .run(
        vault.seal(`https://hooks${index}.example.com/T0/${index}`, urlContext(id)),
        vault.seal('[["X-Key","k"]]', headersContext(id)),
        id,
      );
    context.writer
      .prepare(
        "INSERT INTO endpoint_secrets (endpoint_no, role, sealed, tail, added_at) VALUES (?, 'current', ?, 'aLaSw', 0)",
      )
      .run(index + 1, vault.seal(secret, secretContext(id)));
  }
});

afterEach(async () => {
  context.close();
  await here.remove();
  await there.remove();
});

const backupsOf = (of: TestContext = context, freeBytes?: number) =>
  createBackups(
    of,
    createJobs(of),
    {
      all: async ({ file, secrets }) => copyDatabase(of.dataFolder, file, secrets),
      undelivered: async ({ file }) => copyUndelivered(of.dataFolder, file),
      stage: async ({ file }) => stageRestore(of.dataFolder, file),
      look: async ({ file }) => lookAtBackup(of.dataFolder, file),
    },
    freeBytes === undefined ? {} : { freeBytes: async () => freeBytes },
  );

/** A backup that a person asked for, written. */
async function backUp(withPassphrase: string | undefined): Promise<string> {
  const file = join(here.path, 'asked.db');
  const input = withPassphrase === undefined ? { file } : { file, passphrase: withPassphrase };
  await backupsOf().start(input, manager);
  const ended = () => context.pushes.some((push) => push.name === 'job' && push.payload.state !== 'running');
  while (!ended()) await new Promise((resolve) => setImmediate(resolve));
  return file;
}

/** Restores on another PC, whose vault has another key, and opens what is there then. */
async function restoreThere(file: string, withPassphrase?: string): Promise<TestContext> {
  const other = openContext(there.path, { vault: createTestVault() });
  const input = withPassphrase === undefined ? { file } : { file, passphrase: withPassphrase };
  try {
    await backupsOf(other).restore(input, manager);
  } finally {
    other.close();
  }
  return openContext(there.path, { vault: other.vault });
}

function secretOf(of: TestContext, id: EndpointId): string | null {
  const row = of.writer
    .prepare<[string], { sealed: Uint8Array; url: Uint8Array; headers: Uint8Array }>(
      `SELECT s.sealed, p.url, p.headers FROM endpoints p JOIN endpoint_secrets s ON s.endpoint_no = p.no WHERE p.id = ?`,
    )
    .get(id);
  if (!row) return null;
  const url = of.vault.open(row.url, urlContext(id));
  const headers = of.vault.open(row.headers, headersContext(id));
  return url === null || headers === null ? null : of.vault.open(row.sealed, secretContext(id));
}

const counts = (of: TestContext): unknown =>
  of.writer.prepare('SELECT state, COUNT(*) AS n FROM deliveries GROUP BY state ORDER BY state').all();

describe('a backup for another PC', () => {
  test('with its passphrase brings everything, secrets included', async () => {
    const before = counts(context);
    const id = 'src_read' as SourceId;
    context.writer
      .prepare(
        `INSERT INTO sources (id, name, token_hash, path_hash, created_at, secrets) VALUES (?, 'Till', x'a1', x'a2', 1, ?)`,
      )
      .run(id, vault.seal('{"key":"sesame"}', sourceSecretsContext(id)));
    const restored = await restoreThere(await backUp(passphrase), passphrase);
    try {
      expect(counts(restored)).toEqual(before);
      const sealed = createSourceTable(restored.writer).get(id)?.secrets ?? new Uint8Array();
      expect(restored.vault.open(sealed, sourceSecretsContext(id))).toBe('{"key":"sesame"}');
      for (const id of seeded.endpointIds) expect(secretOf(restored, id)).toBe(secret);
      expect(restored.database.uncleanStop).toBe(false);
    } finally {
      restored.close();
    }
  });

  test('without a passphrase brings everything but the secrets', async () => {
    const before = counts(context);
    const restored = await restoreThere(await backUp(undefined));
    try {
      expect(counts(restored)).toEqual(before);
      for (const id of seeded.endpointIds) expect(secretOf(restored, id)).toBeNull();
    } finally {
      restored.close();
    }
  });

  test('holds no secret in the clear', async () => {
    const bytes = readFileSync(await backUp(passphrase));
    expect(bytes.includes(secret)).toBe(false);
    expect(bytes.includes('/T0/1')).toBe(false);
  });

  test('costs whoever guesses its passphrase half a second and 128 MB for each try', async () => {
    const text = await sealUnderPassphrase([], passphrase);
    const { cost, salt, nonce, sealed } = JSON.parse(text) as Record<string, string> & { cost: number };
    expect(cost).toBeGreaterThanOrEqual(2 ** 17);
    // What it says is what it took: the key is made here by the numbers that it names.
    const options = { N: cost, r: 8, p: 1, maxmem: 256 * cost * 8 };
    const key = scryptSync(passphrase, Buffer.from(salt ?? '', 'base64'), 32, options);
    const bytes = Buffer.from(sealed ?? '', 'base64');
    const decipher = createDecipheriv('aes-256-gcm', key, Buffer.from(nonce ?? '', 'base64'));
    decipher.setAuthTag(bytes.subarray(-16));
    expect(decipher.update(bytes.subarray(0, -16), undefined, 'utf8') + decipher.final('utf8')).toBe('[]');
  });

  test('of a database whose rows are not what they must be is none', () => {
    context.writer.pragma('ignore_check_constraints = ON');
    context.writer.exec("UPDATE endpoints SET health = 'splendid' WHERE no = 1");
    const file = join(here.path, 'asked.db');
    expect(() => copyDatabase(here.path, file, null)).toThrow('the copy is damaged');
    expect(() => copyUndelivered(here.path, `${file}.2`)).toThrow(/damaged|CHECK/);
  });

  test('a wrong passphrase is told, and changes nothing', async () => {
    const file = await backUp(passphrase);
    await expect(restoreThere(file, 'eight wet umbrellas')).rejects.toMatchObject({
      code: 'bad_input',
      member: 'passphrase',
    });
    expect(readdirSync(there.path).filter((name) => name.startsWith('restore'))).toEqual([]);
  });

  test('is not made with secrets while they cannot be read', async () => {
    const locked = { ...context, vault: { ...vault, state: 'locked' as const } };
    await expect(backupsOf(locked).start({ file: join(here.path, 'x.db'), passphrase }, manager)).rejects.toMatchObject(
      {
        code: 'secret_unreadable',
      },
    );
  });
});

describe('restoring', () => {
  test('on the same PC needs no passphrase, and keeps the present data aside', async () => {
    const file = await backUp(undefined);
    context.writer.exec('DELETE FROM attempts; DELETE FROM deliveries');
    await backupsOf().restore({ file }, manager);
    expect(context.writer.prepare('SELECT COUNT(*) AS n FROM deliveries').get()).toEqual({ n: 0 });
    context.close();
    context = openContext(here.path, { vault });
    expect(context.writer.prepare('SELECT COUNT(*) AS n FROM deliveries').get()).toEqual({ n: 1_000 });
    expect(secretOf(context, seeded.endpointIds[0] as EndpointId)).toBe(secret);
    const kept = readdirSync(here.path).find((name) => name.startsWith('before-restore-')) ?? '';
    expect(existsSync(join(here.path, kept, 'relay.db'))).toBe(true);
  });

  test('signs every browser out, those that were ended since the backup too, and knows what was told by now', async () => {
    const sessions = () => context.writer.prepare('SELECT id FROM window_sessions').all();
    context.writer.exec("INSERT INTO window_sessions VALUES ('ended-since', x'01', x'02', 'Firefox', 0, 0)");
    context.writer.exec("INSERT INTO notices VALUES ('surface', 'over-since', '{}', 0, 1, 0)");
    const file = await backUp(undefined);
    context.writer.exec('DELETE FROM window_sessions');
    context.writer.exec("UPDATE notices SET id = 'told-since'");
    const backup = new BetterSqlite3(file, { readonly: true });
    expect(backup.prepare('SELECT id FROM window_sessions').all()).toEqual([{ id: 'ended-since' }]);
    backup.close();
    await backupsOf().restore({ file }, manager);
    context.close();
    context = openContext(here.path, { vault });
    expect(sessions()).toEqual([]);
    expect(context.writer.prepare('SELECT id FROM notices').all()).toEqual([{ id: 'told-since' }]);
  });

  test('says so in what is restored, and where the present data is kept', async () => {
    const file = await backUp(undefined);
    const backups = backupsOf();
    expect(await backups.list()).toMatchObject({ pending: false, lastRestore: null });
    await backups.restore({ file }, manager);
    expect(await backups.list()).toMatchObject({ pending: true, lastRestore: null });
    context.close();
    context = openContext(here.path, { vault });
    expect(context.writer.prepare("SELECT act, account FROM audit WHERE act = 'backup.restore'").all()).toEqual([
      { act: 'backup.restore', account: manager.account },
    ]);
    const { pending, lastRestore } = await backupsOf().list();
    expect(pending).toBe(false);
    expect(existsSync(join(lastRestore?.keptIn ?? '', 'relay.db'))).toBe(true);
    expect(Math.abs((lastRestore?.at ?? 0) - Date.now())).toBeLessThan(60_000);
  });

  test('takes a backup of its own folder by name, and no other file of it', async () => {
    const backups = backupsOf();
    await backups.make('nightly');
    const [listed] = (await backups.list()).backups;
    expect(listed).toMatchObject({ kind: 'nightly', sizeBytes: expect.any(Number) });
    await expect(backups.restore({ file: '../relay.db' }, manager)).rejects.toMatchObject({ member: 'file' });
    await backups.restore({ file: listed?.file ?? '' }, manager);
    expect((await backups.list()).pending).toBe(true);
  });

  test('can be given up until the next start', async () => {
    const file = await backUp(undefined);
    const backups = backupsOf();
    await backups.restore({ file }, manager);
    await backups.keepPresent(manager);
    expect((await backups.list()).pending).toBe(false);
    await expect(backups.keepPresent(manager)).rejects.toMatchObject({ code: 'not_found' });
    context.writer.exec('DELETE FROM attempts; DELETE FROM deliveries');
    context.close();
    context = openContext(here.path, { vault });
    expect(context.writer.prepare('SELECT COUNT(*) AS n FROM deliveries').get()).toEqual({ n: 0 });
  });

  test('is told by the situation until it is given up or done, and each change is pushed', async () => {
    const file = await backUp(undefined);
    let log = openLog(context);
    const askedAt = async () => (await log.handlers['situation.get']({}, manager)).database.restoreAskedAt;
    const pushesOf = async (act: () => Promise<unknown>) => {
      await context.clock.advance(1_000);
      const before = context.pushes.length;
      await act();
      await context.clock.advance(1_000);
      return context.pushes.slice(before);
    };
    const situationChanged = [{ name: 'changed', payload: { topics: ['situation'] } }];
    const restore = async () => log.handlers['backup.restore']({ file }, manager);
    try {
      expect(await askedAt()).toBeNull();
      expect(await pushesOf(restore)).toEqual(situationChanged);
      expect(await askedAt()).toBe(context.clock.wallMs() - 1_000);
      expect(await pushesOf(async () => log.handlers['backup.keepPresent']({}, manager))).toEqual(situationChanged);
      expect(await askedAt()).toBeNull();
      await restore();
      await log.stop();
      context.close();
      context = openContext(here.path, { vault });
      log = openLog(context);
      expect(await askedAt()).toBeNull();
    } finally {
      await log.stop();
    }
  });

  test.each([
    ['no database', Buffer.from('guests.csv')],
    ['somebody else’s database', 'foreign'],
    ['a backup that was cut off', 'cut'],
    ['one of a newer version', 'newer'],
  ])('%s is refused', async (_name, what) => {
    const file = join(here.path, 'bad.db');
    if (what === 'foreign') {
      const foreign = new BetterSqlite3(file);
      foreign.exec('CREATE TABLE guests (name TEXT)');
      foreign.close();
    } else {
      const good = await backUp(undefined);
      const bytes = readFileSync(good);
      if (what === 'newer') {
        const newer = new BetterSqlite3(good);
        newer.pragma('user_version = 999');
        newer.close();
      }
      writeFileSync(
        file,
        what === 'cut' ? bytes.subarray(0, bytes.length / 2) : what === 'newer' ? readFileSync(good) : what,
      );
    }
    await expect(backupsOf().restore({ file }, manager)).rejects.toMatchObject({
      code: expect.stringMatching(/^(bad_input|store_unavailable)$/),
    });
    // Looked at again once it is copied: what is restored is what was checked.
    expect(() => stageRestore(here.path, file)).toThrow();
    expect(existsSync(join(here.path, 'restore-ready.db'))).toBe(false);
  });
});

test('one whose rows are not what they must be is refused', async () => {
  const file = await backUp(undefined);
  const bent = new BetterSqlite3(file);
  bent.pragma('ignore_check_constraints = ON');
  bent.exec("UPDATE endpoints SET health = 'splendid' WHERE no = 1");
  bent.close();
  await expect(backupsOf().restore({ file }, manager)).rejects.toMatchObject({ code: 'bad_input' });
  expect(() => stageRestore(here.path, file)).toThrow();
  expect(existsSync(join(here.path, 'restore-ready.db'))).toBe(false);
});

describe('backups by the clock', () => {
  test('the hourly one holds settings, endpoints and what is undelivered, with its attempts', async () => {
    // No status of HTTP's, but receivers send it.
    context.writer.exec('UPDATE deliveries SET status = 999, status_class = 9 WHERE status = 500');
    await backupsOf().make('hourly');
    const [name] = readdirSync(join(here.path, 'backups'));
    const copy = new BetterSqlite3(join(here.path, 'backups', name ?? ''), { readonly: true });
    try {
      expect(
        copy.prepare("SELECT COUNT(*) AS n FROM deliveries WHERE state NOT IN ('waiting', 'needs_attention')").get(),
      ).toEqual({ n: 0 });
      for (const table of ['deliveries', 'attempts']) {
        const undelivered = "state IN ('waiting', 'needs_attention')";
        const of =
          table === 'deliveries' ? undelivered : `delivery_seq IN (SELECT seq FROM deliveries WHERE ${undelivered})`;
        const sql = `SELECT COUNT(*) AS n FROM ${table} WHERE ${of}`;
        expect(copy.prepare(sql).get()).toEqual(context.writer.prepare(sql).get());
      }
      expect(copy.pragma('foreign_key_check')).toEqual([]);
      expect(copy.prepare('SELECT COUNT(*) AS n FROM endpoint_secrets').get()).toEqual({ n: 5 });
    } finally {
      copy.close();
    }
  });

  test('a few are kept', async () => {
    const backups = backupsOf();
    for (let hour = 0; hour < 5; hour += 1) {
      await backups.make('hourly');
      await context.clock.advance(3_600_000);
    }
    expect(readdirSync(join(here.path, 'backups'))).toHaveLength(3);
    expect(backups.lastAt()).toBe(context.clock.wallMs() - 3_600_000);
  });

  test('those that were made while the clock was ahead go first once it is right again', async () => {
    const backups = backupsOf();
    const names = () => readdirSync(join(here.path, 'backups')).sort();
    context.clock.setWall(400 * 86_400_000);
    for (let hour = 0; hour < 3; hour += 1) {
      await backups.make('hourly');
      await context.clock.advance(3_600_000);
    }
    const ahead = names();
    context.clock.setWall(-400 * 86_400_000);
    for (let hour = 1; hour <= 3; hour += 1) {
      await backups.make('hourly');
      await context.clock.advance(3_600_000);
      expect(names()).toHaveLength(3);
      expect(names().filter((name) => !ahead.includes(name))).toHaveLength(hour);
    }
    expect(backups.lastAt()).toBe(context.clock.wallMs() - 3_600_000);
  });

  test('none is made without twice the space free', async () => {
    expect(await backupsOf(context, 1_000).make('nightly')).toBe(false);
    expect(readdirSync(join(here.path, 'backups'))).toEqual([]);
    expect(existsSync(databaseFile(here.path))).toBe(true);
  });
});
