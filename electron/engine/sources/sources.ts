/**
 * What a person set up to be a source, of any kind, and the calls about it: a token is shown when it is made, and never
 * again.
 */
import { z } from 'zod';
import { RelayError } from '../../../shared/api.ts';
import type { EndpointId, SourceId } from '../../../shared/domain.ts';
import { inputError } from '../../../shared/input.ts';
import { intakePaths } from '../../../shared/intake-paths.ts';
import { partedConfig } from '../../../shared/kind-config.ts';
import type { Source } from '../../../shared/schemas.ts';
import { sentence } from '../../../shared/sentences/sentence.ts';
import { readConfig, type SourceKind, type SourceKindName, sourceKinds } from '../../../shared/source-kinds/index.ts';
import { presetOf } from '../../../shared/source-presets/index.ts';
import type { SourcePreset } from '../../../shared/source-presets/preset.ts';
import { noShaping, readShaping, type ShapingChange } from '../../../shared/source-shaping.ts';
import { type EngineContext, type EngineHandlers, wallTime } from '../context.ts';
import type { Accept } from '../intake/accept.ts';
import type { SourceDoor } from '../intake/http.ts';
import type { MessageLog } from '../intake/message-log.ts';
import type { RefusalLog } from '../intake/refusal-log.ts';
import { hashOf, newSecretPath, newToken, type SourceAccess } from '../intake/source-access.ts';
import type { Takes } from '../intake/take.ts';
import { createMessageTable } from '../store/messages.ts';
import {
  healthOf,
  type SourceRecord,
  type SourceTable,
  sourceSecretsContext,
  withoutRejected,
} from '../store/sources.ts';
import { late, within } from '../within.ts';
import { changedShaping, refuseUnusable } from './chosen-shaping.ts';
import { createDoor, type Door } from './door.ts';
import { createHandCalls, type HandHandlers } from './hand-calls.ts';
import { sourceBehaviours } from './kinds/index.ts';
import { createMessageCalls, type MessageHandlers } from './message-calls.ts';
import { createRunningSources, type WholeKind } from './running.ts';
import { sourceThreads } from './thread/thread.ts';
import { refuseUnused } from './unused-options.ts';

export interface SourceParts {
  readonly context: EngineContext;
  readonly table: SourceTable;
  readonly access: SourceAccess;
  readonly accept: Accept;
  readonly takes: Takes;
  /** @throws RelayError while there is too little room for what can wait where it is */
  readonly refuseNearlyFull: () => void;
  /** The last messages of each. */
  readonly log: MessageLog;
  readonly refusals: RefusalLog;
  /** Every kind of this version, unless a test gives others. */
  readonly kinds?: readonly WholeKind[];
  /** The numbers of endpoints, by their ids. @throws RelayError `not_found` */
  readonly endpointNos?: (ids: readonly EndpointId[]) => readonly number[];
  /** The file of the threads that read for a source; absent: they read on this thread. */
  readonly sourceThread?: URL | undefined;
  /** Fills in what the log counts of each source. */
  readonly withCounts: (sources: readonly Source[]) => Promise<Source[]>;
  /** `http://127.0.0.1:4780`, as it is now. */
  readonly address: () => string;
}

export type SourceHandlers = Pick<
  EngineHandlers,
  | 'sources.list'
  | 'sources.add'
  | 'sources.change'
  | 'sources.replaceToken'
  | 'sources.revoke'
  | 'sources.dropFiles'
  | 'sources.sayGone'
  | 'sources.refusals'
> &
  MessageHandlers &
  HandHandlers;

export interface Sources {
  readonly handlers: SourceHandlers;
  readonly door: SourceDoor;
  /** Sources in use, or all of them, without what the log counts of them. */
  list(revoked: boolean): Source[];
  /** Starts all of them; what waits for this PC's own (the spool) is taken in first. */
  start(): Promise<void>;
  stop(): Promise<void>;
}

/** An act waits so long for what it changed to run, in milliseconds. */
const actWaitsMs = 500;
/** A folder or a database that has not answered by then cannot be a source now, in milliseconds. */
const checkWithinMs = 15_000;

/** What a source is where nobody says. */
const usualKind: SourceKindName = 'http';

const everyKind: readonly WholeKind[] = Object.values(sourceKinds).map((descriptor: SourceKind) => ({
  descriptor,
  behaviour: sourceBehaviours[descriptor.name as SourceKindName],
}));

export function createSources(parts: SourceParts): Sources {
  const { context, table, access, accept, takes, log, refusals, withCounts, address, kinds = everyKind } = parts;
  const { commit, recordAct, clock, ids, vault, mishaps } = context;
  const kindOf = (name: string): WholeKind | null => kinds.find(({ descriptor }) => descriptor.name === name) ?? null;
  const messages = createMessageTable(context.writer);
  const door: Door = createDoor(context, table, (no, request) => running.admits(no, request));
  const openThread = sourceThreads(parts.sourceThread, clock);
  const running = createRunningSources({
    context,
    table,
    accept,
    takes,
    refuseNearlyFull: parts.refuseNearlyFull,
    reading: door.reading,
    refusals,
    kindOf,
    openThread,
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

  /** Inside the transaction: two of one name could be told apart nowhere. Whoever has a twin from before keeps it. */
  function refuseSameName(name: string, self: SourceId | null): void {
    const same = name.toLowerCase();
    const other = table
      .all()
      .find((one) => one.revokedAt === null && one.id !== self && one.name.toLowerCase() === same);
    if (other === undefined) return;
    const says = sentence('problem.source_same_name', { name: other.name, id: other.id });
    throw new RelayError('conflict', says, { member: 'name' });
  }

  function asSource(record: SourceRecord): Source {
    const refusal = refusals.lastOf(record.no);
    return {
      id: record.id,
      name: record.name,
      kind: record.kind,
      config: shownConfig(record),
      health: healthOf(record),
      shaping: readShaping(record.shaping),
      draft: record.draft === 1,
      kept: messages.countKept(record.no).messages,
      propertyId: record.propertyId,
      createdAt: record.createdAt,
      revokedAt: record.revokedAt,
      lastEventAt: record.lastEventAt,
      lastTestAt: record.lastTestAt,
      unordered: record.unordered,
      eventsToday: 0,
      usualByNow: null,
      quietSince: null,
      lastRefusal: refusal && { at: refusal.at, file: refusal.file, member: refusal.member, says: refusal.says },
    };
  }

  function changed(): void {
    door.forget();
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
    // What one posts next is let in; a source that does not start or stop keeps no answer back.
    const following = running.follow();
    mishaps.own('the sources after an act', following);
    await within(clock, actWaitsMs, following).catch(() => {});
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

    async 'sources.add'({ name, propertyId = null, kind: asked, config = {}, shaping: made, draft = false }, actor) {
      const at = wallTime(clock);
      const shaping = changedShaping(noShaping, made);
      refuseUnusable(shaping);
      const preset = shaping.preset === null ? null : presetOf(shaping.preset);
      const kind = asked ?? preset?.kinds[0] ?? usualKind;
      refuseOtherKind(preset, kind);
      const chosen = chosenFor(kind, config, config);
      await checked(kind, { ...chosen.open, ...chosen.secret }, null);
      const [id, token, path] = [ids.source(at), newToken(), newSecretPath()];
      await act(() => {
        refuseSameName(name, null);
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
          shaping: JSON.stringify(shaping),
          draft: draft ? 1 : 0,
        });
        recordAct(actor, 'sources.add', id, {
          name,
          propertyId,
          ...(asked === undefined ? {} : { kind, config: chosen.open }),
          ...(made === undefined ? {} : { shaping: toldShaping(made) }),
          ...(draft ? { draft } : {}),
        });
      });
      return accessOf(id, name, token, path);
    },

    async 'sources.change'({ id, name, propertyId, config, shaping: made, draft }, actor) {
      // Of a revoked one a shape still helps what is kept of it; nothing comes that could be switched on or read.
      const before = draft === undefined && config === undefined ? present(id) : inUse(id);
      const shaping = made && changedShaping(readShaping(before.shaping), made);
      if (shaping) refuseUnusable(shaping);
      if (made?.preset) refuseOtherKind(presetOf(made.preset), before.kind);
      const chosen = config && chosenFor(before.kind, { ...storedConfig(before, config), ...config }, config);
      if (chosen) await checked(before.kind, { ...chosen.open, ...chosen.secret }, id);
      await act(() => {
        if (name !== undefined && name !== before.name) refuseSameName(name, id);
        table.change(id, {
          name: name ?? before.name,
          propertyId: propertyId === undefined ? before.propertyId : propertyId,
          config: chosen ? JSON.stringify(chosen.open) : before.config,
          secrets: chosen ? sealed(id, chosen.secret) : before.secrets,
          shaping: shaping ? JSON.stringify(shaping) : before.shaping,
          draft: draft === undefined ? before.draft : draft ? 1 : 0,
        });
        const open = chosen && { config: chosen.open, members: Object.keys(config ?? {}) };
        const how = {
          ...(made === undefined ? {} : { shaping: toldShaping(made) }),
          ...(draft === undefined ? {} : { draft }),
        };
        recordAct(actor, 'sources.change', id, { name, propertyId, before: before.name, ...open, ...how });
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

    async 'sources.dropFiles'({ id }, actor) {
      const record = present(id);
      const { name, no, revokedAt } = record;
      // Of one in use the folder itself tells, at the next look.
      if (revokedAt === null) {
        throw new RelayError('not_possible', sentence('problem.source_files_looked_at', { name }), { member: 'id' });
      }
      const dropped = healthOf(record).files?.rejected?.count ?? 0;
      if (dropped === 0) return { dropped };
      await act(() => {
        table.keepHealth(no, withoutRejected(healthOf(record)));
        recordAct(actor, 'sources.dropFiles', id, { name, files: dropped });
        running.letGo(no);
      });
      return { dropped };
    },

    async 'sources.sayGone'({ id, gone }, actor) {
      const { no, name } = inUse(id);
      const were = await running.saysGone(no, gone, (rows) =>
        recordAct(actor, 'sources.sayGone', id, { name, rows, gone }),
      );
      if (!were) throw new RelayError('conflict', sentence('problem.nothing_held', { name }), { member: 'id' });
      return counted(id);
    },

    ...createHandCalls({
      ...{ context, takes, kindOf, present, openThread },
      wholeConfig: (record) => storedConfig(record, {}),
      check: checked,
      endpointNos: parts.endpointNos ?? (() => []),
    }),
    ...createMessageCalls({ context, table, takes, log, present }),

    'sources.refusals': async ({ id }) => [...(await refusals.list(id === undefined ? null : present(id)))],
  };
  return { handlers, door, list, start: running.start, stop: running.stop };

  /** Parts what is secret from what may be shown. @throws RelayError `bad_input` with the member that is wrong */
  function chosenFor(
    kind: string,
    config: Readonly<Record<string, unknown>>,
    given: Readonly<Record<string, unknown>>,
  ) {
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
    refuseUnused(descriptor, given, checked.data.config);
    return partedConfig(descriptor, checked.data.config);
  }

  /** A preset's steps and shape are for what its system sends, and for no other way. @throws RelayError */
  function refuseOtherKind(preset: SourcePreset | null, kind: string): void {
    if (preset === null || preset.kinds.includes(kind) || kindOf(kind)?.descriptor.isAdded !== true) return;
    const about = { preset: preset.name, kind, kinds: preset.kinds.join(', ') };
    throw new RelayError('bad_input', sentence('problem.source_preset_kind', about), { member: 'kind' });
  }

  /** Whether what was chosen can be, beside what the other sources have. @throws RelayError with the member */
  async function checked(kind: string, config: Readonly<Record<string, unknown>>, id: SourceId | null): Promise<void> {
    const others = table.all().filter((other) => other.id !== id && other.revokedAt === null);
    const checking = kindOf(kind)?.behaviour.check?.({
      config,
      dataFolder: context.dataFolder,
      others: others.map((other) => ({ name: other.name, kind: other.kind, config: shownConfig(other) })),
    });
    if (checking === undefined || (await within(clock, checkWithinMs, checking)) !== late) return;
    const says = sentence('problem.source_check_late', { seconds: checkWithinMs / 1_000 });
    throw new RelayError('not_possible', says, {
      member: typeof config.folder === 'string' ? 'config.folder' : 'config',
    });
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

/** As the audit has it: a template's length and not its text. */
const toldShaping = ({ shape, types, ...rest }: ShapingChange): object => ({
  ...rest,
  ...(shape === undefined ? {} : { shape: shape === null ? null : `${shape.length} characters` }),
  ...(types === undefined ? {} : { types: types === null ? null : Object.keys(types).length }),
});
