/** Endpoints made, changed and shown: the calls of an operator. */
import { RelayError } from '../../../shared/api.ts';
import type { EndpointChange } from '../../../shared/schemas.ts';
import { sentence } from '../../../shared/sentences/sentence.ts';
import type { EngineHandlers } from '../context.ts';
import type { EndpointRow, EndpointSetting } from '../store/endpoints.ts';
import { type CustomHeader, checkCustomHeaders } from './custom-headers.ts';
import { checkAddress, maskValue } from './endpoint-address.ts';
import type { EndpointDesk } from './endpoint-desk.ts';
import { checkOwnSecret, generateSecret } from './secret.ts';
import { headersContext, openSecret, urlContext } from './targets.ts';
import { parseOwnTrust } from './trust.ts';

export type EndpointActs = Pick<
  EngineHandlers,
  | 'endpoints.list'
  | 'endpoints.get'
  | 'endpoints.add'
  | 'endpoints.change'
  | 'endpoints.revealAddress'
  | 'endpoints.revealSecret'
  | 'endpoints.revealHeader'
>;

export function createEndpointActs(desk: EndpointDesk, allowPlainLoopback: boolean): EndpointActs {
  const { context, endpoints, secrets, targets, ledger, events } = desk;
  const { commit, vault, ids, recordAct, changes } = context;

  /** What of a change is to be written, sealed for this endpoint. */
  function settingsOf(row: Pick<EndpointRow, 'id'> & Partial<EndpointRow>, change: EndpointChange) {
    const set: { -readonly [Name in keyof EndpointSetting]?: EndpointSetting[Name] } = {};
    if (change.description !== undefined) set.description = change.description;
    if (change.events !== undefined) set.events = JSON.stringify([...new Set(change.events)]);
    if (change.ordered !== undefined) set.ordered = change.ordered ? 1 : 0;
    if (change.limits !== undefined) {
      set.inFlight = change.limits.inFlight;
      set.perSecond = change.limits.perSecond;
    }
    if (change.caPem !== undefined) set.caPem = change.caPem === null ? null : parseOwnTrust(change.caPem).pem;
    if (change.headers !== undefined) {
      const headers = checkCustomHeaders(withKeptValues(row, change.headers));
      set.headers = vault.seal(JSON.stringify(headers), headersContext(row.id));
      set.headerNames = JSON.stringify(headers.map(({ name, value }) => ({ name, masked: maskValue(value) })));
    }
    if (change.url !== undefined) {
      const address = checkAddress(change.url, allowPlainLoopback);
      if (row.url === undefined || vault.open(row.url, urlContext(row.id)) !== address.url) {
        set.url = vault.seal(address.url, urlContext(row.id));
        set.host = address.host;
        set.maskedAddress = address.masked;
        set.local = address.local ? 1 : 0;
        set.testedAt = null;
        set.benchUrl = null;
        set.benchCaPem = null;
      }
    }
    return set;
  }

  function withKeptValues(
    row: Partial<EndpointRow> & Pick<EndpointRow, 'id'>,
    given: NonNullable<EndpointChange['headers']>,
  ): CustomHeader[] {
    if (given.every(({ value }) => value !== null))
      return given.map(({ name, value }) => ({ name, value: value ?? '' }));
    const text = row.headers === undefined ? null : vault.open(row.headers, headersContext(row.id));
    const kept = text === null ? [] : (JSON.parse(text) as CustomHeader[]);
    return given.map(({ name, value }, index) => {
      const before = kept.find((header) => header.name.toLowerCase() === name.trim().toLowerCase())?.value;
      const now = value ?? before;
      if (now === undefined) {
        throw new RelayError('bad_input', sentence('problem.header_no_value', { name }), {
          member: `headers[${index}].value`,
        });
      }
      return { name, value: now };
    });
  }

  return {
    async 'endpoints.list'({ removed }) {
      const rows = endpoints.all().filter((row) => removed || row.switch !== 'removed');
      return desk.withCounts(rows.map(desk.viewOf));
    },
    'endpoints.get': ({ id }) => desk.view(id),

    async 'endpoints.add'({ endpoint: draft }, actor) {
      const at = desk.now();
      const id = ids.endpoint(at);
      const secret = draft.secret === undefined ? generateSecret() : checkOwnSecret(draft.secret);
      const { secret: _secret, ...change } = draft;
      const made = settingsOf({ id }, change) as EndpointSetting;
      const no = await commit.transact(() => {
        const inserted = endpoints.insert(id, made, at);
        desk.putSecret({ no: inserted, id }, 'current', secret, null);
        recordAct(actor, 'endpoints.add', id, { host: made.host, events: draft.events });
        return inserted;
      });
      targets.reload(no);
      changes.touch('endpoints');
      changes.touch('situation');
      return { endpoint: await desk.view(id), secret };
    },

    async 'endpoints.change'({ id, change }, actor) {
      const row = desk.findPresent(id);
      const set = settingsOf(row, change);
      const before = targets.get(row.no);
      const view = await desk.act(
        actor,
        'endpoints.change',
        row,
        { changed: Object.keys(change), host: set.host },
        () => {
          endpoints.change(row.no, set);
          // What was verified belongs to the host that it was verified of.
          if (set.host !== undefined) ledger.put(row.no, { ...ledger.get(row.no), verifiedIssuer: null });
        },
      );
      if (before?.ordered && change.ordered === false) await letGo(row);
      events.subscriptionsChanged();
      desk.scheduler.refresh(row.no);
      return view;
    },

    async 'endpoints.revealAddress'({ id }, actor) {
      const row = desk.find(id);
      const url = opened(vault.open(row.url, urlContext(id)), 'address');
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

/** @throws RelayError `secret_unreadable` */
export function opened(text: string | null, what: 'address' | 'secret' | 'header'): string {
  if (text === null) {
    throw new RelayError('secret_unreadable', sentence(`problem.${what}_unreadable`));
  }
  return text;
}
