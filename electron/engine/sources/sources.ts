/**
 * What a person set up to be a source, of any kind, and the calls about it: a token is shown when it is made, and never
 * again.
 */
import { z } from 'zod';
import { RelayError } from '../../../shared/api.ts';
import type { Actor, SourceId } from '../../../shared/domain.ts';
import { inputError } from '../../../shared/input.ts';
import { intakePaths } from '../../../shared/intake-paths.ts';
import { partedConfig } from '../../../shared/kind-config.ts';
import type { Source } from '../../../shared/schemas.ts';
import { sentence } from '../../../shared/sentences/sentence.ts';
import { readConfig, type SourceKind, type SourceKindName, sourceKinds } from '../../../shared/source-kinds/index.ts';
import { type EngineContext, type EngineHandlers, wallTime } from '../context.ts';
import type { Accept } from '../intake/accept.ts';
import type { RefusalLog } from '../intake/refusal-log.ts';
import { hashOf, newSecretPath, newToken, type SourceAccess } from '../intake/source-access.ts';
import { healthOf, type SourceRecord, type SourceTable, sourceSecretsContext } from '../store/sources.ts';
import { sourceBehaviours } from './kinds/index.ts';
import { createRunningSources, type WholeKind } from './running.ts';

export interface SourceParts {
  readonly context: EngineContext;
  readonly table: SourceTable;
  readonly access: SourceAccess;
  readonly accept: Accept;
  readonly refusals: RefusalLog;
  /** Every kind of this version, unless a test gives others. */
  readonly kinds?: readonly WholeKind[];
  /** Fills in what the log counts of each source. */
  readonly withCounts: (sources: readonly Source[]) => Promise<Source[]>;
  /** `http://127.0.0.1:4780`, as it is now. */
  readonly address: () => string;
}

export type SourceHandlers = Pick<
  EngineHandlers,
  'sources.list' | 'sources.add' | 'sources.change' | 'sources.replaceToken' | 'sources.revoke' | 'sources.refusals'
>;

export interface Sources {
  readonly handlers: SourceHandlers;
  /** Sources in use, or all of them, without what the log counts of them. */
  list(revoked: boolean): Source[];
  /** Starts all of them; what waits for this PC's own (the spool) is taken in first. */
  start(): Promise<void>;
  stop(): Promise<void>;
}

/** What a source is where nobody says. */
const usualKind: SourceKindName = 'http';

const everyKind: readonly WholeKind[] = Object.values(sourceKinds).map((descriptor: SourceKind) => ({
  descriptor,
  behaviour: sourceBehaviours[descriptor.name as SourceKindName],
}));

export function createSources(parts: SourceParts): Sources {
  const { context, table, access, accept, refusals, withCounts, address, kinds = everyKind } = parts;
  const { commit, recordAct, clock, ids, vault } = context;
  const kindOf = (name: string): WholeKind | null => kinds.find(({ descriptor }) => descriptor.name === name) ?? null;
  const running = createRunningSources({
    context,
    table,
    accept,
    refusals,
    kindOf,
    own: kinds.filter(({ descriptor }) => !descriptor.isAdded),
  });

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
      kind: record.kind,
      config: shownConfig(record),
      health: healthOf(record),
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
    url: `${address()}${intakePaths.events}`,
    secretUrl: `${address()}${intakePaths.bySecret}${path}`,
  });

  async function act<Value>(work: () => Value): Promise<Value> {
    const value = await commit.transact(work);
    changed();
    await running.follow();
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

    async 'sources.add'({ name, propertyId = null, kind: asked, config = {} }: AddedSource, actor: Actor) {
      const at = wallTime(clock);
      const kind = asked ?? usualKind;
      const chosen = chosenFor(kind, config);
      const [id, token, path] = [ids.source(at), newToken(), newSecretPath()];
      await act(() => {
        table.add({
          id,
          name,
          propertyId,
          tokenHash: hashOf(token),
          pathHash: hashOf(path),
          createdAt: at,
          kind,
          config: JSON.stringify(chosen.open),
          secrets: sealed(id, chosen.secret),
        });
        recordAct(actor, 'sources.add', id, {
          name,
          propertyId,
          ...(asked === undefined ? {} : { kind, config: chosen.open }),
        });
      });
      return accessOf(id, name, token, path);
    },

    async 'sources.change'({ id, name, propertyId, config }, actor) {
      const before = present(id);
      const chosen = config && chosenFor(before.kind, { ...storedConfig(before, config), ...config });
      await act(() => {
        table.change(id, {
          name: name ?? before.name,
          propertyId: propertyId === undefined ? before.propertyId : propertyId,
          config: chosen ? JSON.stringify(chosen.open) : before.config,
          secrets: chosen ? sealed(id, chosen.secret) : before.secrets,
        });
        const open = chosen && { config: chosen.open, members: Object.keys(config ?? {}) };
        recordAct(actor, 'sources.change', id, { name, propertyId, before: before.name, ...open });
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
  return { handlers, list, start: running.start, stop: running.stop };

  /** Parts what is secret from what may be shown. @throws RelayError `bad_input` with the member that is wrong */
  function chosenFor(kind: string, config: Readonly<Record<string, unknown>>) {
    const added = kinds.map(({ descriptor }) => descriptor).filter(({ isAdded }) => isAdded);
    const descriptor = added.find(({ name }) => name === kind);
    if (descriptor === undefined) {
      const values = added.map(({ name }) => name).join(', ');
      throw new RelayError('bad_input', sentence('problem.input_not_one_of', { member: 'kind', values }), {
        member: 'kind',
      });
    }
    const checked = z.object({ config: descriptor.config }).safeParse({ config });
    if (!checked.success) throw inputError('config', checked.error);
    return partedConfig(descriptor, checked.data.config);
  }

  function sealed(id: SourceId, secret: Readonly<Record<string, unknown>> | null): Uint8Array | null {
    return secret && vault.seal(JSON.stringify(secret), sourceSecretsContext(id));
  }

  /**
   * What is stored of a source, with what is secret of it.
   *
   * @param given what takes its place: a secret that cannot be read any more has to be among it
   * @throws RelayError `secret_unreadable`
   */
  function storedConfig(
    { id, kind, config, secrets }: SourceRecord,
    given: Readonly<Record<string, unknown>>,
  ): Readonly<Record<string, unknown>> {
    const descriptor = kindOf(kind)?.descriptor;
    const open =
      (descriptor && readConfig({ ...descriptor, config: descriptor.config.partial() }, config).config) ?? {};
    if (secrets === null) return open;
    const opened = vault.open(secrets, sourceSecretsContext(id));
    if (opened !== null) return { ...open, ...(JSON.parse(opened) as object) };
    if (descriptor?.secrets.every((member) => given[member] !== undefined)) return open;
    throw new RelayError('secret_unreadable', sentence('problem.secret_unreadable'), { member: 'config' });
  }

  function shownConfig({ kind, config }: SourceRecord): Readonly<Record<string, unknown>> {
    const descriptor = kindOf(kind)?.descriptor;
    return (descriptor && readConfig(descriptor, config).config) ?? {};
  }
}

interface AddedSource {
  readonly name: string;
  readonly propertyId?: string | null | undefined;
  readonly kind?: string | undefined;
  readonly config?: Readonly<Record<string, unknown>> | undefined;
}
