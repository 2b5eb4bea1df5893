/** RabbitMQ as Debian has it (`apt-get install rabbitmq-server`), in a folder and on ports of its own. */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { freePort } from './engine-process.ts';
import { temporaryFolder } from './folder.ts';
import { until } from './until.ts';

const program = process.env.RABBITMQ ?? '/usr/lib/rabbitmq/bin/rabbitmq-server';

/** Whether it is installed here; the tests of it are skipped, and say so. */
export const hasRabbitMq = existsSync(program);
export const noRabbitMq = `no RabbitMQ at ${program}`;

export interface TestRabbitMq extends AsyncDisposable {
  /** Of AMQP, on 127.0.0.1. */
  readonly port: number;
  /** Of its HTTP API: `http://127.0.0.1:PORT/api`. */
  readonly api: string;
  /** Asks its HTTP API as `guest`. */
  ask(path: string, method?: string, body?: object): Promise<Response>;
}

/** Starts one, with its HTTP API, and waits until that answers. */
export async function startRabbitMq(): Promise<TestRabbitMq> {
  const folder = await temporaryFolder();
  const [port, http, distribution, epmd] = [await freePort(), await freePort(), await freePort(), await freePort()];
  const api = `http://127.0.0.1:${http}/api`;
  await mkdir(join(folder.path, 'data'));
  await writeFile(join(folder.path, 'plugins'), '[rabbitmq_management].\n');
  const lines = [
    `listeners.tcp.local = 127.0.0.1:${port}`,
    'management.tcp.ip = 127.0.0.1',
    `management.tcp.port = ${http}`,
  ];
  await writeFile(join(folder.path, 'rabbitmq.conf'), `${lines.join('\n')}\n`);
  const rabbit = spawn(program, [], {
    stdio: 'ignore',
    detached: true,
    env: {
      ...process.env,
      HOME: folder.path,
      ERL_EPMD_PORT: String(epmd),
      ERL_EPMD_ADDRESS: '127.0.0.1',
      RABBITMQ_NODENAME: 'roost@localhost',
      RABBITMQ_DIST_PORT: String(distribution),
      RABBITMQ_MNESIA_BASE: join(folder.path, 'data'),
      RABBITMQ_LOG_BASE: folder.path,
      RABBITMQ_LOGS: '-',
      RABBITMQ_PID_FILE: join(folder.path, 'pid'),
      RABBITMQ_ENABLED_PLUGINS_FILE: join(folder.path, 'plugins'),
      RABBITMQ_CONFIG_FILE: join(folder.path, 'rabbitmq.conf'),
    },
  });
  const ask: TestRabbitMq['ask'] = (path, method = 'GET', body) =>
    fetch(`${api}${path}`, {
      method,
      headers: {
        authorization: `Basic ${Buffer.from('guest:guest').toString('base64')}`,
        'content-type': 'application/json',
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  const answers = () =>
    ask('/overview').then(
      ({ ok }) => ok,
      () => false,
    );
  await until(answers, (yes) => yes, 90_000);
  return {
    port,
    api,
    ask,
    async [Symbol.asyncDispose]() {
      if (rabbit.pid !== undefined) process.kill(-rabbit.pid, 'SIGKILL');
      spawnSync('/usr/bin/epmd', ['-port', String(epmd), '-kill'], { stdio: 'ignore' });
      await folder.remove();
    },
  };
}
