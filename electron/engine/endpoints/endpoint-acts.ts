/** Endpoints made, changed and shown: the calls of an operator. */
import { RelayError } from '../../../shared/api.ts';
import type { UtcMs } from '../../../shared/domain.ts';
import { kindOf, usualOptionsOf } from '../../../shared/endpoint-kinds/index.ts';
import type { EventType } from '../../../shared/events.ts';
import type { SealedPart } from '../../../shared/schemas.ts';
import { sentence } from '../../../shared/sentences/sentence.ts';
import type { EngineHandlers } from '../context.ts';
import { afterChange, readTrouble } from '../evidence/trouble.ts';
import type { CustomHeader } from '../sending/custom-headers.ts';
import type { EndpointRow, EndpointSetting, HealthState } from '../store/endpoints.ts';
import { headersContext, urlContext } from '../store/endpoints.ts';
import { refuseAtKind, refuseUnasked } from './address-questions.ts';
import { freedByChange } from './back-again.ts';
import type { EndpointDesk } from './endpoint-desk.ts';
import { optionsOf, optionsText } from './endpoint-options.ts';
import { optionsOfChange, sealEndpointSettings } from './endpoint-settings.ts';
import { isPlainRow } from './endpoint-view.ts';
import { askOfDropped, askOfTemplate, refuseLacking, refuseNotices } from './kind-questions.ts';
import { changedKindSetting, checkedConfig, isOfKind, newKindSetting, setUpOf } from './kind-settings.ts';
import { refuseUnfit } from './refused-message.ts';
import { refuseImpassable } from './refused-rules.ts';
import { checkOwnSecret, generateSecret } from './secret.ts';
import { openSecret, unreadableParts } from './targets.ts';

export type EndpointActs = Pick<
  EngineHandlers,
  | 'endpoints.list'
  | 'endpoints.get'
  | 'endpoints.add'
  | 'endpoints.change'
  | 'endpoints.enterAgain'
  | 'endpoints.revealAddress'
  | 'endpoints.revealSecret'
  | 'endpoints.revealHeader'
>;

/** @param newestSeq the highest delivery that there is: how far what failed is let go */
export function createEndpointActs(desk: EndpointDesk, newestSeq: () => number): EndpointActs {
  const { context, endpoints, secrets, targets, ledger, events } = desk;
  const { commit, vault, ids, recordAct, changes } = context;

  const settingsOf = sealEndpointSettings(vault, desk.mayBePlain);

  return {
    async 'endpoints.list'({ removed }) {
      const rows = endpoints.all().filter((row) => removed || row.switch !== 'removed');
      return desk.withCounts(rows.map(desk.viewOf));
    },
    'endpoints.get': ({ id }) => desk.view(id),

    async 'endpoints.add'({ endpoint: draft, confirmed }, actor) {
      const at = desk.now();
      const id = ids.endpoint(at);
      const secret = draft.secret === undefined ? generateSecret() : checkOwnSecret(draft.secret);
      const { secret: _secret, kind: asked, config, ...change } = draft;
      const kind = asked ?? kindOf(draft.url);
      const options = optionsText({}, optionsOfChange(change) ?? {});
      const ofKind = newKindSetting(vault, { id, options }, kind, config);
      const made = { ...ofKind, ...settingsOf({ id, kind }, change) } as EndpointSetting;
      const setUp = { kind, config: checkedConfig(kind, config ?? {}), options: usualOptionsOf(kind), secrets: [] };
      refuseLacking(setUp, draft.url, namesOf(made));
      refuseNotices(kind, draft.events);
      refuseImpassable(draft.rules ?? null, draft.events);
      if (!confirmed) askOfTemplate(setUp);
      refuseUnfit(setUp, draft.url, draft.events, confirmed);
      const no = await commit.transact(() => {
        if (!confirmed) refuseUnasked(desk, id, draft.url, kind);
        const inserted = endpoints.insert(id, made, at);
        desk.putSecret({ no: inserted, id }, 'current', secret, null);
        const plain = isPlainRow(made) ? { plainHttp: true } : {};
        recordAct(actor, 'endpoints.add', id, { host: made.host, events: draft.events, kind, ...plain });
        return inserted;
      });
      targets.reload(no);
      changes.touch('endpoints');
      changes.touch('situation');
      return { endpoint: await desk.view(id), secret };
    },

    async 'endpoints.change'({ id, change, confirmed }, actor) {
      const row = desk.findPresent(id);
      const options = optionsOfChange(change);
      const set = settingsOf(row, change);
      const before = targets.get(row.no);
      const view = await desk.act(
        actor,
        'endpoints.change',
        row,
        {
          ...{ changed: Object.keys(change), host: set.host, kind: change.kind },
          ...(set.maskedAddress !== undefined && isPlainRow({ maskedAddress: set.maskedAddress })
            ? { plainHttp: true }
            : {}),
        },
        () => {
          if (!confirmed) askOfDropped(row, change);
          if (!confirmed && set.host !== undefined) refuseUnasked(desk, id, change.url, change.kind ?? row.kind);
          else if (!confirmed && change.kind !== undefined && change.kind !== row.kind) {
            refuseAtKind(change.kind, vault.open(row.benchUrl ?? row.url, urlContext(id)) ?? '');
          }
          if (change.events !== undefined || isOfKind(change)) {
            refuseNotices(change.kind ?? optionsOf(row).kind, change.events ?? JSON.parse(row.events));
          }
          if (change.events !== undefined || change.rules !== undefined) {
            const rules = change.rules === undefined ? optionsOf(row).options.rules : change.rules;
            refuseImpassable(rules, change.events ?? JSON.parse(row.events));
          }
          endpoints.change(row.no, set);
          if (isOfKind(change))
            endpoints.change(row.no, changedKindSetting(vault, endpoints.byNo(row.no) ?? row, change));
          if (isOfKind(change) || set.host !== undefined) askOfKind(row, isOfKind(change), confirmed);
          if (options) endpoints.change(row.no, { options: optionsText(endpoints.byNo(row.no) ?? row, options) });
          const health = ownHealth(row, set, ledger.get(row.no));
          // What was verified belongs to the host that it was verified of, and what it said to how it was asked.
          if (set.host !== undefined) ledger.put(row.no, { ...putRight(health), verifiedIssuer: null });
          else if (set.headers !== undefined || options?.caPem !== undefined || isOfKind(change))
            ledger.put(row.no, putRight(health));
        },
      );
      if (ledger.get(row.no).releaseTo !== null) desk.scheduler.release(row.no);
      if (isOfKind(change)) await shapeAnew(row);
      if (before?.options.ordered && change.ordered === false) await letGo(row);
      events.subscriptionsChanged();
      desk.scheduler.refresh(row.no);
      return view;
    },

    async 'endpoints.enterAgain'({ id, entered, confirmed }, actor) {
      const row = desk.findPresent(id);
      const { url, secret, headers, config } = entered;
      const kept = secrets.of(row.no);
      const given: Record<SealedPart, unknown> = { address: url, secret, headers, config };
      for (const part of unreadableParts(row, kept, vault)) {
        if (given[part] === undefined)
          throw new RelayError('bad_input', sentence(`problem.enter_too.${part}`), { member: memberOf[part] });
      }
      if (secret !== undefined) checkOwnSecret(secret);
      // Headers that there are none of were sealed under the lost key all the same.
      const sealed = vault.open(row.headers, headersContext(id)) === null ? (headers ?? []) : headers;
      const set = settingsOf(row, { url, ...(sealed === undefined ? {} : { headers: sealed }) });
      const view = await desk.act(actor, 'endpoints.enterAgain', row, { entered: Object.keys(entered) }, () => {
        if (!confirmed) refuseUnasked(desk, id, url, row.kind);
        endpoints.change(row.no, set);
        if (config) endpoints.change(row.no, changedKindSetting(vault, endpoints.byNo(row.no) ?? row, { config }));
        const health = putRight(ownHealth(row, set, ledger.get(row.no)));
        ledger.put(
          row.no,
          set.host !== undefined && set.host !== row.host ? { ...health, verifiedIssuer: null } : health,
        );
        if (secret === undefined) return;
        secrets.drop(row.no, 'next');
        desk.putSecret(row, 'current', secret, null);
      });
      desk.scheduler.release(row.no);
      desk.scheduler.refresh(row.no);
      return view;
    },

    async 'endpoints.revealAddress'({ id }, actor) {
      const row = desk.find(id);
      // While it points at the test bench too: the bench's says nothing to anybody.
      const url = opened(vault.open(row.benchUrl ?? row.url, urlContext(id)), 'address');
      await commit.transact(() => recordAct(actor, 'endpoints.revealAddress', id));
      return { url };
    },
    async 'endpoints.revealSecret'({ id }, actor) {
      const row = desk.find(id);
      const kept = secrets.of(row.no);
      const secret = opened(openSecret(row, kept, vault, 'current'), 'secret');
      await commit.transact(() => recordAct(actor, 'endpoints.revealSecret', id));
      return { secret, next: openSecret(row, kept, vault, 'next') };
    },
    async 'endpoints.revealHeader'({ id, name }, actor) {
      const row = desk.find(id);
      const headers = JSON.parse(opened(vault.open(row.headers, headersContext(id)), 'header')) as CustomHeader[];
      const header = headers.find((each) => each.name.toLowerCase() === name.toLowerCase());
      if (!header) throw new RelayError('not_found', sentence('problem.no_such_header', { name }));
      await commit.transact(() => recordAct(actor, 'endpoints.revealHeader', id, { name: header.name }));
      return { value: header.value };
    },
  };

  /** As it is by now, within the transaction that changes it. */
  function askOfKind({ no }: EndpointRow, isOfItsKind: boolean, confirmed: boolean): void {
    const row = endpoints.byNo(no);
    const setUp = row && setUpOf(row, vault);
    if (!row || !setUp) return;
    const address = vault.open(row.benchUrl ?? row.url, urlContext(row.id)) ?? '';
    refuseLacking(setUp, address, namesOf(row));
    if (!isOfItsKind) return;
    if (!confirmed) askOfTemplate(setUp);
    refuseUnfit(setUp, address, JSON.parse(row.events) as EventType[], confirmed);
  }

  /** What it says next is not what it said before, and what failed is tried with the next round. */
  function putRight(health: HealthState): HealthState {
    return freedByChange({ newestSeq }, changedSince(health, desk.now()), context.time.now());
  }

  /** What the former template did not fit waits again. */
  async function shapeAnew({ no }: EndpointRow): Promise<void> {
    let after = 0;
    const step = () => {
      const some = desk.deliveries.someUnshaped(no, after, 100);
      const now = context.time.now();
      for (const each of some) {
        const dueAt = Math.min(each.createdAt, now) as UtcMs;
        desk.deliveries.setSchedule(each.seq, {
          ...each,
          state: 'waiting',
          reason: null,
          dueAt,
          failedIn: null,
          endedAt: null,
        });
        after = each.seq;
      }
      return some.length === 100;
    };
    while (await commit.transact(step));
  }

  /** Without ordering nothing waits for anything. */
  async function letGo(row: EndpointRow): Promise<void> {
    for (let more = true; more; ) {
      more = await commit.transact(() => {
        const parked = desk.deliveries.someParked(row.no, 100);
        const now = context.time.now();
        for (const { seq, createdAt } of parked) desk.deliveries.setDue(seq, Math.min(createdAt, now) as never, null);
        return parked.length === 100;
      });
    }
  }
}

const changedSince = (health: HealthState, wallMs: number): HealthState => {
  const trouble = afterChange(readTrouble(health.trouble), wallMs);
  return { ...health, trouble: trouble && JSON.stringify(trouble) };
};

/** Of one that had pointed at the test bench and has an address of its own again: what its own answers had made of it. */
function ownHealth(row: EndpointRow, set: Partial<EndpointSetting>, present: HealthState): HealthState {
  if (set.benchUrl !== null || row.benchUrl === null || row.benchKept === null) return present;
  return (JSON.parse(row.benchKept) as { readonly health: HealthState }).health;
}

const memberOf: Record<SealedPart, string> = {
  address: 'url',
  secret: 'secret',
  headers: 'headers',
  config: 'config',
};

/** @throws RelayError `secret_unreadable` */
export function opened(text: string | null, what: 'address' | 'secret' | 'header'): string {
  if (text === null) {
    throw new RelayError('secret_unreadable', sentence(`problem.${what}_unreadable`));
  }
  return text;
}

const namesOf = ({ headerNames }: Pick<EndpointRow, 'headerNames'>): string[] =>
  (JSON.parse(headerNames) as readonly { readonly name: string }[]).map(({ name }) => name);
