/** One session with a mail server, by nodemailer: over a way that is safe already, logged in where that is asked. */
import type { Socket } from 'node:net';
import SMTPConnection, { type SMTPConnectionSendInfo } from 'nodemailer/lib/smtp-connection';
import { helloName, type OpenWay } from './smtp-way.ts';

export interface MailLogin {
  readonly user: string;
  readonly password: string;
}

/** Who it is from and to, as the server is told. */
export interface Envelope {
  readonly from: string;
  readonly to: readonly string[];
}

/** What a server said to one command. */
export interface SmtpRefusal {
  readonly code: number;
  /** With its enhanced code, as it came. */
  readonly text: string;
  /** The command that it answers: `AUTH`, `MAIL FROM`, `RCPT TO`, `DATA`. */
  readonly saidTo: string;
}

export interface RefusedRecipient extends SmtpRefusal {
  readonly recipient: string;
}

/** A message was taken, for some of its recipients at least. */
export interface SmtpAccepted {
  readonly code: number;
  readonly text: string;
  readonly accepted: readonly string[];
  readonly refused: readonly RefusedRecipient[];
}

/** The server said no; `refused` names the recipients where it is them that it refused. */
export class SmtpRefused extends Error {
  readonly refusal: SmtpRefusal;
  readonly refused: readonly RefusedRecipient[];
  constructor(refusal: SmtpRefusal, refused: readonly RefusedRecipient[]) {
    super(refusal.text);
    this.refusal = refusal;
    this.refused = refused;
  }
}

/** What nodemailer's errors tell beside their words (its type names not all of them). */
interface SmtpError extends Error {
  readonly code?: string | undefined;
  readonly originalCode?: string | undefined;
  readonly response?: string | undefined;
  readonly responseCode?: number | undefined;
  readonly command?: string | undefined;
  readonly recipient?: string | undefined;
  readonly rejectedErrors?: readonly SmtpError[] | undefined;
}

/** Its own times never run out before the attempt's: one clock decides. In milliseconds. */
const beyondAnyAttemptMs = 600_000;
/** Of one reply, in bytes. */
const longestReplyBytes = 64 * 1024;

export class SmtpSession {
  private readonly smtp: SMTPConnection;
  private readonly socket: Socket;
  private lost: Error | null = null;
  private failing: ((error: Error) => void) | null = null;

  constructor({ socket, secure }: OpenWay) {
    this.socket = socket;
    this.smtp = new SMTPConnection({
      connection: socket,
      secure,
      secured: secure,
      ignoreTLS: true,
      name: helloName(),
      connectionTimeout: beyondAnyAttemptMs,
      greetingTimeout: beyondAnyAttemptMs,
      socketTimeout: beyondAnyAttemptMs,
      maxResponseSize: longestReplyBytes,
    });
    this.smtp.on('error', (error: Error) => this.lose(error));
    this.smtp.on('end', () =>
      this.lose(Object.assign(new Error('The other side closed the connection.'), { code: 'CLOSED' })),
    );
  }

  /** Whether it may carry another message. */
  get isAlive(): boolean {
    return this.lost === null && !this.socket.destroyed;
  }

  /** @throws {SmtpRefused} or an error of the way */
  async begin(login: MailLogin | null): Promise<void> {
    await this.step((done) => this.smtp.connect(done));
    if (login === null) return;
    const { user, password: pass } = login;
    await this.step((done) => this.smtp.login({ user, pass, credentials: { user, pass } }, done));
  }

  /** @throws {SmtpRefused} nobody was accepted, or the message was not; or an error of the way */
  async send(envelope: Envelope, message: Buffer): Promise<SmtpAccepted> {
    const info = await this.step<SMTPConnectionSendInfo | undefined>((done) =>
      this.smtp.send({ from: envelope.from, to: [...envelope.to], use8BitMime: true }, message, done),
    );
    const response = info?.response ?? '';
    return {
      code: Number(response.slice(0, 3)) || 250,
      text: readable(response),
      accepted: info?.accepted ?? [],
      refused: refusedIn(info?.rejectedErrors ?? []),
    };
  }

  /** Says goodbye; does not wait for an answer. */
  quit(): void {
    if (this.isAlive) this.smtp.quit();
    this.smtp.close();
  }

  cut(): void {
    this.smtp.close();
    this.socket.destroy();
  }

  private lose(error: Error): void {
    this.lost ??= error;
    this.failing?.(error);
  }

  private async step<Result>(begin: (done: (error?: Error | null, result?: Result) => void) => void): Promise<Result> {
    if (this.lost !== null) throw this.lost;
    try {
      return await new Promise<Result>((resolve, reject) => {
        this.failing = reject;
        begin((error, result) => (error ? reject(error) : resolve(result as Result)));
      });
    } catch (error) {
      throw asRefusal(error as SmtpError);
    } finally {
      this.failing = null;
    }
  }
}

/** Where the server gave a reply, that is what there is to know; otherwise the error of the way, under the socket's own code. */
function asRefusal(error: SmtpError): Error {
  if (error.responseCode !== undefined && error.response !== undefined) {
    return new SmtpRefused(refusalOf(error), refusedIn(error.rejectedErrors ?? []));
  }
  const code = error.originalCode ?? codes[error.code ?? ''] ?? error.code ?? error.name;
  return Object.assign(new Error(error.message, { cause: error }), { code });
}

/** nodemailer's own codes for what the rest of the engine has a name for. */
const codes: Readonly<Record<string, string>> = {
  ECONNECTION: 'CLOSED',
  ETIMEDOUT: 'ETIMEDOUT',
  EPROTOCOL: 'NOT_SMTP',
};

const refusedIn = (errors: readonly SmtpError[]): RefusedRecipient[] =>
  errors.map((error) => ({ ...refusalOf(error), recipient: error.recipient ?? '' }));

const refusalOf = ({ responseCode, response = '', command = '' }: SmtpError): SmtpRefusal => ({
  code: responseCode ?? 0,
  text: readable(response),
  saidTo: command.replace(/^AUTH .*/, 'AUTH'),
});

/** A reply of several lines as one, without the code of each. */
const readable = (response: string): string =>
  response
    .replace(/^\d{3}[ -]/gm, '')
    .replace(/\s*\r?\n\s*/g, ' ')
    .trim();
