/** Databases over TLS: whose certificate is not known, or for another name, is not read, and it is said what to do. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SourceTrial } from '../../shared/schemas.ts';
import { outboxScript } from '../../shared/source-kinds/outbox-script.ts';
import { certificateOfKind, testAuthority } from '../support/certificates.ts';
import {
  hasMariaDb,
  hasPostgres,
  type ServerCertificate,
  startMariaDb,
  startPostgres,
  type TestDatabase,
} from '../support/databases.ts';
import { operator, startIntake, type TestIntake } from '../support/intake.ts';
import { until } from '../support/until.ts';

const sourceThread = new URL('../../electron/engine/source-thread.ts', import.meta.url);
const password = 'correct horse';

if (!hasMariaDb) console.warn('SKIPPED: MariaDB is not installed (apt-get install mariadb-server)');
if (!hasPostgres) console.warn('SKIPPED: PostgreSQL is not installed (apt-get install postgresql)');

const put = `INSERT INTO roost_outbox (event, payload) VALUES ('order.created', '{"order_id":"o1"}');`;
const servers = [
  { system: 'mysql', isHere: hasMariaDb, start: startMariaDb, use: 'USE pms;' },
  { system: 'postgres', isHere: hasPostgres, start: startPostgres, use: '\\c pms\n' },
] as const;

for (const { system, isHere, start, use } of servers) {
  describe.skipIf(!isHere)(system, () => {
    const started: AsyncDisposable[] = [];
    let test: TestIntake;
    let encrypting: TestDatabase;
    let plain: TestDatabase;

    async function server(certificate?: ServerCertificate): Promise<TestDatabase> {
      const database = await start(certificate);
      started.push(database);
      database.run(
        use + outboxScript({ database: system, system: 'plain', prefix: '', user: 'roost', password }) + put,
      );
      return database;
    }
    const configFor = ({ port }: TestDatabase, more: Record<string, unknown>) => ({
      system,
      port,
      database: 'pms',
      user: 'roost',
      password,
      ...more,
    });
    const tried = async (database: TestDatabase, more: Record<string, unknown>): Promise<SourceTrial> =>
      await test.intake.handlers['sources.try']({ kind: 'sql', config: configFor(database, more) }, operator);
    const keys = ({ says }: SourceTrial) => says.map(({ key }) => key);

    beforeAll(async () => {
      encrypting = await server(await certificateOfKind('valid', ['localhost']));
      plain = await server();
      test = await startIntake({ sources: { sourceThread } });
    }, 120_000);
    afterAll(async () => {
      await test?.stop();
      for (const one of started) await one[Symbol.asyncDispose]();
    });

    it('is read where its certificate’s authority was given with the source', async () => {
      const { caPem: ca } = await testAuthority();
      const trial = await tried(encrypting, { host: 'localhost', tls: 'verify', ca });
      expect(keys(trial)).toEqual(['source.try_database', 'source.database_encrypted']);
      expect(trial.rows).toHaveLength(1);
      const { id } = await test.intake.handlers['sources.add'](
        { name: `PMS ${system}`, kind: 'sql', config: configFor(encrypting, { host: 'localhost', tls: 'verify', ca }) },
        operator,
      );
      await until(
        () => test.events().map(({ entity_id }) => entity_id),
        (events) => events.includes('o1'),
      );
      await test.intake.handlers['sources.revoke']({ id }, operator);
    });

    it('is read where the settings name its authority', async () => {
      const { caPem } = await testAuthority();
      await test.context.settings.change({ caPem }, operator);
      expect((await tried(encrypting, { host: 'localhost', tls: 'verify' })).ok).toBe(true);
      await test.context.settings.change({ caPem: null }, operator);
    });

    it('is not read where nobody knows its authority, or another one was given', async () => {
      const { certPem: ca } = await certificateOfKind('self_signed');
      for (const more of [{}, { ca }]) {
        const trial = await tried(encrypting, { host: 'localhost', tls: 'verify', ...more });
        expect(trial.says).toEqual([
          { key: 'source.database_unknown_authority', params: { place: `localhost:${encrypting.port}` } },
        ]);
        expect(trial.rows).toEqual([]);
      }
    });

    it('is not read under a name or address that its certificate is not for', async () => {
      const { caPem: ca } = await testAuthority();
      const trial = await tried(encrypting, { host: '127.0.0.1', tls: 'verify', ca });
      expect(trial.says).toEqual([
        {
          key: 'source.database_other_name',
          params: { place: `127.0.0.1:${encrypting.port}`, host: '127.0.0.1', names: 'localhost' },
        },
      ]);
    });

    it('is not read by a certificate that has expired', async () => {
      await using expired = await start(await certificateOfKind('expired', ['localhost']));
      const { caPem: ca } = await testAuthority();
      expect(keys(await tried(expired, { host: 'localhost', tls: 'verify', ca }))).toEqual([
        'source.database_certificate_date',
      ]);
    }, 60_000);

    it('that has no TLS is not read where TLS is demanded, and is said to be plain where it is not', async () => {
      expect((await tried(plain, { host: 'localhost', tls: 'verify' })).says).toEqual([
        { key: 'source.database_no_tls', params: { place: `localhost:${plain.port}` } },
      ]);
      expect(keys(await tried(plain, {}))).toEqual(['source.try_database', 'source.database_plain_here']);
    });
  });
}

describe('what is chosen', () => {
  it('is encrypted elsewhere unless somebody chose otherwise, and a file of no certificate is refused', async () => {
    const test = await startIntake({ sources: { sourceThread } });
    try {
      const base = { system: 'mysql', database: 'pms', user: 'roost' };
      const trial = (config: Record<string, unknown>) =>
        test.intake.handlers['sources.try']({ kind: 'sql', config: { ...base, ...config } }, operator);
      // An address for documents: nothing is ever there.
      expect((await trial({ host: '203.0.113.7', tls: 'off' })).says.map(({ key }) => key)).toEqual([
        'source.database_plain_far',
      ]);
      await expect(trial({ ca: 'no certificate' })).rejects.toMatchObject({ member: 'config.ca' });
      await expect(trial({ ca: (await certificateOfKind('valid')).keyPem })).rejects.toMatchObject({
        says: { key: 'problem.ca_private_key' },
      });
    } finally {
      await test.stop();
    }
  });
});
