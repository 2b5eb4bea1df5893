/** The calls about sources: a token is shown when it is made, and never again. */
import { RelayError } from '../../../shared/api.ts';
import type { Actor, SourceId } from '../../../shared/domain.ts';
import type { Source } from '../../../shared/schemas.ts';
import { sentence } from '../../../shared/sentences/sentence.ts';
import { type EngineContext, type EngineHandlers, wallTime } from '../context.ts';
import type { SourceRecord, SourceTable } from '../store/sources.ts';
import type { RefusalLog } from './refusal-log.ts';
import { hashOf, newSecretPath, newToken, type SourceAccess } from './source-access.ts';

export interface SourceCallParts {
  readonly context: EngineContext;
  readonly table: SourceTable;
  readonly access: SourceAccess;
  readonly refusals: RefusalLog;
  /** Fills in what the log counts of each source. */
  readonly withCounts: (sources: readonly Source[]) => Promise<Source[]>;
  /** `http://127.0.0.1:4780`, as it is now. */
  readonly address: () => string;
}

export type SourceHandlers = Pick<
  EngineHandlers,
  'sources.list' | 'sources.add' | 'sources.rename' | 'sources.replaceToken' | 'sources.revoke' | 'sources.refusals'
>;

export interface SourceCalls {
  readonly handlers: SourceHandlers;
  /** Sources in use, or all of them, without what the log counts of them. */
  list(revoked: boolean): Source[];
}

export function createSourceCalls(parts: SourceCallParts): SourceCalls {
  const { context, table, access, refusals, withCounts, address } = parts;
  const { commit, recordAct, clock, ids } = context;

  function present(id: SourceId): SourceRecord {
    const record = table.get(id);
    if (!record) throw new RelayError('not_found', sentence('problem.no_such_source'), { member: 'id' });
    return record;
  }

  function inUse(id: SourceId): SourceRecord {
    const record = present(id);
    if (record.revokedAt === null) return record;
    throw new RelayError('conflict', sentence('problem.source_revoked', { name: record.name }), { member: 'id' });
  }

  function asSource(record: SourceRecord): Source {
    const refusal = refusals.lastOf(record.no);
    return {
      id: record.id,
      name: record.name,
      propertyId: record.propertyId,
      createdAt: record.createdAt,
      revokedAt: record.revokedAt,
      lastEventAt: record.lastEventAt,
      lastTestAt: record.lastTestAt,
      unordered: record.unordered,
      eventsToday: 0,
      usualByNow: null,
      quietSince: null,
      lastRefusal: refusal && { at: refusal.at, member: refusal.member, says: refusal.says },
    };
  }

  function changed(): void {
    access.reload();
    context.changes.touch('sources');
    context.changes.touch('situation');
  }

  const accessOf = (id: SourceId, name: string, token: string, path: string) => ({
    id,
    name,
    token,
    url: `${address()}/v1/events`,
    secretUrl: `${address()}/v1/in/${path}`,
  });

  async function act<Value>(work: () => Value): Promise<Value> {
    const value = await commit.transact(work);
    changed();
    return value;
  }

  const list = (revoked: boolean): Source[] =>
    table
      .all()
      .filter(({ revokedAt }) => revoked || revokedAt === null)
      .map(asSource);

  async function counted(id: SourceId): Promise<Source> {
    const [source] = await withCounts([asSource(present(id))]);
    return source ?? asSource(present(id));
  }

  const handlers: SourceHandlers = {
    'sources.list': async ({ revoked }) => withCounts(list(revoked)),

    async 'sources.add'(
      { name, propertyId = null }: { name: string; propertyId?: string | null | undefined },
      actor: Actor,
    ) {
      const at = wallTime(clock);
      const [id, token, path] = [ids.source(at), newToken(), newSecretPath()];
      await act(() => {
        table.add({ id, name, propertyId, tokenHash: hashOf(token), pathHash: hashOf(path), createdAt: at });
        recordAct(actor, 'sources.add', id, { name, propertyId });
      });
      return accessOf(id, name, token, path);
    },

    async 'sources.rename'({ id, name, propertyId }, actor) {
      const before = present(id);
      await act(() => {
        table.rename(id, name, propertyId === undefined ? before.propertyId : propertyId);
        recordAct(actor, 'sources.rename', id, { name, propertyId, before: before.name });
      });
      return counted(id);
    },

    async 'sources.replaceToken'({ id }, actor) {
      const { name } = inUse(id);
      const [token, path] = [newToken(), newSecretPath()];
      await act(() => {
        table.replaceHashes(id, hashOf(token), hashOf(path));
        recordAct(actor, 'sources.replaceToken', id, { name });
      });
      return accessOf(id, name, token, path);
    },

    async 'sources.revoke'({ id }, actor) {
      const { name } = inUse(id);
      await act(() => {
        table.revoke(id, wallTime(clock));
        recordAct(actor, 'sources.revoke', id, { name });
      });
      return counted(id);
    },

    'sources.refusals': async ({ id }) => [...(await refusals.list(id === undefined ? null : present(id)))],
  };
  return { handlers, list };
}
