/** Real database servers, each on a socket and port of its own in a temporary folder, as an unprivileged user. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { chmodSync, chownSync, existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { createConnection } from 'node:net';
import { join } from 'node:path';
import { freePort } from './engine-process.ts';
import { temporaryFolder } from './folder.ts';
import { until } from './until.ts';

export interface TestDatabase extends AsyncDisposable {
  readonly port: number;
  readonly folder: string;
  /** Runs statements as its administrator. @throws Error with what it said */
  run(statements: string): string;
  /** Ends it as a power cut does. */
  kill(): Promise<void>;
  start(): Promise<void>;
}

const found = (paths: readonly string[]): string | null => paths.find((path) => existsSync(path)) ?? null;

const mariadb = found(['/usr/sbin/mariadbd', '/usr/bin/mariadbd', '/usr/local/sbin/mariadbd']);
const postgresFolder =
  (existsSync('/usr/lib/postgresql') ? readdirSync('/usr/lib/postgresql') : [])
    .map((version) => `/usr/lib/postgresql/${version}/bin`)
    .find((folder) => existsSync(join(folder, 'postgres'))) ?? null;

/** What is not installed here; the tests of it are skipped, and say so. */
export const hasMariaDb = mariadb !== null;
export const hasPostgres = postgresFolder !== null;

/** Neither server runs as root: then it is `nobody`. */
const user = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {};

/** What a server proves itself with; absent: it has no TLS. */
export interface ServerCertificate {
  readonly certPem: string;
  readonly keyPem: string;
}

async function startServer(
  certificate: ServerCertificate | undefined,
  prepare: (data: string) => readonly string[],
  command: (folder: string, data: string, port: number) => readonly string[],
  admin: (folder: string, port: number) => readonly string[],
  timeZone?: string,
): Promise<TestDatabase> {
  const { path: folder, remove } = await temporaryFolder();
  const data = join(folder, 'data');
  mkdirSync(data);
  chmodSync(folder, 0o755);
  if (user.uid !== undefined) for (const one of [folder, data]) chownSync(one, user.uid, user.gid);
  chmodSync(data, 0o700);
  const [make = '', ...makeArguments] = prepare(data);
  const made = spawnSync(make, makeArguments, {
    ...user,
    encoding: 'utf8',
    cwd: folder,
    env: { ...process.env, HOME: folder },
  });
  if (made.status !== 0) throw new Error(`${make}: ${made.stdout}${made.stderr}`);
  for (const [name, pem] of [
    ['server.crt', certificate?.certPem],
    ['server.key', certificate?.keyPem],
  ] as const) {
    if (pem === undefined) continue;
    writeFileSync(join(folder, name), pem, { mode: 0o600 });
    if (user.uid !== undefined) chownSync(join(folder, name), user.uid, user.gid);
  }
  const port = await freePort();
  let child: ChildProcess;
  let printed = '';
  async function start(): Promise<void> {
    const [server = '', ...options] = command(folder, data, port);
    const env = timeZone === undefined ? process.env : { ...process.env, TZ: timeZone };
    child = spawn(server, options, { ...user, cwd: folder, env, stdio: ['ignore', 'pipe', 'pipe'] });
    child.stdout?.on('data', (piece) => (printed += String(piece)));
    child.stderr?.on('data', (piece) => (printed += String(piece)));
    await until(
      () => answers(port),
      (yes) => yes,
      30_000,
    ).catch(() => {
      throw new Error(`${server} did not start: ${printed.slice(-2_000)}`);
    });
  }
  const gone = () =>
    child.exitCode === null && child.signalCode === null ? new Promise((resolve) => child.once('exit', resolve)) : null;
  async function kill(): Promise<void> {
    child.kill('SIGKILL');
    await gone();
  }
  const killWithUs = () => child.kill('SIGKILL');
  process.once('exit', killWithUs);
  await start();
  return {
    port,
    folder,
    run(statements) {
      const [client = '', ...options] = admin(folder, port);
      const ran = spawnSync(client, options, { ...user, input: statements, encoding: 'utf8', cwd: folder });
      if (ran.status !== 0) throw new Error(`${client}: ${ran.stderr}`);
      return ran.stdout;
    },
    kill,
    start,
    async [Symbol.asyncDispose]() {
      process.off('exit', killWithUs);
      await kill();
      // PostgreSQL's children see it a moment later.
      await until(
        () => remove().then(() => !existsSync(folder)),
        (yes) => yes,
        10_000,
      );
    },
  };
}

const answers = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = createConnection({ port, host: '127.0.0.1' });
    socket.once('connect', () => resolve(true));
    socket.once('error', () => resolve(false));
    socket.once('close', () => socket.destroy());
    socket.once('connect', () => socket.end());
  });

/** MariaDB with a database `pms`. @param timeZone of the PC that it is on; this one's unless given */
export async function startMariaDb(certificate?: ServerCertificate, timeZone?: string): Promise<TestDatabase> {
  const database = await startServer(
    certificate,
    (data) => [
      'mariadb-install-db',
      '--no-defaults',
      `--datadir=${data}`,
      '--auth-root-authentication-method=normal',
      '--skip-test-db',
    ],
    (folder, data, port) => [
      mariadb ?? '',
      '--no-defaults',
      `--datadir=${data}`,
      `--socket=${join(folder, 'db.sock')}`,
      `--port=${port}`,
      '--bind-address=127.0.0.1',
      '--innodb-buffer-pool-size=16M',
      '--skip-log-bin',
      '--skip-name-resolve',
      ...(certificate === undefined
        ? ['--skip-ssl']
        : [`--ssl-cert=${join(folder, 'server.crt')}`, `--ssl-key=${join(folder, 'server.key')}`]),
    ],
    (folder) => [
      'mariadb',
      '--no-defaults',
      '-u',
      'root',
      `--socket=${join(folder, 'db.sock')}`,
      '--skip-column-names',
    ],
    timeZone,
  );
  await until(
    () => existsSync(join(database.folder, 'db.sock')),
    (yes) => yes,
  );
  database.run('CREATE DATABASE pms CHARACTER SET utf8mb4;');
  return database;
}

/** PostgreSQL with a database `pms`. */
export async function startPostgres(certificate?: ServerCertificate): Promise<TestDatabase> {
  const bin = (name: string) => join(postgresFolder ?? '', name);
  const database = await startServer(
    certificate,
    (data) => [
      bin('initdb'),
      '-D',
      data,
      '-U',
      'admin',
      '--auth-local=trust',
      '--auth-host=scram-sha-256',
      '-E',
      'UTF8',
      '--locale=C.UTF-8',
      '--no-sync',
    ],
    (folder, data, port) => [
      bin('postgres'),
      '-D',
      data,
      '-p',
      String(port),
      '-k',
      folder,
      '-h',
      '127.0.0.1',
      '-c',
      'shared_buffers=8MB',
      '-c',
      'fsync=off',
      ...(certificate === undefined
        ? []
        : [
            'ssl=on',
            `ssl_cert_file=${join(folder, 'server.crt')}`,
            `ssl_key_file=${join(folder, 'server.key')}`,
          ].flatMap((option) => ['-c', option])),
    ],
    (folder, port) => [
      bin('psql'),
      '-h',
      folder,
      '-p',
      String(port),
      '-U',
      'admin',
      '-d',
      'postgres',
      '-v',
      'ON_ERROR_STOP=1',
      '-qAt',
    ],
  );
  await until(
    () => {
      try {
        return database.run('CREATE DATABASE pms;') === '';
      } catch (error) {
        // "the database system is starting up"
        if (String(error).includes('starting up')) return false;
        throw error;
      }
    },
    (yes) => yes,
  );
  return database;
}
