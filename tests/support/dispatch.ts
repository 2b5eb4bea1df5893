/** Dispatch by itself on a real database: no listener, no thread, a fake clock, and a sender that a test makes. */
import { randomUUID } from 'node:crypto';
import { createChanges } from '../../electron/engine/changes.ts';
import type { EngineContext } from '../../electron/engine/context.ts';
import { createDispatch } from '../../electron/engine/dispatch.ts';
import { openEndpoints } from '../../electron/engine/endpoints/opened.ts';
import { createEngineTime } from '../../electron/engine/engine-time.ts';
import { createPastEvents } from '../../electron/engine/log/past-events.ts';
import type { Vault } from '../../electron/engine/ports.ts';
import { noMeter } from '../../electron/engine/ports.ts';
import { createRelayPause } from '../../electron/engine/queue/relay-pause.ts';
import type { Sender, SendResult } from '../../electron/engine/sending/sender.ts';
import { createSignedSender } from '../../electron/engine/sending/signed-sender.ts';
import { createAudit } from '../../electron/engine/store/audit.ts';
import { openDatabase } from '../../electron/engine/store/connection.ts';
import { createEventStore } from '../../electron/engine/store/events.ts';
import { createGroupCommit } from '../../electron/engine/store/group-commit.ts';
import { createIdSource } from '../../electron/engine/store/ids.ts';
import { createOutageStore } from '../../electron/engine/store/outages.ts';
import { createSettingsStore } from '../../electron/engine/store/settings.ts';
import type { Actor, DeliveryId } from '../../shared/domain.ts';
import { utcMs } from '../../shared/domain.ts';
import { type FakeClock, settled } from './clock.ts';
import { createCalmLedger, createKeptLog, createTestMishaps, createTestVault } from './ports.ts';

export const dispatchActor: Actor = { account: 'tester', surface: 'window' };

const rejected = () => Promise.reject(new Error('not asked for'));

/** An answer with this status and nothing else in it. */
export const answeredWith = (status: number): SendResult => ({
  ...{ status, responseHeaders: [], responseBody: Buffer.alloc(0), responseTruncated: false, error: null },
  ...{ certificate: null, reused: true, resent: false },
  timings: { dnsMs: null, connectMs: null, tlsMs: null, firstByteMs: 1, totalMs: 1 },
});

/** A sender of which only what it answers is the test's. */
export const senderOf = (send: Sender['send']): Sender => ({
  send,
  probe: () => Promise.reject(new Error('nobody asks')),
  closeEndpoint: () => undefined,
  fallsAsleep: () => undefined,
  wakesUp: () => undefined,
  close: () => undefined,
});

export interface DispatchStand {
  readonly folder: string;
  readonly clock: FakeClock;
  readonly sender: Sender;
  /** The same one for a folder that is opened again. */
  readonly vault?: Vault;
}

export function openDispatch({ folder, clock, sender, vault = createTestVault() }: DispatchStand) {
  const database = openDatabase(folder);
  const { writer } = database;
  const commit = createGroupCommit(writer);
  const recordAct = createAudit(writer, clock);
  const time = createEngineTime(clock, writer);
  const ids = createIdSource();
  const events = createEventStore({ writer, commit, ids, time });
  const settings = createSettingsStore(writer, commit, recordAct, vault);
  const context: EngineContext = {
    ...{ dataFolder: folder, version: '1.0.0', bootId: randomUUID(), clock, time, ids, writer, reader: writer },
    ...{ vault, logger: createKeptLog(), meter: noMeter, mishaps: createTestMishaps(), commit },
    ...{ changes: createChanges(clock, () => undefined), push: () => undefined, settings, recordAct },
  };
  const past = createPastEvents(writer);
  const newestFirst = writer
    .prepare<[number, number], DeliveryId>('SELECT id FROM deliveries ORDER BY seq DESC LIMIT ? OFFSET ?')
    .pluck();
  const dispatch = createDispatch(context, {
    ...{ events, sender: createSignedSender(sender, { userAgent: 'RoostRelay' }), facts: createCalmLedger() },
    ...{ outages: createOutageStore(writer), chance: () => 0, opened: openEndpoints(context) },
    makePreview: () => Promise.reject(new Error('nothing is previewed here')),
    pause: createRelayPause(context),
    rowOf: rejected,
    async findDeliveries({ cursor = '0', limit }) {
      const rows = newestFirst.all(limit, Number(cursor)).map((id) => ({ id }));
      return { rows, next: rows.length === limit ? String(Number(cursor) + limit) : null };
    },
    findPast: {
      count: (request) => past.count(request, settled),
      slice: async (request, afterSeq, limit) => past.slice(request, afterSeq, limit),
    },
    withCounts: async (endpoints) => [...endpoints],
  });

  return {
    ...{ database, writer, commit, context, dispatch },
    /** An endpoint that is on, of everything that is said of bookings. @returns its id */
    async addEndpoint(inFlight: number) {
      const { endpoint } = await dispatch.handlers['endpoints.add'](
        {
          confirmed: false,
          endpoint: {
            ...{ kind: 'webhook', url: 'https://hooks.example.com/', events: ['booking.created'], description: '' },
            ...{ headers: [], caPem: null, limits: { inFlight, perSecond: 100 }, ordered: true },
            holdOlderThanHours: null,
          },
        },
        dispatchActor,
      );
      await dispatch.handlers['endpoints.enable']({ id: endpoint.id, override: true }, dispatchActor);
      return endpoint.id;
    },
    /** What is said of bookings, as (number, booking); all of it or nothing is stored. */
    said: (said: readonly (readonly [n: number, booking: number])[]) =>
      commit.transact(() => {
        for (const [n, booking] of said) {
          events.recordEvent({
            ...{ id: ids.event(clock.wallMs()), sourceNo: null, type: 'booking.created', propertyId: 'p' },
            ...{ entityMember: 'booking_id', entityId: `bk_${booking}`, occurredAt: '2024-03-15T10:30:00Z' },
            ...{ receivedAt: utcMs(clock.wallMs()), data: `{"booking_id":"bk_${booking}","n":${n}}` },
            ...{ summary: {}, guest: null, hints: [], masked: 0 },
          });
        }
      }),
  };
}
