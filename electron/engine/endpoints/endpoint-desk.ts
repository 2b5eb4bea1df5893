/** What the acts on endpoints share: finding one, sealing what is secret, and telling everybody of a change. */
import { RelayError } from '../../../shared/api.ts';
import type { Actor, EndpointId, UtcMs } from '../../../shared/domain.ts';
import { endpointName } from '../../../shared/endpoint-face.ts';
import type { Endpoint } from '../../../shared/schemas.ts';
import { sentence } from '../../../shared/sentences/sentence.ts';
import { type EngineContext, wallTime } from '../context.ts';
import type { AttemptEnd } from '../sending/attempt.ts';
import type { DeliveryStore } from '../store/deliveries.ts';
import type { EndpointRow, EndpointStore } from '../store/endpoints.ts';
import type { EventStore } from '../store/events.ts';
import { type SecretRole, type SecretStore, secretContext } from '../store/secrets.ts';
import { secretTail } from './endpoint-address.ts';
import { endpointView, isPlainRow } from './endpoint-view.ts';
import type { HealthLedger } from './health-ledger.ts';
import { type Targets, unreadableParts } from './targets.ts';

/** What the acts on endpoints ask of the queue; it has more to give (`queue/scheduler.ts`). */
export interface QueueHandle {
  /** What memory holds of an endpoint's queue is read again: its deliveries were changed. */
  refresh(endpointNo: number): void;
  /** Tries at once, whatever trouble made it wait: a person said so. */
  retryNow(endpointNo: number): void;
  /**
   * Resolves with what comes of a delivery's next attempt; null where it went out no more within its time.
   * @param withinMs by the clock
   */
  nextEnd(deliverySeq: number, withinMs: number): Promise<AttemptEnd | null>;
  /** Why nothing at all goes out to an endpoint now; null where something may. */
  closedBy(endpointNo: number): 'held' | 'offline' | null;
  /** Continues to make due what waits: after `releaseTo` was set. */
  release(endpointNo: number): void;
}

export interface DeskParts {
  readonly context: EngineContext;
  readonly endpoints: EndpointStore;
  readonly secrets: SecretStore;
  readonly deliveries: DeliveryStore;
  readonly events: EventStore;
  readonly ledger: HealthLedger;
  readonly targets: Targets;
  readonly scheduler: QueueHandle;
  /** Fills in what the log counts of each endpoint. */
  readonly withCounts: (endpoints: readonly Endpoint[]) => Promise<Endpoint[]>;
  /** Benchmarks and tests only: programs on this very PC over plain HTTP, whatever the settings say. */
  readonly allowPlainLoopback: boolean;
}

export interface EndpointDesk extends DeskParts {
  /** @throws RelayError `not_found` */
  find(id: EndpointId): EndpointRow;
  /** The same, for acts that a removed endpoint is too late for. @throws RelayError `not_found`, `conflict` */
  findPresent(id: EndpointId): EndpointRow;
  /** As the row stands now; what the log counts is left at nothing. */
  viewOf(row: EndpointRow): Endpoint;
  view(id: EndpointId): Promise<Endpoint>;
  /** Whether endpoints may be programs on this very PC over plain HTTP now. */
  mayBePlain(): boolean;
  /** @throws RelayError `conflict` where nothing may go to it, since it is one and the settings do not allow it */
  refusePlainOff(row: EndpointRow): void;
  /** Runs an act on an endpoint in one transaction with its record, and lets everybody follow. */
  act(actor: Actor, name: string, row: EndpointRow, detail: object, work: () => void): Promise<Endpoint>;
  putSecret(row: Pick<EndpointRow, 'no' | 'id'>, role: SecretRole, secret: string, switchAt: UtcMs | null): void;
  now(): UtcMs;
}

export function createEndpointDesk(parts: DeskParts): EndpointDesk {
  const { context, endpoints, secrets, events, targets, withCounts } = parts;
  const { commit, vault, clock, time, recordAct, changes, settings } = context;
  const mayBePlain = () => parts.allowPlainLoopback || settings.current().plainLoopback;

  function find(id: EndpointId): EndpointRow {
    const row = endpoints.byId(id);
    if (!row) throw new RelayError('not_found', sentence('problem.no_such_endpoint'));
    return row;
  }

  function viewOf(row: EndpointRow): Endpoint {
    const kept = secrets.of(row.no);
    const isReadable = (targets.get(row.no)?.access ?? null) !== null;
    const unreadable = isReadable ? [] : unreadableParts(row, kept, context.vault);
    return endpointView(row, kept, {
      unreadable,
      toWall: time.toWall,
      wallMs: clock.wallMs(),
      mayBePlain: mayBePlain(),
    });
  }

  async function view(id: EndpointId): Promise<Endpoint> {
    const plain = viewOf(find(id));
    return (await withCounts([plain]))[0] ?? plain;
  }

  return {
    ...parts,
    find,
    findPresent(id) {
      const row = find(id);
      if (row.switch === 'removed') {
        throw new RelayError('conflict', sentence('problem.endpoint_removed', { name: endpointName(row) }));
      }
      return row;
    },
    viewOf,
    view,
    mayBePlain,
    refusePlainOff(row) {
      if (row.benchUrl !== null || !isPlainRow(row) || mayBePlain()) return;
      throw new RelayError('conflict', sentence('problem.plain_off', { name: endpointName(row) }));
    },
    async act(actor, name, row, detail, work) {
      try {
        await commit.transact(() => {
          work();
          recordAct(actor, name, row.id, detail);
          events.subscriptionsChanged();
        });
      } finally {
        events.subscriptionsChanged();
      }
      targets.reload(row.no);
      changes.touch('endpoints');
      changes.touch('situation');
      return view(row.id);
    },
    putSecret({ no, id }, role, secret, switchAt) {
      secrets.put({
        endpointNo: no,
        role,
        sealed: vault.seal(secret, secretContext(id)),
        tail: secretTail(secret),
        addedAt: wallTime(clock),
        switchAt,
        testedAt: null,
      });
    },
    now: () => wallTime(clock),
  };
}
