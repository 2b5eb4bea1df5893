/**
 * A test send: a sample of a subscribed event with an id of its own, an attempt without a delivery, to this one
 * endpoint (decision 29). It counts for nothing; a success makes the endpoint fit to be enabled.
 */
import { RelayError } from '../../../shared/api.ts';
import type { AttemptId, UtcMs } from '../../../shared/domain.ts';
import { endpointName } from '../../../shared/endpoint-face.ts';
import type { EventType } from '../../../shared/events.ts';
import { sampleText } from '../../../shared/samples.ts';
import { sentence } from '../../../shared/sentences/sentence.ts';
import type { EngineHandlers } from '../context.ts';
import { judgeHealth } from '../evidence/health.ts';
import { readTrouble } from '../evidence/trouble.ts';
import { createOwnProperty } from '../own-property.ts';
import { type AttemptParts, makeAttempt } from '../sending/attempt.ts';
import { EventToSend } from '../sending/event-to-send.ts';
import type { SigningKeys } from '../sending/signing.ts';
import type { Access } from '../sending/target.ts';
import { type AttemptStore, attemptView, type NewAttempt } from '../store/attempts.ts';
import type { HealthState } from '../store/endpoints.ts';
import { stopWaiting } from './asked-to-wait.ts';
import { type BackAgain, type BackAgainParts, freeing, noteEnd, recover } from './back-again.ts';
import type { EndpointDesk } from './endpoint-desk.ts';

export function createTestSend(
  desk: EndpointDesk,
  attempts: AttemptStore,
  parts: AttemptParts,
  recording: BackAgainParts,
): Pick<EngineHandlers, 'endpoints.test'> {
  const { context, endpoints, secrets, ledger, targets, scheduler } = desk;
  const { clock, ids, commit, settings, recordAct, changes, writer } = context;
  const ownProperty = createOwnProperty(writer, settings);

  return {
    async 'endpoints.test'({ id, event, dataText, next }, actor) {
      const row = desk.findPresent(id);
      const target = targets.get(row.no);
      desk.refusePlainOff(row);
      if (!target?.access) {
        throw new RelayError(
          'secret_unreadable',
          sentence('problem.secret_unreadable_of', { name: endpointName(row) }),
        );
      }
      const type = event ?? (JSON.parse(row.events) as EventType[])[0] ?? 'booking.created';
      const wallMs = Math.round(clock.wallMs());
      const eventId = ids.event(wallMs);
      const toSend = new EventToSend({
        seq: 0,
        id: eventId,
        type,
        propertyId: ownProperty() ?? 'test',
        occurredAt: new Date(wallMs).toISOString(),
        data:
          dataText === undefined ? sampleText(type, false, settings.current().notify.language) : objectText(dataText),
        takenAt: context.time.now(),
      });
      const report = await makeAttempt(parts, {
        id: ids.attempt(wallMs) as AttemptId,
        target,
        access: target.access,
        event: toSend,
        deliverySeq: null,
        deliveryId: null,
        kind: 'test',
        byHand: true,
        ordinal: 1,
        throttledSince: null,
        verifiedIssuer: ledger.get(row.no).verifiedIssuer,
        othersGetThrough: () => false,
        ...(next ? { keys: keysAfterSwitch(target.access, endpointName(row)) } : {}),
      });
      const ok = report.outcome.class === 'delivered';
      const { behaviour } = target;
      const sentBody = report.row.sentBody ?? toSend.unshaped.body;
      const body = behaviour.isShared
        ? toSend.shapedFor(behaviour).body.toString('utf8')
        : Buffer.from(sentBody).toString('utf8');
      const made: NewAttempt = { ...report.row, counts: false, test: { eventId, body } };
      const recovered = await commit.transact(() => {
        attempts.insert(made);
        recordAct(actor, 'endpoints.test', id, { event: type, ok, next });
        // Only for the address that was tested: it may have been changed meanwhile.
        const same = targets.get(row.no)?.access?.url === target.access?.url;
        if (ok && same && next) secrets.setNextTested(row.no, report.endedWall);
        if (ok && same && !next) endpoints.change(row.no, { testedAt: report.endedWall });
        const state = ledger.get(row.no);
        const judged = judgeHealth({
          state,
          kind: 'test',
          outcome: report.outcome,
          delivery: null,
          endedAt: report.endedAt,
          endedWall: report.endedWall,
        });
        if (!ok || next) return false;
        const { startedAt } = report.row;
        const asked = same ? stopWaiting(recording.deliveries, row.no, { ...report, startedAt }) : null;
        // It asked for silence before, and takes what is sent to it now.
        const isOver = asked?.isAfterAll === true || wasAskedBefore(state, startedAt);
        const heldUntil = same && isOver ? null : state.heldUntil;
        const back: BackAgain = { at: report.endedWall, takenSeq: null };
        if (judged.change === 'recovered') {
          if (row.switch !== 'on') return false;
          ledger.put(row.no, recover(recording, row.no, state, { ...judged.state, heldUntil, trouble: null }, back));
          return true;
        }
        // What is behind this address takes what it is sent: it is in no trouble any more, and what failed meanwhile
        // need not wait for its time.
        if (!same) return false;
        if (state.trouble === null) {
          if (heldUntil !== state.heldUntil) ledger.put(row.no, { ...state, heldUntil });
          return false;
        }
        const trouble = readTrouble(state.trouble);
        const free = row.switch === 'on' ? freeing(recording, state, trouble) : {};
        ledger.put(row.no, { ...state, health: 'active', heldUntil, trouble: null, ...free });
        noteEnd(recording, row.no, trouble, back);
        return true;
      });
      if (recovered) scheduler.release(row.no);
      else if (ok && !next) scheduler.refresh(row.no);
      changes.touch('endpoints');
      changes.touch('situation');
      return { ok, attempt: attemptView(made), body, eventId };
    },
  };
}

/** Whether the last that its receiver said before was that it wants less. */
function wasAskedBefore(state: HealthState, startedAt: UtcMs): boolean {
  const trouble = readTrouble(state.trouble);
  return trouble?.kind === 'slow_down' && trouble.lastAt <= startedAt;
}

/** @throws RelayError `bad_input` where it is no JSON object */
function objectText(text: string): string {
  let value: unknown = null;
  try {
    value = JSON.parse(text);
  } catch {
    // Refused below, as what is JSON and no object.
  }
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return text.trim();
  throw new RelayError('bad_input', sentence('problem.data_not_object', { example: '{"booking_id": "bk_1"}' }), {
    member: 'dataText',
  });
}

function keysAfterSwitch({ keys }: Access, name: string): SigningKeys {
  if (keys.next === null) throw new RelayError('conflict', sentence('problem.no_rotation', { name }));
  return { current: keys.next, next: null };
}
