/** One attempt under way: what its connection tells of it becomes the evidence. */
import type { Timings } from '../../../shared/schemas.ts';
import type { CertificateFacts, FailurePhase, TransportFailure } from '../evidence/evidence.ts';
import type { Clock } from '../ports.ts';
import type { AnswerHead } from './answer-reader.ts';
import type { Connection, ConnectionUser } from './connection.ts';
import type { Expiring } from './deadlines.ts';
import { type KeptAnswer, keepAnswer } from './kept-answer.ts';
import type { SleepMark, SleepWatch } from './sleep-watch.ts';

/** Timers are late by milliseconds; later than this, in milliseconds, the machine was asleep. */
const asleepAfterMs = 5000;

/** What came of one attempt. */
export interface SendResult {
  /** Null where no status line came. */
  readonly status: number | null;
  /** Lower-case names; null where no answer came. */
  readonly responseHeaders: [string, string][] | null;
  /** The decoded body's first 64 KiB, as bytes; `answerText` makes text of them. */
  readonly responseBody: Buffer;
  /** More was coming than is kept. */
  readonly responseTruncated: boolean;
  /** Null where an answer came whole, or was cut by us. */
  readonly error: TransportFailure | null;
  /** Of the connection that was used, or of the one that could not be made. */
  readonly certificate: CertificateFacts | null;
  /** It went over a connection that had carried others. */
  readonly reused: boolean;
  /** It was sent once more, because the reused connection turned out to be closed (decision 8). */
  readonly resent: boolean;
  readonly timings: Timings;
  /** Its redirect was followed; what is here is what came of that, or the redirect where nothing did. */
  readonly followed?: boolean;
}

/** What the sender does when an exchange has to do with connections. */
export interface ExchangeOwner {
  /** A fresh connection to send on once more; null where the endpoint is being closed. */
  again(exchange: Exchange): Connection | null;
  /** Whether it failed because the machine has only just woken. */
  isOfWaking(exchange: Exchange, code: string): boolean;
  /** The exchange is over; `usable` is false where the connection was cut. */
  ended(exchange: Exchange, connection: Connection, usable: boolean): void;
}

/** What holds for every exchange of a sender. */
export interface ExchangeLimits {
  readonly deadlineMs: number;
  readonly keptBytes: number;
  readonly sleep: SleepWatch;
}

const nothing = Buffer.alloc(0);

export class Exchange implements ConnectionUser, Expiring {
  readonly expiresAt: number;
  private connection: Connection;
  private readonly owner: ExchangeOwner;
  private readonly clock: Clock;
  private readonly sleep: SleepWatch;
  private readonly request: Buffer;
  private readonly keptBytes: number;
  private readonly resolve: (result: SendResult) => void;
  private readonly startedAt: number;
  private readonly sleepMark: SleepMark;
  private firstByteAt = 0;
  private began = false;
  private reused = false;
  private resent = false;
  private over = false;
  private status: number | null = null;
  private headers: [string, string][] | null = null;
  private kept: KeptAnswer | null = null;
  private started = false;
  private paused = false;

  constructor(
    owner: ExchangeOwner,
    clock: Clock,
    connection: Connection,
    request: Buffer,
    limits: ExchangeLimits,
    resolve: (result: SendResult) => void,
  ) {
    this.owner = owner;
    this.clock = clock;
    this.sleep = limits.sleep;
    this.connection = connection;
    this.request = request;
    this.keptBytes = limits.keptBytes;
    this.resolve = resolve;
    this.startedAt = clock.monotonicMs();
    this.sleepMark = limits.sleep.mark();
    this.expiresAt = this.startedAt + limits.deadlineMs;
  }

  /** Sends the request on the connection. */
  start(): void {
    this.connection.send(this.request, this);
  }

  /** The time is up, or, where the machine was asleep meanwhile, was never given. */
  expire(lateMs: number): void {
    const asleep = lateMs > asleepAfterMs || this.sleep.sleptSince(this.sleepMark);
    this.abort(asleep ? 'ASLEEP' : 'DEADLINE');
  }

  /** Ends it from our side; the connection is cut. */
  abort(code: 'DEADLINE' | 'ASLEEP' | 'SHUTDOWN'): void {
    if (this.over) return;
    // Answered in time; only what it answers did not get out.
    if (this.connection.hasWholeAnswer) {
      this.finish(null, false);
      return;
    }
    const message = code === 'DEADLINE' ? 'The time for this attempt was up.' : 'We ended this attempt ourselves.';
    const phase = code === 'DEADLINE' ? this.phase() : 'aborted';
    this.finish({ phase, code, message, proxyStatus: null }, false);
  }

  // — What the connection tells —

  onRequestStart(): void {
    this.started = true;
    this.reused = this.connection.requests > 1;
  }

  onFirstByte(): void {
    this.began = true;
    this.firstByteAt = this.clock.monotonicMs();
  }

  onHead({ status, headers }: AnswerHead): void {
    this.status = status;
    this.headers = headers;
  }

  onData(chunk: Buffer): void {
    if (this.over) return;
    this.kept ??= this.startKeeping();
    const taken = this.kept.take(chunk);
    if (taken === 'enough') this.finish(null, false);
    else if (taken === 'wait') {
      this.paused = true;
      this.connection.pause();
    }
  }

  onEnd(): void {
    if (this.over) return;
    if (this.kept === null) this.finish(null, true);
    else this.kept.end(() => this.finish(null, true));
  }

  onError(error: Error): void {
    if (this.over) return;
    const failure = this.failureOf(error);
    if (this.reused && !this.began && !this.resent && closedByOtherSide.has(failure.code)) {
      const fresh = this.owner.again(this);
      if (fresh) {
        this.owner.ended(this, this.connection, false);
        this.resent = true;
        this.started = false;
        this.reused = false;
        this.connection = fresh;
        this.start();
        return;
      }
    }
    const asleep = this.sleep.sleptSince(this.sleepMark) || this.owner.isOfWaking(this, failure.code);
    this.finish(asleep ? { ...failure, phase: 'aborted', code: 'ASLEEP' } : failure, false);
  }

  // — What becomes of it —

  private startKeeping(): KeptAnswer {
    const encoding = this.headers?.find(([name]) => name === 'content-encoding')?.[1] ?? null;
    return keepAnswer(encoding, {
      limitBytes: this.keptBytes,
      onRoom: () => {
        if (this.over || !this.paused) return;
        this.paused = false;
        this.connection.resume();
      },
      onEnough: () => this.finish(null, false),
    });
  }

  private finish(error: TransportFailure | null, usable: boolean): void {
    if (this.over) return;
    this.over = true;
    const { facts } = this.connection;
    const endedAt = this.clock.monotonicMs();
    const fresh = !this.reused;
    const result: SendResult = {
      status: this.status,
      responseHeaders: this.headers,
      responseBody: this.kept?.bytes() ?? nothing,
      responseTruncated: this.kept?.truncated ?? false,
      error,
      certificate: facts.certificate,
      reused: this.reused,
      resent: this.resent,
      timings: {
        dnsMs: fresh ? facts.dnsMs : null,
        connectMs: fresh ? facts.connectMs : null,
        tlsMs: fresh ? facts.tlsMs : null,
        firstByteMs: this.began ? this.firstByteAt - this.startedAt : null,
        totalMs: endedAt - this.startedAt,
      },
    };
    this.kept?.close();
    if (this.paused) this.connection.resume();
    this.owner.ended(this, this.connection, usable);
    this.resolve(result);
  }

  private failureOf(error: Error): TransportFailure {
    const failure = this.connection.failureOf(error);
    return !this.started || this.over ? failure : { ...failure, phase: this.phase() };
  }

  private phase(): FailurePhase {
    if (!this.started) return this.connection.stage;
    return this.status === null ? 'request' : 'answer';
  }
}

const closedByOtherSide = new Set(['ECONNRESET', 'EPIPE', 'ECONNABORTED', 'CLOSED']);
