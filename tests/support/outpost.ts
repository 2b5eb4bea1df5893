/**
 * A real Outpost: `OUTPOST` names the folder of its two programs, `outpost` and `outpost-server`, built from its Go module
 * `github.com/hookdeck/outpost` (`go build ./cmd/outpost ./cmd/outpost-server`);
 * Redis, RabbitMQ and PostgreSQL are Debian's. Everything runs in folders and on ports of its own.
 */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { hasPostgres, startPostgres } from './databases.ts';
import { freePort } from './engine-process.ts';
import { temporaryFolder } from './folder.ts';
import { hasRabbitMq, noRabbitMq, startRabbitMq } from './rabbitmq.ts';
import { until } from './until.ts';

const programs = process.env.OUTPOST;
const redis = process.env.REDIS ?? '/usr/bin/redis-server';

/** What is missing for it here, in words; empty where it can run. */
export const missingForOutpost: readonly string[] = [
  ...(programs !== undefined && existsSync(join(programs, 'outpost-server'))
    ? []
    : ['OUTPOST names no folder with its programs']),
  ...(existsSync(redis) ? [] : [`no Redis at ${redis}`]),
  ...(hasRabbitMq ? [] : [noRabbitMq]),
  ...(hasPostgres ? [] : ['no PostgreSQL']),
];

export interface TestOutpost extends AsyncDisposable {
  /** `http://127.0.0.1:PORT/api/v1` */
  readonly api: string;
  readonly key: string;
  /** Asks its API with the key. @throws Error where it answers with an error */
  ask(path: string, method?: string, body?: object): Promise<unknown>;
}

/** Starts one that knows the topics given, and waits until it answers. */
export async function startOutpost(topics: readonly string[]): Promise<TestOutpost> {
  await using started = new AsyncDisposableStack();
  const folder = started.use(await temporaryFolder());
  const postgres = started.use(await startPostgres());
  postgres.run("CREATE ROLE outpost LOGIN PASSWORD 'outpost'; CREATE DATABASE outpost OWNER outpost;");
  const rabbit = started.use(await startRabbitMq());
  let printed = '';
  const begin = (program: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): ChildProcess => {
    const child = spawn(program, args, { cwd: folder.path, env: { ...process.env, ...env } });
    for (const output of [child.stdout, child.stderr]) output.on('data', (piece) => (printed += String(piece)));
    started.defer(() => void child.kill('SIGKILL'));
    return child;
  };
  const redisPort = await freePort();
  begin(redis, ['--port', String(redisPort), '--bind', '127.0.0.1', '--save', '', '--dir', folder.path]);
  const port = await freePort();
  const key = 'key_outpost';
  const env = {
    API_PORT: String(port),
    API_KEY: key,
    API_JWT_SECRET: 'secret_of_its_portal',
    AES_ENCRYPTION_SECRET: '0123456789abcdef0123456789abcdef',
    TOPICS: topics.join(','),
    REDIS_HOST: '127.0.0.1',
    REDIS_PORT: String(redisPort),
    REDIS_PASSWORD: '',
    REDIS_DATABASE: '0',
    POSTGRES_URL: `postgres://outpost:outpost@127.0.0.1:${postgres.port}/outpost?sslmode=disable`,
    RABBITMQ_SERVER_URL: `amqp://guest:guest@127.0.0.1:${rabbit.port}`,
    LOG_BATCH_THRESHOLD_SECONDS: '1',
    DISABLE_TELEMETRY: 'true',
    GIN_MODE: 'release',
  };
  const migrated = spawnSync(join(programs ?? '', 'outpost'), ['migrate', 'apply', '--yes'], {
    cwd: folder.path,
    env: { ...process.env, ...env },
    encoding: 'utf8',
  });
  if (migrated.status !== 0) throw new Error(`outpost migrate: ${migrated.stdout}${migrated.stderr}`);
  begin(join(programs ?? '', 'outpost-server'), [], env);
  const api = `http://127.0.0.1:${port}/api/v1`;
  const answers = () =>
    fetch(`${api}/healthz`).then(
      ({ ok }) => ok,
      () => false,
    );
  await until(answers, (yes) => yes, 60_000).catch(() => {
    throw new Error(`Outpost did not start: ${printed.slice(-2_000)}`);
  });
  const running = started.move();
  return {
    api,
    key,
    async ask(path, method = 'GET', body) {
      const answer = await fetch(`${api}${path}`, {
        method,
        headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      const text = await answer.text();
      if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
      return text === '' ? null : JSON.parse(text);
    },
    [Symbol.asyncDispose]: () => running.disposeAsync(),
  };
}
