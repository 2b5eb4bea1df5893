/**
 * Sends mail: one message to one endpoint's server, in the sending thread beside HTTP, and brings back what was seen in
 * the same form. Never throws for trouble on the network; what the server's answer means is its kind's to say.
 */
import type { SecureContext } from 'node:tls';
import { attemptDeadlineMs, type EndpointId } from '../../../../shared/domain.ts';
import type { Clock } from '../../ports.ts';
import { createDeadlines } from '../deadlines.ts';
import type { SendResult } from '../exchange.ts';
import { notSent } from '../not-sent.ts';
import { createSharedLookup } from '../shared-lookup.ts';
import { createSleepWatch, type SleepWatch } from '../sleep-watch.ts';
import { createTrust, type Trust } from '../trust.ts';
import { MailExchange } from './mail-exchange.ts';
import { buildMessage, type MailMessage } from './mail-message.ts';
import type { MailLogin, SmtpSession } from './smtp-session.ts';
import type { MailRoute } from './smtp-way.ts';

export interface MailSenderOptions {
  readonly clock: Clock;
  readonly trust?: Trust;
  /** In all: connect, log in, send, answer. 30 s unless given. */
  readonly deadlineMs?: number;
  /** A server on this very PC may be one without TLS. */
  readonly allowPlainLoopback?: boolean;
  readonly sleep?: SleepWatch;
}

export interface MailRequest {
  readonly endpointId: EndpointId;
  /** `smtps://mail.example.com:465`, or `smtp://mail.example.com:587` for STARTTLS. */
  readonly address: string;
  readonly ownPem: string | null;
  readonly commonPem: string | null;
  readonly login: MailLogin | null;
  readonly message: MailMessage;
}

export interface MailSender {
  /** Sends one message. */
  send(request: MailRequest): Promise<SendResult>;
  /** Lets what is under way finish and forgets the endpoint's sessions. */
  closeEndpoint(endpointId: EndpointId): void;
  fallsAsleep(): void;
  wakesUp(): void;
  /** Ends everything, what is under way as `SHUTDOWN`. */
  close(): void;
}

/** A session that waits for another message is ended after this, in milliseconds. */
const idleMs = 4000;
/** So many messages are remembered that only some of their recipients have. */
const mostPartly = 1000;

interface Idle {
  readonly session: SmtpSession;
  readonly way: string;
  readonly cancel: () => void;
}

export function createMailSender(options: MailSenderOptions): MailSender {
  const { clock, allowPlainLoopback = false } = options;
  const trust = options.trust ?? createTrust();
  const sleep = options.sleep ?? createSleepWatch(clock);
  const deadlineMs = options.deadlineMs ?? attemptDeadlineMs;
  const lookup = createSharedLookup();
  const deadlines = createDeadlines(clock);
  const underWay = new Set<MailExchange>();
  const idle = new Map<EndpointId, Idle>();
  /**
   * Who has a message already that others were refused for now: they do not get it again with the next attempt. Kept in
   * memory: after a restart they do, under the same Message-ID.
   */
  const partly = new Map<string, ReadonlySet<string>>();
  let closed = false;

  function routeOf({ address, ownPem, commonPem }: MailRequest): MailRoute {
    let context: SecureContext | null = null;
    const trusted = () => {
      context ??= trust.contextFor(ownPem, commonPem);
      return context;
    };
    return { address, trust: trusted, lookup, allowPlainLoopback };
  }

  const wayOf = ({ address, ownPem, commonPem, login }: MailRequest): string =>
    JSON.stringify([address, ownPem, commonPem, login]);

  function takeIdle(request: MailRequest): SmtpSession | null {
    const kept = idle.get(request.endpointId);
    if (!kept) return null;
    idle.delete(request.endpointId);
    kept.cancel();
    if (kept.way === wayOf(request) && kept.session.isAlive) return kept.session;
    kept.session.quit();
    return null;
  }

  function keep(request: MailRequest, session: SmtpSession): void {
    if (closed || !session.isAlive || idle.has(request.endpointId)) {
      session.quit();
      return;
    }
    const cancel = clock.after(idleMs, () => {
      idle.delete(request.endpointId);
      session.quit();
    });
    idle.set(request.endpointId, { session, way: wayOf(request), cancel });
  }

  function endIdle(endpointId: EndpointId): void {
    const kept = idle.get(endpointId);
    if (!kept) return;
    idle.delete(endpointId);
    kept.cancel();
    kept.session.quit();
  }

  function remember(key: string, accepted: ReadonlySet<string>, isWhole: boolean): void {
    partly.delete(key);
    if (isWhole || accepted.size === 0) return;
    if (partly.size >= mostPartly) partly.delete(partly.keys().next().value ?? key);
    partly.set(key, accepted);
  }

  async function send(request: MailRequest): Promise<SendResult> {
    const { message } = request;
    const { bytes, from, to } = await buildMessage(message);
    if (closed) return notSent('aborted', 'SHUTDOWN', 'The app is stopping.');
    const key = `${request.endpointId} ${message.messageId}`;
    const have = partly.get(key) ?? new Set();
    return new Promise((resolve) => {
      const exchange: MailExchange = new MailExchange({
        clock,
        deadlineMs,
        sleep,
        route: routeOf(request),
        login: request.login,
        envelope: { from, to: to.filter((one) => !have.has(one)) },
        have,
        bytes,
        session: takeIdle(request),
        onEnd: (result, { accepted, isWhole }, session) => {
          deadlines.remove(exchange);
          underWay.delete(exchange);
          remember(key, new Set([...have, ...accepted]), isWhole);
          if (session !== null) keep(request, session);
          resolve(result);
        },
      });
      underWay.add(exchange);
      deadlines.add(exchange);
      exchange.start();
    });
  }

  return {
    send: (request) =>
      closed ? Promise.resolve(notSent('aborted', 'SHUTDOWN', 'The app is stopping.')) : send(request),
    closeEndpoint: endIdle,
    fallsAsleep: sleep.fallsAsleep,
    wakesUp: sleep.wakesUp,
    close() {
      if (closed) return;
      closed = true;
      for (const exchange of [...underWay]) exchange.abort('SHUTDOWN');
      for (const endpointId of [...idle.keys()]) endIdle(endpointId);
      deadlines.close();
    },
  };
}
