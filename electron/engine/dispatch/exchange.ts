/** One attempt under way: what undici reports of it becomes the evidence. */
import type { Dispatcher } from 'undici';
import type { Timings } from '../../../shared/schemas.ts';
import type { Clock } from '../ports.ts';
import type { Connection } from './connection.ts';
import type { Expiring } from './deadlines.ts';
import type { CertificateFacts, FailurePhase, TransportFailure } from './evidence.ts';
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
  /** It was sent once more, because the reused connection turned out to be closed (decisions 8). */
  readonly resent: boolean;
  readonly timings: Timings;
}

/** What the sender does when an exchange has to do with connections. */
export interface ExchangeOwner {
  /** A fresh connection to send on once more; null where the endpoint is being closed. */
  again(exchange: Exchange): Connection | null;
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

export class Exchange implements Dispatcher.DispatchHandler, Expiring {
  readonly expiresAt: number;
  private connection: Connection;
  private readonly owner: ExchangeOwner;
  private readonly clock: Clock;
  private readonly sleep: SleepWatch;
  private readonly options: Dispatcher.DispatchOptions;
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
  private controller: Dispatcher.DispatchController | null = null;

  constructor(
    owner: ExchangeOwner,
    clock: Clock,
    connection: Connection,
    options: Dispatcher.DispatchOptions,
    limits: ExchangeLimits,
    resolve: (result: SendResult) => void,
  ) {
    this.owner = owner;
    this.clock = clock;
    this.sleep = limits.sleep;
    this.connection = connection;
    this.options = options;
    this.keptBytes = limits.keptBytes;
    this.resolve = resolve;
    this.startedAt = clock.monotonicMs();
    this.sleepMark = limits.sleep.mark();
    this.expiresAt = this.startedAt + limits.deadlineMs;
  }

  /** Sends the request on the connection. */
  start(): void {
    this.connection.client.dispatch(this.options, this);
  }

  /** The time is up, or, where the machine was asleep meanwhile, was never given. */
  expire(lateMs: number): void {
    const asleep = lateMs > asleepAfterMs || this.sleep.sleptMs(this.sleepMark) > asleepAfterMs;
    this.abort(asleep ? 'ASLEEP' : 'DEADLINE');
  }

  /** Ends it from our side; the connection is cut. */
  abort(code: 'DEADLINE' | 'ASLEEP' | 'SHUTDOWN'): void {
    if (this.over) return;
    const message = code === 'DEADLINE' ? 'The time for this attempt was up.' : 'We ended this attempt ourselves.';
    const phase = code === 'DEADLINE' ? this.phase() : 'aborted';
    this.finish({ phase, code, message, proxyStatus: null }, false);
  }

  // — What undici reports —

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.controller = controller;
    this.reused = this.connection.requests > 0;
    this.connection.requests += 1;
  }

  onResponseStarted(): void {
    if (this.began) return;
    this.began = true;
    this.firstByteAt = this.clock.monotonicMs();
  }

  onResponseStart(
    _controller: Dispatcher.DispatchController,
    statusCode: number,
    headers: Record<string, string | string[] | undefined>,
  ): void {
    // 1xx only announce the answer.
    if (statusCode < 200 || this.over) return;
    this.status = statusCode;
    this.headers = pairsOf(headers);
  }

  onResponseData(controller: Dispatcher.DispatchController, chunk: Buffer): void {
    if (this.over) return;
    this.kept ??= this.startKeeping(controller);
    const taken = this.kept.take(chunk);
    if (taken === 'wait') controller.pause();
    else if (taken === 'enough') this.finish(null, false);
  }

  onResponseEnd(): void {
    if (this.over) return;
    const { socketError } = this.connection;
    // undici takes a reset for the end of a body without a length; to us it is a failure (decisions 9).
    if (socketError) this.finish(this.failureOf(socketError), true);
    else if (this.kept === null) this.finish(null, true);
    else this.kept.end(() => this.finish(null, true));
  }

  onResponseError(_controller: Dispatcher.DispatchController | null, error: Error): void {
    if (this.over) return;
    const failure = this.failureOf(error);
    if (this.reused && !this.began && !this.resent && closedByOtherSide.has(failure.code)) {
      const fresh = this.owner.again(this);
      if (fresh) {
        this.owner.ended(this, this.connection, false);
        this.resent = true;
        this.controller = null;
        this.reused = false;
        this.connection = fresh;
        this.start();
        return;
      }
    }
    this.finish(
      this.sleep.sleptMs(this.sleepMark) > asleepAfterMs ? { ...failure, phase: 'aborted', code: 'ASLEEP' } : failure,
      true,
    );
  }

  // — What becomes of it —

  private startKeeping(controller: Dispatcher.DispatchController): KeptAnswer {
    const encoding = this.headers?.find(([name]) => name === 'content-encoding')?.[1] ?? null;
    return keepAnswer(encoding, {
      limitBytes: this.keptBytes,
      onRoom: () => {
        if (!this.over && controller.paused) controller.resume();
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
    this.owner.ended(this, this.connection, usable);
    this.resolve(result);
  }

  private failureOf(error: Error): TransportFailure {
    const failure = this.connection.failureOf(error);
    return this.controller === null || this.over ? failure : { ...failure, phase: this.phase() };
  }

  private phase(): FailurePhase {
    if (this.controller === null) return this.connection.stage;
    return this.status === null ? 'request' : 'answer';
  }
}

const closedByOtherSide = new Set(['ECONNRESET', 'EPIPE', 'ECONNABORTED', 'UND_ERR_SOCKET']);

function pairsOf(headers: Record<string, string | string[] | undefined>): [string, string][] {
  const pairs: [string, string][] = [];
  for (const name in headers) {
    const value = headers[name];
    if (typeof value === 'string') pairs.push([name, value]);
    else if (value) for (const each of value) pairs.push([name, each]);
  }
  return pairs;
}
