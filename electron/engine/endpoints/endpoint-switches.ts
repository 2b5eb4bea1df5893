/** Endpoints switched: enabled, paused, removed and brought back; and what waits sent at a person's word. */
import { type CallOutput, RelayError } from '../../../shared/api.ts';
import { attemptDeadlineMs, type Sentence, type UtcMs, utcMs } from '../../../shared/domain.ts';
import { endpointName } from '../../../shared/endpoint-face.ts';
import { sentence } from '../../../shared/sentences/sentence.ts';
import type { EngineHandlers } from '../context.ts';
import type { AttemptEnd } from '../sending/attempt.ts';
import { type DeliveryFacts, neverDue, tooOld, turns } from '../store/deliveries.ts';
import type { EndpointRow } from '../store/endpoints.ts';
import { urlContext } from '../store/endpoints.ts';
import { refuseSameAddress } from './address-questions.ts';
import type { EndpointDesk } from './endpoint-desk.ts';
import { optionsOf } from './endpoint-options.ts';

export type EndpointSwitches = Pick<
  EngineHandlers,
  | 'endpoints.enable'
  | 'endpoints.pause'
  | 'endpoints.resume'
  | 'endpoints.remove'
  | 'endpoints.restore'
  | 'endpoints.tryNow'
  | 'endpoints.sendWaiting'
>;

/** So many deliveries are cancelled or brought back in one transaction. */
const stepRows = 200;
/** What waits is counted up to here for an answer. */
const mostCounted = 100_000;

/** How long a person who tries waits for what comes of it, in milliseconds: a little longer than an attempt may take. */
const answeredWithinMs = attemptDeadlineMs + 5_000;

/** What came of a try by hand, or why there was none. */
function triedView(
  delivery: DeliveryFacts | null,
  came: AttemptEnd | null,
  closed: 'held' | 'offline' | 'too_old' | null,
  name: string,
): Pick<CallOutput<'endpoints.tryNow'>, 'tried' | 'says'> {
  if (delivery !== null && came !== null) {
    return { tried: { deliveryId: delivery.id, outcome: came.class }, says: came.sentence };
  }
  const held = heldBy(delivery === null ? 'nothing_waits' : closed, name);
  if (held !== null) return { tried: null, says: held };
  return { tried: null, says: sentence('problem.try_unanswered', { name }) };
}

/** Why nothing goes out at a person's word. */
function heldBy(why: 'nothing_waits' | 'held' | 'offline' | 'too_old' | null, name: string): Sentence | null {
  switch (why) {
    case 'nothing_waits':
      return sentence('problem.try_nothing_waits', { name });
    case 'held':
      return sentence('problem.try_all_paused', { name });
    case 'offline':
      return sentence('problem.try_offline', { name });
    case 'too_old':
      return sentence('problem.try_too_old', { name });
    case null:
      return null;
  }
}

export interface EndpointSwitchboard {
  readonly handlers: EndpointSwitches;
  /** Inside the sweep: pauses that are over end, and removals that a restart interrupted go on. */
  upkeep(): Promise<void>;
}

export function createEndpointSwitches(desk: EndpointDesk, newestSeq: () => number): EndpointSwitchboard {
  const { context, endpoints, deliveries, ledger, scheduler, targets } = desk;
  const { commit, time, recordAct, changes } = context;

  function requireOn(row: EndpointRow): void {
    if (row.switch === 'on') return;
    const name = endpointName(row);
    throw new RelayError(
      'conflict',
      row.switch === 'draft'
        ? sentence('problem.endpoint_draft', { name })
        : sentence('problem.endpoint_paused', { name }),
    );
  }

  /** The oldest untried one that waits for no other of its entity, among the first few. */
  function freeUntried(row: EndpointRow, now: UtcMs): DeliveryFacts | undefined {
    const { ordered } = optionsOf(row).options;
    return [turns.untried, turns.last]
      .flatMap((turn) => deliveries.due(row.no, turn, now, stepRows))
      .find(({ orderKey, seq }) => !ordered || orderKey === null || !deliveries.hasAhead(row.no, orderKey, seq));
  }

  /** Endpoints whose deliveries are being brought back. */
  const restoring = new Set<number>();

  /** In steps, so that a long queue holds nothing up; goes on after a restart (`upkeep`), and ends with the removal. */
  async function cancelWaiting(endpointNo: number): Promise<number> {
    let cancelled = 0;
    for (let more = true; more; ) {
      const step = await commit.transact(() => {
        if (restoring.has(endpointNo) || endpoints.byNo(endpointNo)?.switch !== 'removed') return 0;
        const some = deliveries.someWaiting(endpointNo, stepRows);
        for (const { seq, dueAt } of some) {
          deliveries.setState(seq, 'cancelled', 'endpoint_removed', dueAt, desk.now());
        }
        return some.length;
      });
      cancelled += step;
      more = step === stepRows;
    }
    changes.touch('deliveries');
    return cancelled;
  }

  async function bringBack(endpointNo: number): Promise<void> {
    for (let more = true; more; ) {
      more = await commit.transact(() => {
        const some = deliveries.someCancelled(endpointNo, 'endpoint_removed', stepRows);
        for (const { seq, dueAt, createdAt } of some) {
          const due = dueAt === neverDue ? utcMs(Math.min(createdAt, time.now())) : dueAt;
          deliveries.setState(seq, 'waiting', null, due, null);
        }
        return some.length === stepRows;
      });
    }
    changes.touch('deliveries');
  }

  const handlers: EndpointSwitches = {
    async 'endpoints.enable'({ id, override }, actor) {
      const row = desk.findPresent(id);
      if (row.switch === 'on') return desk.view(id);
      desk.refusePlainOff(row);
      if (row.testedAt === null && !override) {
        throw new RelayError('not_tested', sentence('problem.endpoint_not_tested', { name: endpointName(row) }));
      }
      if (targets.get(row.no)?.access === null) {
        throw new RelayError(
          'secret_unreadable',
          sentence('problem.secret_unreadable_of', { name: endpointName(row) }),
        );
      }
      return desk.act(actor, 'endpoints.enable', row, { override: override && row.testedAt === null }, () =>
        endpoints.change(row.no, { switch: 'on', pausedUntil: null, pausedBy: null }),
      );
    },

    async 'endpoints.pause'({ id, until }, actor) {
      const row = desk.findPresent(id);
      if (row.switch === 'draft')
        throw new RelayError('conflict', sentence('problem.endpoint_draft', { name: endpointName(row) }));
      return desk.act(actor, 'endpoints.pause', row, { until }, () =>
        endpoints.change(row.no, { switch: 'paused', pausedUntil: until, pausedBy: actor.account }),
      );
    },

    async 'endpoints.resume'({ id }, actor) {
      const row = desk.findPresent(id);
      if (row.switch === 'on') return desk.view(id);
      if (row.switch === 'draft')
        throw new RelayError('conflict', sentence('problem.endpoint_draft', { name: endpointName(row) }));
      desk.refusePlainOff(row);
      return desk.act(actor, 'endpoints.resume', row, {}, () =>
        endpoints.change(row.no, { switch: 'on', pausedUntil: null, pausedBy: null }),
      );
    },

    async 'endpoints.remove'({ id }, actor) {
      const row = desk.findPresent(id);
      await desk.act(actor, 'endpoints.remove', row, {}, () =>
        endpoints.change(row.no, { switch: 'removed', switchBefore: row.switch, removedAt: desk.now() }),
      );
      return { cancelled: await cancelWaiting(row.no) };
    },

    async 'endpoints.restore'({ id, confirmed }, actor) {
      const row = desk.find(id);
      if (row.switch !== 'removed')
        throw new RelayError('conflict', sentence('problem.endpoint_not_removed', { name: endpointName(row) }));
      if (restoring.has(row.no))
        throw new RelayError('conflict', sentence('problem.endpoint_not_removed', { name: endpointName(row) }));
      desk.refusePlainOff(row);
      if (!confirmed) refuseSameAddress(desk, id, context.vault.open(row.benchUrl ?? row.url, urlContext(id)));
      restoring.add(row.no);
      try {
        await bringBack(row.no);
        const view = await desk.act(actor, 'endpoints.restore', row, {}, () =>
          endpoints.change(row.no, { switch: row.switchBefore ?? 'paused', switchBefore: null, removedAt: null }),
        );
        scheduler.refresh(row.no);
        return view;
      } finally {
        restoring.delete(row.no);
      }
    },

    async 'endpoints.tryNow'({ id }, actor) {
      const row = desk.findPresent(id);
      requireOn(row);
      const closed = scheduler.closedBy(row.no);
      const found: { delivery: DeliveryFacts | null; end: Promise<AttemptEnd | null> } = {
        delivery: null,
        end: Promise.resolve(null),
      };
      await desk.act(actor, 'endpoints.tryNow', row, {}, () => {
        const now = time.now();
        const health = ledger.get(row.no);
        const failing = health.health === 'failing';
        const trial = failing ? (freeUntried(row, now) ?? deliveries.oldestUsedUp(row.no)) : null;
        const tried = trial ?? deliveries.oldestWaiting(row.no);
        // A retry goes ahead of its time where nothing else would go out.
        if (tried && !trial && tried.dueAt > now) {
          deliveries.setDue(tried.seq, utcMs(Math.min(deliveries.get(tried.seq)?.createdAt ?? now, now)), null);
        }
        ledger.put(row.no, { ...health, heldUntil: null, nextTrialAt: failing ? now : null });
        found.delivery = tried;
        if (tried && closed === null) found.end = scheduler.nextEnd(tried.seq, answeredWithinMs);
      });
      scheduler.retryNow(row.no);
      const came = await found.end;
      const isHeld = found.delivery !== null && deliveries.get(found.delivery.seq)?.reason === tooOld;
      return {
        ...(await desk.view(id)),
        ...triedView(found.delivery, came, isHeld ? 'too_old' : closed, endpointName(row)),
      };
    },

    async 'endpoints.sendWaiting'({ id }, actor) {
      const row = desk.findPresent(id);
      requireOn(row);
      const waiting = deliveries.countWaiting(row.no, mostCounted);
      await desk.act(actor, 'endpoints.sendWaiting', row, { deliveries: waiting }, () => {
        const health = ledger.get(row.no);
        const nextTrialAt = health.health === 'failing' ? time.now() : null;
        ledger.put(row.no, {
          ...health,
          heldUntil: null,
          nextTrialAt,
          releaseTo: newestSeq(),
          releaseIncident: null,
          releaseMark: null,
        });
      });
      scheduler.retryNow(row.no);
      scheduler.release(row.no);
      return {
        deliveries: waiting,
        held: heldBy(waiting === 0 ? 'nothing_waits' : scheduler.closedBy(row.no), endpointName(row)),
      };
    },
  };

  return {
    handlers,
    async upkeep() {
      const wall = desk.now();
      for (const target of targets.all()) {
        if (target.switch === 'paused' && target.pausedUntil !== null && target.pausedUntil <= wall) {
          await endPause(target.no, target.pausedUntil);
        } else if (target.switch === 'removed' && deliveries.someWaiting(target.no, 1).length > 0) {
          await cancelWaiting(target.no);
        }
      }
    },
  };

  async function endPause(endpointNo: number, until: UtcMs): Promise<void> {
    const row = endpoints.byNo(endpointNo);
    if (!row) return;
    await commit.transact(() => {
      endpoints.change(endpointNo, { switch: 'on', pausedUntil: null, pausedBy: null });
      recordAct({ account: '', surface: 'engine' }, 'endpoints.resume', row.id, { until });
    });
    targets.reload(endpointNo);
    changes.touch('endpoints');
    changes.touch('deliveries');
    changes.touch('situation');
  }
}
