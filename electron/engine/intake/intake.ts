/** The intake as one part of the engine: the one way in, its listeners, its calls. */
import type { FastifyInstance } from 'fastify';
import type { EndpointState, Sentence } from '../../../shared/domain.ts';
import { endpointStates } from '../../../shared/domain.ts';
import { RelayError } from '../../../shared/errors.ts';
import type { MissedPort, Settings, Situation } from '../../../shared/schemas.ts';
import { sentence } from '../../../shared/sentences/sentence.ts';
import { type EngineContext, type SettingsChange, wallTime } from '../context.ts';
import { closeSoon, listenOn, tryPort, whyNot } from '../listen.ts';
import type { NewEvent } from '../store/events.ts';
import type { SourceTable } from '../store/sources.ts';
import { type Accept, createAccept } from './accept.ts';
import type { DiskWatch } from './disk.ts';
import { createEmitHandler } from './emit.ts';
import { createIntakeServer, type IntakeHttpParts, type SourceDoor } from './http.ts';
import { createLanListener, type LanAddress } from './lan.ts';
import { createMessageLog, type MessageLog } from './message-log.ts';
import { portHolder } from './port-holder.ts';
import { createRefusalCalls } from './refusal-calls.ts';
import { createRefusalLog, type RefusalLog } from './refusal-log.ts';
import { knowsOwnHost } from './request-guard.ts';
import { createSourceAccess, type SourceAccess } from './source-access.ts';
import { createStoring } from './storing.ts';
import { createTakes, type Takes } from './take.ts';

/** The way in for whoever may operate the engine: routes of their own, and where they are found. */
export interface OperatorsWay {
  addRoutes(app: FastifyInstance, accept: Accept): void;
  /** Whether a route is open only to whoever can read the data folder. */
  isOfFolder(route: string): boolean;
  /** Tells where it is, once its listener is open. */
  open(port: number): Promise<void>;
  close(): Promise<void>;
}

export interface IntakeOptions {
  /** Stores an event and its deliveries, inside the running transaction. */
  readonly recordEvent: (event: NewEvent) => unknown;
  readonly disk: DiskWatch;
  /** Whether the database is known to be damaged: what is stored in it then may be found by nobody. */
  readonly isDamaged: () => boolean;
  readonly sources: SourceTable;
  /** What each source's set-up says of what is posted to it. */
  readonly door: SourceDoor;
  /** Wins over the setting, for this run; 0 takes a free port. */
  readonly port?: number;
  /** The command line's way in, which shares the listener on loopback. */
  readonly control: OperatorsWay;
}

export interface Intake {
  readonly handlers: ReturnType<typeof createEmitHandler> & ReturnType<typeof createRefusalCalls>;
  /** Where every source ends, whatever its kind. */
  readonly accept: Accept;
  /** The same for messages of a source that is read, or has a shape. */
  readonly takes: Takes;
  readonly messages: MessageLog;
  readonly refusals: RefusalLog;
  /** Who may post. */
  readonly access: SourceAccess;
  /** `http://127.0.0.1:4780` */
  readonly address: string;
  readonly lan: LanAddress | null;
  /** Why it is not there although it is switched on. */
  readonly lanProblem: Sentence | null;
  /** The port of the settings, while we cannot listen there. */
  readonly missed: MissedPort | null;
  /**
   * Tries out what a change would have us listen on, before it is kept.
   *
   * @throws RelayError `not_possible` where nobody can listen there, with the member
   */
  tryOut(change: SettingsChange): Promise<void>;
  /**
   * Where nobody can listen on the port of the settings, events are taken on a free one until it is free.
   *
   * @param situation what `/status` is told from
   * @throws RelayError `not_possible` where the port that was asked for at the start is taken
   */
  start(situation: () => Promise<Situation>): Promise<void>;
  /** No new requests; those under way are answered. */
  stop(): Promise<void>;
}

const loopback = '127.0.0.1';
/** Wait before a port that was taken is tried again, in milliseconds. */
const portAgainMs = 10_000;
/** Wait before it is asked again who has it, in milliseconds. */
const askWhoAgainMs = 300_000;

export function createIntake(context: EngineContext, options: IntakeOptions): Intake {
  const { settings, logger, clock, mishaps, version } = context;
  const { sources: table, isDamaged } = options;
  const access = createSourceAccess(table);
  const refusals = createRefusalLog(context, table);
  const storing = createStoring({ context, recordEvent: options.recordEvent, sources: table });
  const refuseDamaged = (): void => {
    if (isDamaged()) throw new RelayError('store_unavailable', sentence('problem.store_damaged'));
  };
  const accept = createAccept({ context, storing, sources: table, refuseDamaged });
  const messages = createMessageLog(context);
  const takes = createTakes({ context, storing, sources: table, log: messages, refuseDamaged });
  // Nobody listens before the start, which says it.
  let tellSituation = (): Promise<Situation> => Promise.reject(new Error('the intake was not started'));
  const http: IntakeHttpParts = {
    accept,
    takes,
    door: options.door,
    access,
    refusals,
    disk: options.disk,
    clock,
    logger,
    version,
    sawTest: async ({ no }) => {
      await context.commit.transact(() => table.sawTest(no, wallTime(context.clock)));
      context.changes.touch('sources');
    },
    status: async () => statusOf(await tellSituation()),
    isOfFolder: options.control.isOfFolder,
  };
  const lan = createLanListener(context, http);
  let port = options.port ?? settings.current().intakePort;
  let app: FastifyInstance | null = null;
  let stopListening: (() => void) | null = null;
  let missed: MissedPort | null = null;
  let askedWhoAt = Number.NEGATIVE_INFINITY;
  let cancelRetry = (): void => {};

  async function open(wanted: number): Promise<void> {
    const server = createIntakeServer(http, {
      knowsHost: knowsOwnHost(() => settings.current().intakeHosts),
      statusNeedsToken: false,
    });
    options.control.addRoutes(server, accept);
    try {
      port = await listenOn(server, loopback, wanted, 'intake');
    } catch (error) {
      await server.close();
      throw error;
    }
    const before = app;
    app = server;
    if (port === settings.current().intakePort) missed = null;
    await options.control.open(port);
    if (before) await closeSoon(before);
  }

  /** Opens the port of the settings; where that cannot be, events are taken elsewhere, and it is tried again. */
  async function openWanted(): Promise<void> {
    cancelRetry();
    const wanted = settings.current().intakePort;
    try {
      if (app === null || port !== wanted) await open(wanted);
      else missed = null;
    } catch (error) {
      logger.error({ error: String(error), port: wanted }, 'nobody can listen on the intake port; it is tried again');
      const why = whyNot(error);
      if (missed?.port !== wanted) askedWhoAt = Number.NEGATIVE_INFINITY;
      missed = missed?.port === wanted ? missed : { port: wanted, why, program: null, account: null };
      if (app === null) await open(0);
      if (why === 'taken') mishaps.own('the question who has the intake port', askWho(wanted));
      cancelRetry = clock.after(portAgainMs, () => mishaps.own('the intake port', openWanted()));
    }
    context.changes.touch('situation');
  }

  /** Programs of the system's answer that: not with every try. */
  async function askWho(wanted: number): Promise<void> {
    if (clock.monotonicMs() - askedWhoAt < askWhoAgainMs) return;
    askedWhoAt = clock.monotonicMs();
    const { isRelay, program, account } = await portHolder(wanted);
    if (missed?.port !== wanted) return;
    missed = { port: wanted, why: isRelay ? 'relay' : 'taken', program, account };
    context.changes.touch('situation');
  }

  async function obey(now: Settings, was: Settings): Promise<void> {
    if (now.intakePort !== was.intakePort && options.port === undefined) await openWanted();
    if (JSON.stringify(now.lan) !== JSON.stringify(was.lan)) await lan.apply(now.lan);
  }

  const address = (): string => `http://${loopback}:${port}`;

  return {
    handlers: {
      ...createEmitHandler(accept),
      ...createRefusalCalls({ context, table, refusals, accept }),
    },
    accept,
    takes,
    messages,
    refusals,
    access,
    get address() {
      return address();
    },
    get missed() {
      return missed;
    },
    async tryOut({ intakePort, lan: lanAsked }) {
      const { intakePort: present } = settings.current();
      if (intakePort !== undefined && intakePort !== present && intakePort !== port) {
        await tryPort(loopback, intakePort, 'intake', 'intakePort');
      }
      if (lanAsked !== undefined) await lan.tryOut(lanAsked);
    },
    get lan() {
      return lan.address();
    },
    get lanProblem() {
      return lan.problem();
    },
    async start(situation) {
      tellSituation = situation;
      if (options.port === undefined) await openWanted();
      else await open(port);
      let was = settings.current();
      stopListening = settings.onChange((now) => {
        const before = was;
        was = now;
        context.mishaps.own('what the settings say of the listeners', obey(now, before));
      });
      await lan.apply(was.lan);
    },
    async stop() {
      stopListening?.();
      cancelRetry();
      missed = null;
      await Promise.all([app && closeSoon(app), lan.stop()]);
      app = null;
      await messages.flush();
      await refusals.flush();
      await options.control.close();
    },
  };
}

/** Counts only: whoever is on this PC may read it. */
function statusOf(situation: Situation): object {
  const byState = Object.fromEntries(endpointStates.map((state) => [state, 0])) as Record<EndpointState, number>;
  for (const { state } of situation.endpoints) byState[state] += 1;
  const { waiting, oldestWaitingAt, needsAttention, version, lastEventAt, lastDeliveredAt, connectivity } = situation;
  const text = (at: number | null): string | null => (at === null ? null : new Date(at).toISOString());
  return {
    version,
    queue: { waiting, oldest_waiting_at: text(oldestWaitingAt), needs_attention: needsAttention },
    endpoints: byState,
    last_event_at: text(lastEventAt),
    last_delivered_at: text(lastDeliveredAt),
    connectivity: connectivity.state,
  };
}
