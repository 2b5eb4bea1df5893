/** Sources of any kind: how they are set up, kept, started and ended, by a kind that the test makes up. */
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { parseJsonText } from '../../electron/engine/intake/parse.ts';
import type { SourceStart } from '../../electron/engine/sources/kinds/index.ts';
import { sourceBehaviours } from '../../electron/engine/sources/kinds/index.ts';
import type { WholeKind } from '../../electron/engine/sources/running.ts';
import { createSourceTable } from '../../electron/engine/store/sources.ts';
import { type SourceId, utcMs } from '../../shared/domain.ts';
import { sentence } from '../../shared/sentences/sentence.ts';
import { readConfig, sourceKinds } from '../../shared/source-kinds/index.ts';
import { createFakeClock } from '../support/clock.ts';
import { fastClock } from '../support/fast-clock.ts';
import { temporaryFolder } from '../support/folder.ts';
import { operator, startIntake } from '../support/intake.ts';
import { until } from '../support/until.ts';

const config = z.strictObject({
  folder: z.string().min(1),
  everyMs: z.number().int().default(60_000),
  key: z.string().default(''),
});

/** Reads one event a start; its cursor says how many it has read. */
function readingKind() {
  const starts: SourceStart[] = [];
  let running = 0;
  const kind: WholeKind = {
    descriptor: {
      ...{ name: 'reading', isAdded: true, isPosted: false, config, secrets: ['key'] },
      words: { name: 'source_kind.http' },
    },
    behaviour: {
      async start(given) {
        starts.push(given);
        if (given.config.folder === 'nowhere') throw new Error('there is no such folder');
        running += 1;
        const read = Number(given.cursor.current() ?? 0) + 1;
        await given.accept({
          received: parseJsonText(`{"event":"order.created","data":{"order_id":"o_${read}"}}`),
          origin: given.source,
          idempotencyKey: null,
          also: () => given.cursor.keep(String(read)),
        });
        const at = utcMs(given.context.clock.wallMs());
        given.changed();
        return {
          health: () => ({
            lastSeenAt: at,
            lastTrouble: { at, says: sentence('problem.source_revoked', { name: 'x' }) },
            away: null,
            nextLookAt: utcMs(at + Number(given.config.everyMs)),
            files: null,
          }),
          async stop() {
            running -= 1;
          },
        };
      },
    },
  };
  return { kind, starts, running: () => running };
}

const kindsWith = (kind: WholeKind): readonly WholeKind[] => [
  { descriptor: sourceKinds.http, behaviour: sourceBehaviours.http },
  { descriptor: sourceKinds.spool, behaviour: sourceBehaviours.spool },
  kind,
];

describe('a source of another kind', () => {
  it('is checked by its schema, sealed where it is secret, started at once and ended when it is revoked', async () => {
    const { kind, starts, running } = readingKind();
    const clock = createFakeClock();
    await using test = await startIntake({ clock, sources: { kinds: kindsWith(kind) } });
    const { handlers } = test.intake;
    const add = (chosen: Record<string, unknown>) =>
      handlers['sources.add']({ name: 'Till', kind: 'reading', config: chosen }, operator);
    await expect(add({ everyMs: 'often' })).rejects.toMatchObject({ code: 'bad_input', member: 'config.folder' });
    await expect(add({ folder: '/in', colour: 'red' })).rejects.toMatchObject({ member: 'config.colour' });
    await expect(handlers['sources.add']({ name: 'Till', kind: 'spool' }, operator)).rejects.toMatchObject({
      member: 'kind',
    });

    const { id, token } = await add({ folder: '/in', key: 'sesame' });
    expect(starts.map((given) => given.config)).toEqual([{ folder: '/in', everyMs: 60_000, key: 'sesame' }]);
    expect(test.events()).toMatchObject([{ entity_id: 'o_1', source_no: starts[0]?.source?.no }]);
    const row = test.context.reader.prepare('SELECT * FROM sources WHERE id = ?').get(id);
    expect(JSON.stringify(row)).not.toContain('sesame');
    expect(test.log.lines.join()).not.toContain('sesame');
    // It is read; its token posts nothing.
    const answer = await fetch(`${test.intake.address}/v1/events`, {
      ...{
        method: 'POST',
        body: '{}',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      },
    });
    expect(answer.status).toBe(401);

    await clock.advance(1_000);
    const [shown] = await handlers['sources.list']({ revoked: false }, operator);
    expect(shown).toMatchObject({ kind: 'reading', config: { folder: '/in', everyMs: 60_000 } });
    expect(shown?.health.nextLookAt).toBe((shown?.health.lastSeenAt ?? 0) + 60_000);
    expect(shown?.health.lastTrouble?.says.key).toBe('problem.source_revoked');

    await handlers['sources.change']({ id, name: 'Bar till' }, operator);
    expect(starts.map(({ source }) => source?.name)).toEqual(['Till', 'Bar till']);
    const change = (config: Record<string, unknown>) => handlers['sources.change']({ id, config }, operator);
    await expect(change({ folder: '' })).rejects.toMatchObject({ code: 'bad_input', member: 'config.folder' });
    await expect(change({ colour: 'red' })).rejects.toMatchObject({ member: 'config.colour' });
    expect(await change({ folder: '/out' })).toMatchObject({ name: 'Bar till', config: { folder: '/out' } });
    expect(starts.at(-1)?.config).toEqual({ folder: '/out', everyMs: 60_000, key: 'sesame' });
    expect(running()).toBe(1);
    await handlers['sources.revoke']({ id }, operator);
    expect(running()).toBe(0);
    expect(test.events().map(({ entity_id }) => entity_id)).toEqual(['o_1', 'o_2', 'o_3']);
  });

  it('that another version wrote falls back, with a warning; one that cannot start holds up no other', async () => {
    const folder = await temporaryFolder();
    const first = readingKind();
    const before = await startIntake({ folder: folder.path, sources: { kinds: kindsWith(first.kind) } });
    const add = (name: string, chosen: Record<string, unknown>) =>
      before.intake.handlers['sources.add']({ name, kind: 'reading', config: chosen }, operator);
    const ids: Record<string, SourceId> = {};
    for (const name of ['older', 'broken', 'nowhere', 'unknown', 'whole']) {
      ids[name] = (await add(name, { folder: name })).id as SourceId;
    }
    const set = (name: string, column: string, value: string) =>
      before.context.writer.prepare(`UPDATE sources SET ${column} = ? WHERE id = ?`).run(value, ids[name]);
    set('older', 'config', '{"folder":"/in","everyMs":"each minute","later":true}');
    set('broken', 'config', 'not JSON');
    set('unknown', 'kind', 'of_a_later_version');
    await before.stop();

    const second = readingKind();
    await using test = await startIntake({ folder: folder.path, sources: { kinds: kindsWith(second.kind) } });
    expect(second.starts.map(({ source, config: { folder: of, everyMs } }) => [source?.name, of, everyMs])).toEqual([
      ['older', '/in', 60_000],
      ['nowhere', 'nowhere', 60_000],
      ['whole', 'whole', 60_000],
    ]);
    expect(test.log.lines).toContainEqual(expect.stringMatching(/^warn .*defaults are used.*"members":\["everyMs"\]/));
    const shown = await test.intake.handlers['sources.list']({ revoked: false }, operator);
    const troubles = Object.fromEntries(shown.map(({ name, health }) => [name, health.lastTrouble?.says.key]));
    expect(troubles).toMatchObject({
      broken: 'problem.source_of_other_version',
      nowhere: 'problem.source_not_started',
      unknown: 'problem.source_of_other_version',
    });
    await test.stop();
    await folder.remove();
  });
});

describe('a source that hangs', () => {
  const hanging = (where: 'start' | 'stop'): WholeKind => {
    const never = new Promise<never>(() => {});
    const { kind } = readingKind();
    const behaviour: WholeKind['behaviour'] = {
      async start(given) {
        if (where === 'start' && given.config.folder === 'hangs') return never;
        const running = await kind.behaviour.start(given);
        return given.config.folder === 'hangs' ? { ...running, stop: () => never } : running;
      },
    };
    return { ...kind, behaviour };
  };

  it.each(['start', 'stop'] as const)('at its %s holds up no act, no other source and no end', async (where) => {
    const test = await startIntake({ clock: fastClock(20), sources: { kinds: kindsWith(hanging(where)) } });
    const { handlers } = test.intake;
    const add = (folder: string) =>
      handlers['sources.add']({ name: folder, kind: 'reading', config: { folder } }, operator);
    const began = performance.now();
    const { id } = await add('hangs');
    await handlers['sources.revoke']({ id: id as SourceId }, operator);
    await add('works');
    await add('hangs');
    // Well under what each is waited for.
    expect(performance.now() - began).toBeLessThan(4_000);
    await until(
      () => test.events().length,
      (taken) => taken >= (where === 'start' ? 1 : 3),
    );
    const said = where === 'start' ? /a source could not be started/ : /a source does not stop/;
    await until(
      () => test.log.lines.join('\n'),
      (lines) => said.test(lines),
    );
    expect((await handlers['sources.list']({ revoked: false }, operator)).map(({ name }) => name).sort()).toEqual([
      'hangs',
      'works',
    ]);
    const ending = performance.now();
    await test.stop();
    expect(performance.now() - ending).toBeLessThan(5_000);
  });
});

describe('a source that posts', () => {
  it('is not added to be signed without the key that it signs with', async () => {
    await using test = await startIntake();
    const add = (config: Record<string, unknown>) =>
      test.intake.handlers['sources.add']({ name: 'Signs', kind: 'http', config }, operator);
    await expect(add({ signature: 'github' })).rejects.toMatchObject({
      ...{ code: 'bad_input', member: 'config.signatureSecret' },
    });
    await add({ signature: 'github', signatureSecret: 'a long enough key' });
  });

  it('says of itself when it was seen last and what was refused last', async () => {
    await using test = await startIntake();
    const { id, token } = await test.addSource();
    const post = (body: string) =>
      fetch(`${test.intake.address}/v1/events`, {
        ...{ method: 'POST', body, headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' } },
      });
    const health = async () => {
      await test.intake.handlers['sources.refusals']({ id: id as SourceId }, operator);
      return (await test.intake.handlers['sources.list']({ revoked: false }, operator))[0]?.health;
    };
    expect(await health()).toEqual({ lastSeenAt: null, lastTrouble: null, away: null, nextLookAt: null, files: null });
    await post('{"event":"order.created","data":{}}');
    const seenAt = (await health())?.lastSeenAt ?? 0;
    expect(seenAt).toBeGreaterThan(0);
    // A kind that does not count what was taken takes none of it back.
    const table = createSourceTable(test.context.writer);
    const none = { lastSeenAt: null, lastTrouble: null, away: null, nextLookAt: null, files: null };
    await test.context.commit.transact(() => table.keepHealth(1, none));
    expect((await health())?.lastSeenAt).toBe(seenAt);
    await post('{"event":"nonsense","data":{}}');
    expect((await health())?.lastTrouble?.says.key).toBe('refusal.unknown_event');
  });
});

it('a stored config that is no object is at its defaults, and says so', () => {
  const usual = { signature: 'none', signatureHeader: 'X-Webhook-Secret', signatureUser: '' };
  expect(readConfig(sourceKinds.http, '[]')).toEqual({ config: usual, fellBack: ['http'] });
  expect(readConfig(sourceKinds.http, '{"later":1}')).toEqual({ config: usual, fellBack: [] });
});

describe('a name that another source has', () => {
  it('is refused when one is added or renamed, however it is written, until the other is revoked', async () => {
    const test = await startIntake();
    try {
      const { handlers } = test.intake;
      const first = await handlers['sources.add']({ name: 'Front desk' }, operator);
      const taken = {
        code: 'conflict',
        member: 'name',
        says: { key: 'problem.source_same_name', params: { name: 'Front desk', id: first.id } },
      };
      await expect(handlers['sources.add']({ name: 'front DESK' }, operator)).rejects.toMatchObject(taken);
      const other = await handlers['sources.add']({ name: 'Restaurant' }, operator);
      const rename = { id: other.id, name: 'Front desk' };
      await expect(handlers['sources.change'](rename, operator)).rejects.toMatchObject(taken);
      await handlers['sources.change']({ id: first.id, name: 'Front Desk' }, operator);
      await handlers['sources.revoke']({ id: first.id }, operator);
      await handlers['sources.change'](rename, operator);
      expect(test.intake.sources().map(({ name }) => name)).toEqual(['Front desk']);
    } finally {
      await test.stop();
    }
  });
});
