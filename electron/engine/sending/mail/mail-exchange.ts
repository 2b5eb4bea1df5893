/** One message under way: what its session tells of it becomes the evidence, in the form that an HTTP answer has. */
import type { Clock } from '../../ports.ts';
import type { Expiring } from '../deadlines.ts';
import type { SendResult } from '../exchange.ts';
import type { SleepMark, SleepWatch } from '../sleep-watch.ts';
import { asError, failure } from '../transport-failure.ts';
import {
  type Envelope,
  type MailLogin,
  type RefusedRecipient,
  type SmtpAccepted,
  SmtpRefused,
  SmtpSession,
} from './smtp-session.ts';
import { type MailRoute, SmtpWay, WayRefused } from './smtp-way.ts';

export interface MailExchangeParts {
  readonly clock: Clock;
  readonly deadlineMs: number;
  readonly sleep: SleepWatch;
  readonly route: MailRoute;
  readonly login: MailLogin | null;
  /** Those who are still to get it. */
  readonly envelope: Envelope;
  /** Those who have it from an attempt before. */
  readonly have: ReadonlySet<string>;
  readonly bytes: Buffer;
  /** One that carried a message before, and may carry this one; null for a new one. */
  readonly session: SmtpSession | null;
  /** `session`: fit for another message; null where there is none. */
  readonly onEnd: (result: SendResult, taken: Taken, session: SmtpSession | null) => void;
}

interface Taken {
  readonly accepted: readonly string[];
  /** Nobody is to get it any more: all have it, or never will. */
  readonly isWhole: boolean;
}

/** Timers are late by milliseconds; later than this, in milliseconds, the machine was asleep. */
const asleepAfterMs = 5000;

/** What a server said in the end, whatever it was. */
interface Said {
  readonly code: number;
  readonly text: string;
  readonly saidTo: string;
  readonly refused: readonly RefusedRecipient[];
}

export class MailExchange implements Expiring {
  readonly expiresAt: number;
  private readonly parts: MailExchangeParts;
  private readonly startedAt: number;
  private readonly sleepMark: SleepMark;
  private way: SmtpWay;
  private session: SmtpSession | null;
  private reused: boolean;
  private resent = false;
  private over = false;

  constructor(parts: MailExchangeParts) {
    this.parts = parts;
    this.startedAt = parts.clock.monotonicMs();
    this.sleepMark = parts.sleep.mark();
    this.expiresAt = this.startedAt + parts.deadlineMs;
    this.way = new SmtpWay(parts.route, parts.clock);
    this.session = parts.session;
    this.reused = parts.session !== null;
    if (this.reused) this.way.stage = 'request';
  }

  start(): void {
    this.run().catch((error) => this.failed(asError(error)));
  }

  /** The time is up, or, where the machine was asleep meanwhile, was never given. */
  expire(lateMs: number): void {
    const asleep = lateMs > asleepAfterMs || this.parts.sleep.sleptSince(this.sleepMark);
    this.abort(asleep ? 'ASLEEP' : 'DEADLINE');
  }

  /** Ends it from our side; the connection is cut. */
  abort(code: 'DEADLINE' | 'ASLEEP' | 'SHUTDOWN'): void {
    const message = code === 'DEADLINE' ? 'The time for this attempt was up.' : 'We ended this attempt ourselves.';
    const phase = code === 'DEADLINE' ? this.way.stage : 'aborted';
    const isUngreeted = code === 'DEADLINE' && this.way.isUngreeted;
    this.finish({ error: { phase, code: isUngreeted ? 'NO_GREETING' : code, message, proxyStatus: null } });
  }

  private async run(): Promise<void> {
    const { envelope, bytes, login } = this.parts;
    if (this.session === null) {
      const opened = await this.way.open();
      if (this.over) {
        this.way.destroy();
        return;
      }
      this.session = new SmtpSession(opened);
      await this.session.begin(login);
    }
    this.took(await this.session.send(envelope, bytes));
  }

  private took({ code, text, accepted, refused }: SmtpAccepted): void {
    // Some may get it later: what is said of them decides, and only they are sent it again.
    const later = refused.find((one) => one.code < 500);
    const said = later === undefined ? { code, text, saidTo: 'DATA' } : later;
    this.finish({ said: { ...said, refused }, taken: { accepted, isWhole: later === undefined }, isUsable: true });
  }

  private failed(error: Error): void {
    if (this.over) return;
    if (this.reused && !this.resent && isOfOldSession(error)) {
      this.again();
    } else if (error instanceof WayRefused) {
      const { code, text } = error.reply;
      this.finish({ said: { code, text, saidTo: error.saidTo, refused: [] } });
    } else if (error instanceof SmtpRefused) {
      this.refused(error);
    } else {
      const failed = failure(this.way.stage, error);
      const asleep = this.parts.sleep.sleptSince(this.sleepMark) || this.parts.sleep.justAwake() !== null;
      this.finish({ error: asleep ? { ...failed, phase: 'aborted', code: 'ASLEEP' } : failed });
    }
  }

  private refused({ refusal, refused }: SmtpRefused): void {
    const isForGood = refusal.code >= 500 && refusal.saidTo === 'RCPT TO';
    // Those who got it before got it: nobody is left who ever will.
    const said = isForGood && this.parts.have.size > 0 ? { code: 250, text: refusal.text, saidTo: 'DATA' } : refusal;
    this.finish({ said: { ...said, refused }, taken: { accepted: [], isWhole: said !== refusal } });
  }

  /** A session that had been idle was closed, or is told so now: decision 8 holds for mail as well. */
  private again(): void {
    this.session?.cut();
    this.session = null;
    this.resent = true;
    this.reused = false;
    this.way = new SmtpWay(this.parts.route, this.parts.clock);
    this.start();
  }

  private finish(end: {
    readonly said?: Said;
    readonly error?: NonNullable<SendResult['error']>;
    readonly taken?: Taken;
    readonly isUsable?: boolean;
  }): void {
    if (this.over) return;
    this.over = true;
    const { said, error = null, taken = { accepted: [], isWhole: false }, isUsable = false } = end;
    const { certificate, ...steps } = this.way.facts;
    const totalMs = this.parts.clock.monotonicMs() - this.startedAt;
    const session = isUsable ? this.session : null;
    if (session === null) {
      if (error === null) this.session?.quit();
      else this.session?.cut();
      this.way.destroy();
    }
    const result: SendResult = {
      status: said?.code ?? null,
      responseHeaders: said === undefined ? null : headersOf(said),
      responseBody: Buffer.from(said?.text ?? ''),
      responseTruncated: false,
      error,
      certificate,
      reused: this.reused,
      resent: this.resent,
      timings: { ...steps, firstByteMs: said === undefined ? null : totalMs, totalMs },
    };
    this.parts.onEnd(result, taken, session);
  }
}

/** Nothing of this message was answered: the session's end came before it. */
const isOfOldSession = (error: Error): boolean =>
  error instanceof SmtpRefused
    ? error.refusal.code === 421
    : ['CLOSED', 'ECONNRESET', 'EPIPE', 'ECONNABORTED'].includes((error as NodeJS.ErrnoException).code ?? '');

/** What the kind judges by, and what the log shows beside the words: which command was answered, and who was refused. */
const headersOf = ({ saidTo, refused }: Said): [string, string][] => [
  ['answer-to', saidTo],
  ...refused.map(({ recipient, code, text }): [string, string] => ['refused', `${recipient}: ${code} ${text}`]),
];
