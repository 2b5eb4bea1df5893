/** A real SMTP server on loopback (smtp-server), which takes what it is sent, or refuses it as a test asks. */
import { createServer, type Server, type Socket } from 'node:net';
import { SMTPServer } from 'smtp-server';
import { type CertificateKind, certificateOfKind, testAuthority } from './certificates.ts';

/** A message that was taken. */
export interface TakenMail {
  readonly from: string;
  readonly to: readonly string[];
  /** As it came. */
  readonly raw: string;
  /** Its header's value, unfolded; null where it has none. */
  header(name: string): string | null;
}

/** What it says at a step instead of yes; null for yes. */
interface Refusal {
  readonly code: number;
  readonly text: string;
}

export interface MailServerOptions {
  /** TLS from the beginning; otherwise `STARTTLS`. */
  readonly secure?: boolean;
  /** It knows no TLS at all. */
  readonly plain?: boolean;
  readonly certificate?: CertificateKind;
  /** Who may log in; nobody need where this is null. */
  readonly login?: { readonly user: string; readonly password: string } | null;
}

export interface MailServer {
  readonly address: string;
  readonly port: number;
  readonly caPem: string;
  readonly taken: TakenMail[];
  /** Connections so far. */
  readonly connections: number;
  /** What it says at a step from now on. */
  refuse: {
    connect?: Refusal | undefined;
    login?: Refusal | undefined;
    sender?: Refusal | undefined;
    recipient?: ((address: string) => Refusal | null) | undefined;
    data?: Refusal | undefined;
  };
  /** TCP connections that stand, greeted or not. */
  readonly sockets: number;
  /** Messages that came to their end, taken or not. */
  readonly heard: number;
  /** From now on the answer to a message's end does not come. */
  silent: boolean;
  /** Cuts all connections. */
  cut(): void;
  stop(): Promise<void>;
}

const refusal = ({ code, text }: Refusal) => Object.assign(new Error(text), { responseCode: code });

export async function startMailServer(options: MailServerOptions = {}): Promise<MailServer> {
  const { secure = false, plain = false, login = null } = options;
  const { certPem, keyPem } = await certificateOfKind(options.certificate ?? 'valid');
  const taken: TakenMail[] = [];
  const sockets = new Set<Socket>();
  let connections = 0;
  let heard = 0;
  const server = new SMTPServer({
    secure,
    cert: certPem,
    key: keyPem,
    authOptional: login === null,
    disabledCommands: [...(plain ? ['STARTTLS'] : []), ...(login === null ? ['AUTH'] : [])] as ('AUTH' | 'STARTTLS')[],
    disableReverseLookup: true,
    closeTimeout: 100,
    onConnect(_session, done) {
      connections += 1;
      done(mail.refuse.connect ? refusal(mail.refuse.connect) : undefined);
    },
    onAuth({ username, password }, _session, done) {
      if (mail.refuse.login) return done(refusal(mail.refuse.login));
      if (username === login?.user && password === login?.password) return done(null, { user: username });
      return done(refusal({ code: 535, text: '5.7.8 Username and Password not accepted' }));
    },
    onMailFrom(_address, _session, done) {
      done(mail.refuse.sender ? refusal(mail.refuse.sender) : undefined);
    },
    onRcptTo({ address }, _session, done) {
      const said = mail.refuse.recipient?.(address) ?? null;
      done(said === null ? undefined : refusal(said));
    },
    onData(stream, { envelope }, done) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        heard += 1;
        if (mail.silent) return;
        if (mail.refuse.data) return done(refusal(mail.refuse.data));
        const from = envelope.mailFrom === false ? '' : envelope.mailFrom.address;
        taken.push(
          takenMail(
            from,
            envelope.rcptTo.map(({ address }) => address),
            Buffer.concat(chunks).toString(),
          ),
        );
        done(null, '2.0.0 OK queued');
      });
    },
  });
  // What a client does to a connection is its own affair.
  server.on('error', () => {});
  server.server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.server.address() as { port: number };
  const mail: MailServer = {
    address: `${secure ? 'smtps' : 'smtp'}://127.0.0.1:${port}`,
    port,
    caPem: (await testAuthority()).caPem,
    taken,
    get connections() {
      return connections;
    },
    get sockets() {
      return sockets.size;
    },
    get heard() {
      return heard;
    },
    refuse: {},
    silent: false,
    cut() {
      for (const socket of sockets) socket.destroy();
    },
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
  return mail;
}

function takenMail(from: string, to: readonly string[], raw: string): TakenMail {
  const head = raw.slice(0, raw.indexOf('\r\n\r\n')).replace(/\r\n[ \t]+/g, ' ');
  return {
    from,
    to,
    raw,
    header: (name) => new RegExp(`^${name}: (.*)$`, 'im').exec(head)?.[1]?.trim() ?? null,
  };
}

/** A server that says what it is told to, byte by byte, for what no library's server does. */
export async function startScriptedServer(script: (socket: Socket) => void): Promise<{
  readonly port: number;
  stop(): Promise<void>;
}> {
  const sockets = new Set<Socket>();
  const server: Server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    socket.once('close', () => sockets.delete(socket));
    script(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as { port: number }).port,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}
