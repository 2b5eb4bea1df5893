/** The engine's parts, built in the order in which they need each other, and their calls put together. */

import type { Result } from '../../shared/api.ts';
import { conditionsOf } from '../../shared/conditions/index.ts';
import type { Actor, EndpointId } from '../../shared/domain.ts';
import { endpointName } from '../../shared/endpoint-face.ts';
import { RelayError } from '../../shared/errors.ts';
import { headlineOf } from '../../shared/headline.ts';
import { checksOf } from '../../shared/internet-check.ts';
import type { Situation } from '../../shared/schemas.ts';
import { sentence } from '../../shared/sentences/sentence.ts';
import { weekNotice } from '../../shared/week-notice.ts';
import { createBench } from './bench/bench.ts';
import type { EngineContext, EngineHandlers } from './context.ts';
import { createControl } from './control/control.ts';
import { createWindowSessions } from './control/window-sessions.ts';
import { createDispatch } from './dispatch.ts';
import { createDoctor } from './doctor/doctor.ts';
import { watchOpenFiles } from './doctor/open-files.ts';
import { watchRights } from './doctor/rights-watch.ts';
import { rulesOf } from './endpoints/endpoint-rules.ts';
import { openEndpoints } from './endpoints/opened.ts';
import { createWays } from './endpoints/ways.ts';
import type { EngineOptions } from './engine.ts';
import { createLedger } from './evidence/ledger.ts';
import { createNetworkMemory } from './evidence/network-memory.ts';
import { createOutageBook } from './evidence/outage-book.ts';
import { createPcBook } from './evidence/pc-book.ts';
import { createTryNow } from './evidence/try-now.ts';
import { exportsFolder } from './export/export.ts';
import { createDiskWatch, freeSpaceOf } from './intake/disk.ts';
import { createIntake } from './intake/intake.ts';
import { ownAddresses } from './intake/own-addresses.ts';
import { createLock } from './lock/lock.ts';
import { createSituation, withEndpointFacts, withSourceFacts } from './log/situation/situation.ts';
import { createLog } from './log.ts';
import { createNoticeEvents } from './notices/as-events.ts';
import { createNotices } from './notices/notices.ts';
import { createWeekEvents } from './notices/week-event.ts';
import { createOutageKeeper } from './outage-keeper.ts';
import { createOwnProperty } from './own-property.ts';
import type { NoticeSurface } from './ports.ts';
import { refuseBroadRules, refuseIdleRules } from './privacy/members.ts';
import { createRelayPause } from './queue/relay-pause.ts';
import { createReading } from './reading.ts';
import { askProbe } from './sending/ask-probe.ts';
import { createCommonTrust } from './sending/common-trust.ts';
import { createProxyChoice } from './sending/proxy/proxy.ts';
import type { SignedSender } from './sending/signed-sender.ts';
import { parseCommonTrust, trustedCertificates } from './sending/trust.ts';
import { createSources, type Sources } from './sources/sources.ts';
import { isDamage, isUsedUp } from './store/connection.ts';
import type { PlaceWatch } from './store/damage/in-place.ts';
import type { StoreWatch } from './store/damage/store-trouble.ts';
import { createEventStore } from './store/events.ts';
import { createJobStore, leavesWhole } from './store/jobs.ts';
import { createOutageStore } from './store/outages.ts';
import { reusableBytes, type Shrinking } from './store/shrinking.ts';
import { createSourceTable } from './store/sources.ts';
import { createSupport } from './support/support.ts';
import { withinDays } from './upkeep/retention-days.ts';

export interface PartsOptions extends EngineOptions {
  readonly sender: SignedSender;
  /** The last process did not close the database. */
  readonly uncleanStop: boolean;
  /** Whether the database gives room back. */
  readonly shrinking: Shrinking;
  /** Whether the database is the file that it was. */
  readonly place: Pick<PlaceWatch, 'look' | 'handle'>;
  /** Whether it can be written. */
  readonly store: Pick<StoreWatch, 'current'>;
  readonly callUnparsed: (name: string, input: unknown, actor: Actor) => Promise<Result<unknown>>;
}

export function createParts(context: EngineContext, options: PartsOptions) {
  const { clock, time, ids, writer, commit, settings, vault, changes, push } = context;
  const { allowPlainLoopback = false, chance = Math.random, sender } = options;
  const sourceTable = createSourceTable(writer);
  const events = createEventStore({ writer, commit, ids, time, rulesOf });
  const disk = createDiskWatch(context, freeSpaceOf(context.dataFolder), {
    reusableBytes: () => reusableBytes(writer),
    trouble: () => options.store.current()?.kind ?? null,
    isSound: () => options.place.look() === 'ok' && !log.isDamaged(),
  });
  const rights = watchRights(context);
  const openFiles = watchOpenFiles(context);
  const pause = createRelayPause(context);
  const opened = openEndpoints(context);
  const proxies = createProxyChoice({
    settings,
    clock,
    logger: context.logger,
    own: context.mishaps.own,
    system: options.systemProxy,
  });
  const trust = createCommonTrust({
    settings,
    clock,
    logger: context.logger,
    own: context.mishaps.own,
    system: options.systemRoots,
  });
  const ways = createWays(opened.targets, proxies, settings);
  const outages = createOutageStore(writer);
  const ledger = createLedger({
    context,
    ways: ways.current,
    disk: disk.current,
    book: createOutageBook(context, outages),
    proxyFrom: proxies.from,
    memory: createNetworkMemory(context),
    ...(options.network === undefined ? {} : { network: options.network }),
    probes: {
      checks: () => checksOf(settings.current().internetCheck),
      ask: (check) => askProbe({ clock, sender, proxies }, check),
    },
  });
  // Those that are gone take what was known of their hosts with them.
  ways.onChange(ledger.waysChanged);
  const reading = createReading(context, {
    file: options.readerThread,
    pausedUntil: pause.until,
    facts: ledger.facts,
    place: options.place,
  });
  const dispatch = createDispatch(context, {
    events,
    opened,
    pause,
    sender,
    facts: ledger,
    outages,
    chance,
    allowPlainLoopback,
    proxies,
    trust,
    withCounts: async (endpoints) => withEndpointFacts(endpoints, await reading.counted()),
    rowOf: (id) => reading.call('deliveries.get', { id }),
    makePreview: (asked) => reading.call('preview.make', asked),
    findPast: {
      count: (request) => reading.call('past.count', request),
      slice: (request, afterSeq, limit) => reading.call('past.slice', { request, afterSeq, limit }),
    },
    findDeliveries: (page) => reading.call('deliveries.list', page),
  });
  const outageKeeper = createOutageKeeper(context, outages, () => reading.call('outages.tallies', null));
  const pc = createPcBook({
    context,
    isSending: () => ledger.isOpen() && pause.until() === null,
    dueEvents: dispatch.dueEvents,
  });
  const log = createLog(context, {
    reading,
    uncleanStop: options.uncleanStop,
    shrinking: options.shrinking,
    place: options.place,
    store: options.store,
    forgottenDeliveries: dispatch.forgotten,
    // These are made further down, and before a forgetting begins.
    bench: { count: (isSuch) => bench.count(isSuch), forget: (isSuch) => bench.forget(isSuch) },
    unquoteNotices: async (withoutWords) => {
      for (const outlet of [notices, noticesOut]) await outlet.unquote(withoutWords);
    },
  });
  commit.onFailure((reason) => {
    if (isDamage(reason)) log.foundDamage();
    if (isUsedUp(reason)) openFiles.look();
  });
  reading.onDamage(log.foundDamage);
  log.jobs.register('resend', dispatch.resendControl);
  log.jobs.register('past', dispatch.pastControl);
  let proxyBefore = settings.proxyAddress();
  settings.onChange(() => {
    const proxyNow = settings.proxyAddress();
    if (proxyNow !== proxyBefore) ledger.proxyChanged();
    proxyBefore = proxyNow;
    changes.touch('settings');
    // It has the property's own, its time zone and its currency.
    changes.touch('situation');
  });
  const bench = createBench({
    clock,
    mishaps: context.mishaps,
    endpoints: dispatch.benchEndpoints,
    takenLately: async (id) => (await reading.call('endpoints.statistics', { id })).delivered,
    arrived: (request) => push({ name: 'benchRequest', payload: request }),
    changed: () => changes.touch('bench'),
  });
  const control = createControl(context, {
    callUnparsed: options.callUnparsed,
    exportStream: log.exportStream,
    ...(options.openWindow === undefined ? {} : { openWindow: options.openWindow }),
    ...(options.giveWay === undefined ? {} : { giveWay: options.giveWay }),
  });
  const intake = createIntake(context, {
    disk,
    isDamaged: log.isDamaged,
    control,
    recordEvent: events.recordEvent,
    sources: sourceTable,
    // Made right after, and before anything can come.
    door: {
      admit: (...of) => sources.door.admit(...of),
      readingOf: (source) => sources.door.readingOf(source),
      signsIds: (source) => sources.door.signsIds(source),
    },
    ...(options.intakePort === undefined ? {} : { port: options.intakePort }),
  });
  const sources: Sources = createSources({
    context,
    table: sourceTable,
    accept: intake.accept,
    takes: intake.takes,
    refuseNearlyFull: disk.refuseNearlyFull,
    log: intake.messages,
    access: intake.access,
    refusals: intake.refusals,
    sourceThread: options.sourceThread,
    endpointNos: (ids) =>
      ids.map((id) => {
        const row = opened.endpoints.byId(id);
        if (row) return row.no;
        throw new RelayError('not_found', sentence('problem.no_such_endpoint'), { member: 'notTo' });
      }),
    withCounts: async (shown) => withSourceFacts(shown, await reading.counted()),
    address: () => intake.address,
  });
  const present = createSituation(context, {
    pausedUntil: pause.until,
    facts: ledger.facts,
    connectivity: ledger.connectivity,
    internet: ledger.sight,
    clock: ledger.clock,
    disk: disk.current,
    closed: () => [...rights.current()],
    openFiles: openFiles.current,
    vault: () => ({ state: vault.state, unreadable: dispatch.unreadable() }),
    pc: () => ({ ...pc.facts(), loginItemWorks }),
    database: log.database,
    exportsAway: log.exportsAway,
    upkeepUndone: log.upkeepUndone,
    intake: () => ({ address: intake.address, missed: intake.missed, lan: intake.lan, lanProblem: intake.lanProblem }),
    endpoints: dispatch.endpointViews,
    // What is kept of a revoked one, and its files that nobody could read, still wait for a person.
    sources: () =>
      sources
        .list(true)
        .filter(({ revokedAt, kept, health }) => revokedAt === null || kept > 0 || health.files?.rejected != null),
    counted: reading.counted,
  });
  /** As the desktop said when it last looked. */
  let loginItemWorks: boolean | null = null;
  let latest: { readonly situation: Situation; readonly atMs: number } | null = null;
  async function situation(): Promise<Situation> {
    const now = await present();
    latest = { situation: now, atMs: clock.monotonicMs() };
    return now;
  }
  /** A desktop that has just drawn its tray says so: its toast says the same, and nothing is counted twice. */
  const recentSituation = async (): Promise<Situation> =>
    latest !== null && clock.monotonicMs() - latest.atMs < recentMs ? latest.situation : situation();
  const notices = createNotices(context, { situation: recentSituation, go: options.notices });
  const ownProperty = createOwnProperty(writer, settings);
  const noticesOut = createNotices(context, {
    situation: recentSituation,
    go: 'events',
    events: createNoticeEvents({
      recordEvent: events.recordEvent,
      wanting: events.wanting,
      endpointOf: (id) => {
        const row = opened.endpoints.byId(id as EndpointId);
        return row && { no: row.no, name: endpointName(row) };
      },
      propertyId: () => ownProperty() ?? 'property',
      settings: settings.current,
      nextId: ids.event,
      wallMs: clock.wallMs,
    }),
  });
  const weekEvents = createWeekEvents(context, {
    recordEvent: events.recordEvent,
    wanting: events.wanting,
    propertyId: () => ownProperty() ?? 'property',
    lastWeek: async () =>
      weekNotice(
        await log.handlers['week.report']({ back: 1 }, { account: '', surface: 'engine' }),
        settings.current(),
      ),
  });
  const windowSessions = createWindowSessions(context);
  const jobTable = createJobStore(writer);
  const lock = createLock(context, {
    headline: async () => headlineNow(await recentSituation()),
    leavesWhole: (id) => leavesWhole(jobTable.get(id)),
  });
  const doctor = createDoctor(context, {
    situation,
    lookAtRights: rights.look,
    lookAtOpenFiles: openFiles.look,
    lanProblem: () => intake.lanProblem,
    mishaps: context.mishaps.seen,
    mishapsOfDesktop: options.mishapsOfDesktop ?? (() => null),
  });

  const support = createSupport(context, {
    startThread: reading.stream,
    situation,
    doctor: async () => doctor['doctor.run']({}, { account: 'engine', surface: 'engine' }),
    place: exportsFolder(context.dataFolder),
  });

  const handlers: EngineHandlers = {
    ...dispatch.handlers,
    ...reading.handlers,
    ...log.handlers,
    ...intake.handlers,
    ...sources.handlers,
    ...bench.handlers,
    ...doctor,
    ...support,
    ...windowSessions.handlers,
    ...lock.handlers,
    ...createTryNow(context, ledger, ways.current),
    'situation.get': situation,
    'settings.get': () => settings.current(),
    'settings.certificates': () => trustedCertificates(settings.current().caPem),
    'settings.addresses': () => ownAddresses(),
    'settings.change': async ({ change }, actor) => {
      const { caPem } = change;
      refuseIdleRules(change.privacyRules ?? [], settings.current().privacyRules);
      refuseBroadRules(change.privacyRules ?? [], settings.current().privacyRules);
      const kept = withinDays(change, settings.current());
      const checked = caPem ? { ...kept, caPem: parseCommonTrust(caPem).pem } : kept;
      await intake.tryOut(checked);
      const changed = await settings.change(checked, actor);
      if (change.plainLoopback !== undefined) await dispatch.bringPlainInLine();
      return changed;
    },
  };

  return {
    handlers,
    windowSessions,
    lock,
    dispatch,
    intake,
    notices: {
      look(surface: NoticeSurface) {
        const now = surface.loginItemWorks ?? null;
        if (now !== loginItemWorks) changes.touch('situation');
        loginItemWorks = now;
        notices.look(surface);
      },
      changed() {
        notices.changed();
        noticesOut.changed();
      },
    },
    /** The machine goes to sleep. */
    suspend(): void {
      pc.fallsAsleep();
      lock.screens();
      dispatch.suspend();
    },
    resume(): void {
      pc.wakesUp();
      dispatch.resume();
    },
    async start(actor: Actor): Promise<void> {
      await lock.open();
      await bench.recover(actor);
      ledger.watch();
      // Whoever gives way was started with the system.
      await pc.started(options.giveWay !== undefined);
      await dispatch.start();
      reading.start();
      log.start();
      outageKeeper.start();
      weekEvents.start();
      await disk.look();
      await sources.start();
      await intake.start(situation);
      notices.changed();
      noticesOut.changed();
    },
    /** No more events first, then what is under way, then what only reads. */
    async stop(graceMs: number): Promise<void> {
      disk.stop();
      rights.stop();
      openFiles.stop();
      ledger.stop();
      await notices.stop();
      await noticesOut.stop();
      await weekEvents.stop();
      await sources.stop();
      await intake.stop();
      await bench.close();
      await dispatch.stop({ graceMs });
      await outageKeeper.stop();
      await log.stop();
      await reading.stop();
    },
  };
}

/** An answer shows that the engine runs; of what the desktop around it knows, what it told. */
const headlineNow = (situation: Situation) =>
  headlineOf(situation, conditionsOf(situation, { engine: 'running', engineProblem: null, keepAwake: null }));

/** For so long a situation is taken for the present one by what follows right after, in milliseconds. */
const recentMs = 2_000;
