/**
 * A mail endpoint at a real mail server: Exim as Debian has it (`apt-get install exim4-daemon-light`, or its program under
 * another path in `EXIM`), with a configuration of its own in a folder of its own, on loopback. It wants root, since Exim
 * does.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { eventTypes } from '../../shared/events.ts';
import { certificateOfKind, testAuthority } from '../support/certificates.ts';
import { afterAttempts, delivered, deliveryOf, posted } from '../support/deliveries.ts';
import { startTestEngine, type TestEngine } from '../support/engine.ts';
import { freePort } from '../support/engine-process.ts';
import { type TemporaryFolder, temporaryFolder } from '../support/folder.ts';

const program = process.env.EXIM ?? '/usr/sbin/exim4';
const canRun = existsSync(program) && process.getuid?.() === 0;
if (!canRun) console.warn(`Skipped, aloud: no Exim at ${program}, or not root.`);

const configuration = (folder: string, plain: number, secure: number) => `
primary_hostname = mail.hotel.test
exim_path = ${program}
exim_user = nobody
exim_group = nogroup
never_users =
spool_directory = ${folder}/spool
log_file_path = ${folder}/log/%slog
pid_file_path = ${folder}/exim.pid
local_interfaces = 127.0.0.1
daemon_smtp_ports = ${plain} : ${secure}
tls_on_connect_ports = ${secure}
tls_advertise_hosts = *
tls_certificate = ${folder}/cert.pem
tls_privatekey = ${folder}/key.pem
message_size_limit = 20K
acl_smtp_mail = acl_mail
acl_smtp_rcpt = acl_rcpt
begin acl
acl_mail:
  deny !authenticated = *
       message = log in first
  accept
acl_rcpt:
  defer local_parts = later
        message = greylisted
  accept local_parts = manager : night
  deny message = no such mailbox
begin routers
all:
  driver = accept
  transport = inbox
begin transports
inbox:
  driver = appendfile
  file = ${folder}/inbox
  user = nobody
  group = nogroup
begin authenticators
plain:
  driver = plaintext
  public_name = PLAIN
  server_advertise_condition = \${if def:tls_in_cipher}
  server_condition = \${if and{{eq{$auth2}{relay}}{eq{$auth3}{secret}}}}
  server_set_id = $auth2
`;

describe.skipIf(!canRun)('mail by Exim', () => {
  let folder: TemporaryFolder;
  let exim: ChildProcess;
  let engine: TestEngine;
  let plain = 0;
  let secure = 0;

  beforeAll(async () => {
    folder = await temporaryFolder();
    [plain, secure] = [await freePort(), await freePort()];
    const { certPem, keyPem } = await certificateOfKind('valid');
    for (const name of ['spool', 'log']) await mkdir(join(folder.path, name));
    await writeFile(join(folder.path, 'cert.pem'), certPem);
    await writeFile(join(folder.path, 'key.pem'), keyPem);
    await writeFile(join(folder.path, 'exim.conf'), configuration(folder.path, plain, secure));
    for (const name of ['.', 'spool', 'log']) await chmod(join(folder.path, name), 0o777);
    for (const name of ['cert.pem', 'key.pem']) await chmod(join(folder.path, name), 0o644);
    await chmod(join(folder.path, 'exim.conf'), 0o644);
    exim = spawn(program, ['-C', join(folder.path, 'exim.conf'), '-bdf'], { stdio: 'ignore' });
    await vi.waitUntil(() => isOpen(plain), { timeout: 20_000 });
    engine = await startTestEngine();
  });
  afterAll(async () => {
    await engine?.stop();
    exim?.kill();
    await folder?.remove();
  });

  async function add(address: string, to: string, password = 'secret') {
    const { endpoint } = await engine.call('endpoints.add', {
      confirmed: true,
      endpoint: {
        url: address,
        events: [...eventTypes],
        caPem: (await testAuthority()).caPem,
        config: { from: 'desk@hotel.example', to, user: 'relay', password },
      },
    });
    return endpoint.id;
  }

  const tried = async (to: string, password?: string) => {
    const { attempt } = await engine.call('endpoints.test', {
      id: await add(`smtp://127.0.0.1:${plain}`, to, password),
    });
    return { status: attempt.status, outcome: attempt.outcome, key: attempt.sentence?.key };
  };

  test('arrives over STARTTLS and over TLS', async () => {
    for (const address of [`smtp://127.0.0.1:${plain}`, `smtps://127.0.0.1:${secure}`]) {
      const id = await add(address, 'manager@hotel.example');
      await engine.call('endpoints.enable', { id, override: true });
      const event = await posted(engine, 'booking.created', { booking_id: address, guest_name: 'María Peña' });
      await deliveryOf(engine, event, delivered, id);
      await expect
        .poll(() => readFile(join(folder.path, 'inbox'), 'utf8').catch(() => ''), { timeout: 20_000 })
        .toContain(`<${event}.${id}@hotel.example>`);
      await engine.call('endpoints.remove', { id });
    }
  });

  test('what it refuses is told as what it is', async () => {
    expect(await tried('manager@hotel.example', 'wrong')).toEqual({
      status: 535,
      outcome: 'setup',
      key: 'outcome.mail_login_refused',
    });
    expect(await tried('nobody@hotel.example')).toEqual({
      status: 550,
      outcome: 'setup',
      key: 'outcome.mail_recipient_refused',
    });
    expect(await tried('later@hotel.example')).toEqual({
      status: 451,
      outcome: 'throttled',
      key: 'outcome.mail_later_for',
    });
    expect(await tried('manager@hotel.example, nobody@hotel.example')).toEqual({
      status: 250,
      outcome: 'delivered',
      key: 'outcome.mail_partly',
    });
  });

  test('a message that is too large is that event’s alone, the next one arrives', async () => {
    const id = await add(`smtp://127.0.0.1:${plain}`, 'manager@hotel.example');
    await engine.call('endpoints.change', { id, change: { config: { text: '{{ data.notes }}' } } });
    await engine.call('endpoints.enable', { id, override: true });
    const large = await posted(engine, 'booking.created', { booking_id: 'bk_large', notes: 'long '.repeat(6_000) });
    expect(await deliveryOf(engine, large, afterAttempts(1), id)).toMatchObject({
      status: 552,
      outcome: 'event_refused',
      sentence: { key: 'outcome.event_too_large' },
    });
    const next = await posted(engine, 'booking.created', { booking_id: 'bk_small', notes: 'short' });
    await deliveryOf(engine, next, delivered, id);
    await engine.call('endpoints.remove', { id });
  });

  test('one whose certificate nobody vouches for is not sent anything', async () => {
    const { endpoint } = await engine.call('endpoints.add', {
      confirmed: true,
      endpoint: {
        url: `smtp://127.0.0.1:${plain}`,
        events: [...eventTypes],
        config: { from: 'desk@hotel.example', to: 'manager@hotel.example', user: 'relay', password: 'secret' },
      },
    });
    const { ok, attempt } = await engine.call('endpoints.test', { id: endpoint.id });
    expect({ ok, status: attempt.status, outcome: attempt.outcome }).toEqual({
      ok: false,
      status: null,
      outcome: 'certificate',
    });
  });
});

const isOpen = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.destroy();
      resolve(true);
    });
    socket.on('error', () => resolve(false));
  });
