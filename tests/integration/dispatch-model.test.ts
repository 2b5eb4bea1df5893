/**
 * Whatever receivers answer: nothing is lost, nothing goes out twice at once, no more than the limit is in
 * flight, and a delivered event was never overtaken by a later one of its booking that had it still waiting.
 */
import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createChanges } from '../../electron/engine/changes.ts';
import type { EngineContext } from '../../electron/engine/context.ts';
import { createDispatch } from '../../electron/engine/dispatch.ts';
import { openEndpoints } from '../../electron/engine/endpoints/opened.ts';
import { createEngineTime } from '../../electron/engine/engine-time.ts';
import { noMeter } from '../../electron/engine/ports.ts';
import { createRelayPause } from '../../electron/engine/queue/relay-pause.ts';
import type { Sender, SendRequest, SendResult } from '../../electron/engine/sending/sender.ts';
import { createSignedSender } from '../../electron/engine/sending/signed-sender.ts';
import { createAudit } from '../../electron/engine/store/audit.ts';
import { openDatabase } from '../../electron/engine/store/connection.ts';
import { createEventStore } from '../../electron/engine/store/events.ts';
import { createGroupCommit } from '../../electron/engine/store/group-commit.ts';
import { createIdSource } from '../../electron/engine/store/ids.ts';
import { createOutageStore } from '../../electron/engine/store/outages.ts';
import { createSettingsStore } from '../../electron/engine/store/settings.ts';
import type { Actor } from '../../shared/domain.ts';
import { utcMs } from '../../shared/domain.ts';
import { createFakeClock, settled } from '../support/clock.ts';
import { temporaryFolder } from '../support/folder.ts';
import { createCalmLedger, createKeptLog, createTestMishaps, createTestVault } from '../support/ports.ts';

const rejected = () => Promise.reject(new Error('not asked for'));

const actor: Actor = { account: 'tester', surface: 'window' };
const dayMs = 86_400_000;

/** Answers by a script: one status for each request, 200 once it is over; keeps who is in flight. */
function scriptedSender(statuses: readonly number[]) {
  const sent: { readonly booking: string; readonly n: number; readonly status: number }[] = [];
  const open = new Set<string>();
  let most = 0;
  let twice = false;
  const sender: Sender = {
    async send({ headers, body }: SendRequest): Promise<SendResult> {
      const delivery = headers[headers.indexOf('X-RoostSync-Delivery') + 1] ?? '';
      const { data } = JSON.parse(Buffer.from(body).toString('utf8')) as { data: { booking_id: string; n: number } };
      twice ||= open.has(delivery);
      open.add(delivery);
      most = Math.max(most, open.size);
      await settled();
      const status = statuses[sent.length] ?? 200;
      sent.push({ booking: data.booking_id, n: data.n, status });
      open.delete(delivery);
      return {
        ...{ status, responseHeaders: [], responseBody: Buffer.alloc(0), responseTruncated: false, error: null },
        ...{ certificate: null, reused: true, resent: false },
        timings: { dnsMs: null, connectMs: null, tlsMs: null, firstByteMs: 1, totalMs: 1 },
      };
    },
    probe: () => Promise.reject(new Error('nobody asks')),
    closeEndpoint: () => undefined,
    fallsAsleep: () => undefined,
    wakesUp: () => undefined,
    close: () => undefined,
  };
  return { sender, sent, worst: () => ({ most, twice }) };
}

describe('any run', () => {
  it('loses nothing, keeps the order of each booking and its limits', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 1, maxLength: 12 }),
        fc.array(fc.constantFrom(200, 200, 500, 503, 429, 400), { maxLength: 25 }),
        fc.integer({ min: 1, max: 4 }),
        async (bookings, statuses, inFlight) => {
          await using folder = await temporaryFolder();
          const database = openDatabase(folder.path);
          const { writer } = database;
          const clock = createFakeClock();
          const commit = createGroupCommit(writer);
          const recordAct = createAudit(writer, clock);
          const time = createEngineTime(clock, writer);
          const ids = createIdSource();
          const events = createEventStore({ writer, commit, ids, time });
          const settings = createSettingsStore(writer, commit, recordAct, createTestVault());
          const context: EngineContext = {
            ...{
              dataFolder: folder.path,
              version: '1.0.0',
              bootId: randomUUID(),
              clock,
              time,
              ids,
              writer,
              reader: writer,
            },
            ...{
              vault: createTestVault(),
              logger: createKeptLog(),
              meter: noMeter,
              mishaps: createTestMishaps(),
              commit,
              changes: createChanges(clock, () => undefined),
            },
            ...{ push: () => undefined, settings, recordAct },
          };
          const script = scriptedSender(statuses);
          const dispatch = createDispatch(context, {
            ...{
              events,
              sender: createSignedSender(script.sender, { userAgent: 'RoostRelay' }),
              facts: createCalmLedger(),
              outages: createOutageStore(writer),
              chance: () => 0,
            },
            makePreview: () => Promise.reject(new Error('nothing is previewed here')),
            opened: openEndpoints(context),
            pause: createRelayPause(context),
            rowOf: rejected,
            findDeliveries: async () => ({ rows: [], next: null }),
            findPast: { count: rejected, slice: rejected },
            withCounts: async (endpoints) => [...endpoints],
          });
          await dispatch.start();
          const { endpoint } = await dispatch.handlers['endpoints.add'](
            {
              confirmed: false,
              endpoint: {
                ...{
                  kind: 'webhook',
                  url: 'https://hooks.example.com/',
                  events: ['booking.created'],
                  description: '',
                  headers: [],
                },
                ...{ caPem: null, limits: { inFlight, perSecond: 100 }, ordered: true, holdOlderThanHours: null },
              },
            },
            actor,
          );
          await dispatch.handlers['endpoints.enable']({ id: endpoint.id, override: true }, actor);
          for (const [n, booking] of bookings.entries()) {
            await commit.transact(() =>
              events.recordEvent({
                ...{ id: ids.event(clock.wallMs()), sourceNo: null, type: 'booking.created', propertyId: 'p' },
                ...{ entityMember: 'booking_id', entityId: `bk_${booking}`, occurredAt: '2024-03-15T10:30:00Z' },
                ...{ receivedAt: utcMs(clock.wallMs()), data: `{"booking_id":"bk_${booking}","n":${n}}` },
                ...{ summary: {}, guest: null, hints: [], masked: 0 },
              }),
            );
          }
          // The PC sleeps for hours in between: what fell due meanwhile goes out when it wakes.
          for (let hour = 0; hour < 60; hour += 1) {
            clock.sleep(dayMs / 24);
            dispatch.resume();
            for (let turn = 0; turn < 20; turn += 1) await clock.advance(100);
          }
          const states = writer
            .prepare<[], { state: string; failures: number }>('SELECT state, failures FROM deliveries ORDER BY seq')
            .all();
          expect(states).toHaveLength(bookings.length);
          for (const { state, failures } of states) {
            expect(state === 'delivered' || (state === 'needs_attention' && failures >= 6)).toBe(true);
          }
          expect(script.worst().twice).toBe(false);
          expect(script.worst().most).toBeLessThanOrEqual(inFlight);
          for (const [at, { booking, n }] of script.sent.entries()) {
            for (const earlier of [...bookings.keys()].filter((one) => one < n && `bk_${bookings[one]}` === booking)) {
              const before = script.sent.slice(0, at).filter((one) => one.n === earlier);
              expect(before.some(({ status }) => status === 200) || before.length >= 6).toBe(true);
            }
          }
          await dispatch.stop({ graceMs: 0 });
          database.close();
        },
      ),
      { numRuns: 8 },
    );
  });
});
