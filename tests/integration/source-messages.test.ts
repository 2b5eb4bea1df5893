/** Messages of a source that is read: taken in once and in order, ignored with a reason, or kept with what is wrong. */
import { describe, expect, it } from 'vitest';
import type { SourceMessage, SourceStart } from '../../electron/engine/sources/kinds/index.ts';
import { sourceBehaviours } from '../../electron/engine/sources/kinds/index.ts';
import type { WholeKind } from '../../electron/engine/sources/running.ts';
import { createMessageTable, lastMessages } from '../../electron/engine/store/messages.ts';
import type { SourceId } from '../../shared/domain.ts';
import { sourceKinds } from '../../shared/source-kinds/index.ts';
import { operator, startIntake, type TestIntake } from '../support/intake.ts';

/** A kind that reads what the test hands it. */
function readingKind() {
  const starts: SourceStart[] = [];
  const kind: WholeKind = {
    descriptor: { ...sourceKinds.http, name: 'reading', isPosted: false },
    behaviour: {
      async start(given) {
        starts.push(given);
        return { health: () => given.health, stop: async () => {} };
      },
    },
  };
  return { kind, take: (...given: Parameters<SourceStart['take']>) => (starts.at(-1) as SourceStart).take(...given) };
}

async function startReading() {
  const { kind, take } = readingKind();
  const test = await startIntake({
    sources: { kinds: [{ descriptor: sourceKinds.spool, behaviour: sourceBehaviours.spool }, kind] },
  });
  await test.intake.handlers['sources.add']({ name: 'Files', kind: 'reading' as 'http' }, operator);
  return { test, take, table: createMessageTable(test.context.writer) };
}

const message = (raw: string, origin: string, key: string | null = null): SourceMessage => ({ raw, origin, key });
const order = (no: number, more = '') =>
  `{"event":"order.created","id":"o_${no}","data":{"order_id":"${no}","total":6000.00${more}}}`;
const idsOf = (test: TestIntake) => test.events().map(({ entity_id }) => entity_id);

describe('messages of a source that is read', () => {
  it('become events in their order, byte for byte, in one transaction with the cursor', async () => {
    const { test, take } = await startReading();
    await using _ = test;
    let moved = 0;
    const taken = await take([message(order(1), 'a row 1'), message(order(2), 'a row 2')], () => {
      moved += 1;
    });
    expect(taken).toMatchObject({ taken: 2, duplicates: 0, ignored: 0, kept: 0, troubles: [] });
    expect(idsOf(test)).toEqual(['1', '2']);
    expect(test.events()[0]?.data).toBe('{"order_id":"1","total":6000.00}');
    expect(moved).toBe(1);
    await expect(
      take([message(order(3), 'a row 3')], () => {
        throw new Error('no cursor');
      }),
    ).rejects.toThrow('no cursor');
    expect(idsOf(test)).toEqual(['1', '2']);
  });

  it('are kept with what is wrong, and those behind them are taken', async () => {
    const { test, take, table } = await startReading();
    await using _ = test;
    const wrong = [
      message('{"event":"order.paid","data":{}}', 'row 1'),
      message('{"_model":"hotel.reservation","card":"4111 1111 1111 1111"}', 'row 2'),
      message('no JSON, 4111111111111111', 'row 3'),
      message(order(1), 'row 4'),
      message(order(1, ',"tip":1'), 'row 5'),
    ];
    const taken = await take(wrong);
    expect(taken).toMatchObject({ taken: 1, kept: 4 });
    expect(taken.troubles.map(({ origin, says }) => [origin, says.key])).toEqual([
      ['row 1', 'refusal.unknown_event'],
      ['row 2', 'refusal.unknown_member'],
      ['row 3', 'refusal.not_json'],
      ['row 5', 'refusal.key_conflict'],
    ]);
    const kept = taken.troubles.map(({ reference }) => table.get(reference)?.raw);
    expect(kept[1]).toBe('{"_model":"hotel.reservation","card":"**** **** **** 1111"}');
    expect(kept[2]).toBe('no JSON, ************1111');
    expect(idsOf(test)).toEqual(['1']);
  });

  it('come again under their key and are dropped, those that are kept too', async () => {
    const { test, take, table } = await startReading();
    await using _ = test;
    const rows = [message(order(1), 'row 1', 'k1'), message('{}', 'row 2', 'k2')];
    expect(await take(rows)).toMatchObject({ taken: 1, kept: 1 });
    expect(await take(rows)).toMatchObject({ taken: 0, kept: 0, duplicates: 2 });
    expect(await take([message(order(1), 'row 9')])).toMatchObject({ taken: 0, duplicates: 1 });
    expect(test.events()).toHaveLength(1);
    expect(table.countKept(1).messages).toBe(1);
  });

  it('are read a few at a time: other work has its turns between them', async () => {
    const { test, take } = await startReading();
    await using _ = test;
    const broken = `{"event":"nonsense","data":{"text":"${'x'.repeat(5_000)}"}}`;
    await take(Array.from({ length: 500 }, (_, row) => message(broken, `a row ${row}`)));
    const id = test.intake.sources()[0]?.id as never;
    let turns = 0;
    let goesOn = true;
    const next = () => {
      turns += 1;
      if (goesOn) setImmediate(next);
    };
    setImmediate(next);
    const would = await test.intake.handlers['sources.tryKept']({ id }, operator);
    goesOn = false;
    expect(would.kept).toBe(500);
    // In one turn they would be one.
    expect(turns).toBeGreaterThan(1);
  });

  it('stay for whoever sets the source up: the last fifty, and all that is kept', async () => {
    const { test, take, table } = await startReading();
    await using _ = test;
    await take([message('{}', 'the wrong one')]);
    await take(Array.from({ length: 120 }, (_, i) => message(order(i), `row ${i}`)));
    await test.intake.messages.flush();
    await take([message(order(1000), 'the newest')]);
    await test.intake.messages.flush();
    const last = table.last(1, 500);
    expect(last).toHaveLength(lastMessages + 1);
    expect(last[0]).toMatchObject({ origin: 'the newest', state: 'taken', raw: order(1000) });
    expect(last.filter(({ state }) => state === 'kept')).toHaveLength(1);
    expect(last[0]?.events).toEqual([test.events().at(-1)?.id]);
  });

  it('list one that is too large to be kept for shaping with its size, and not its text', async () => {
    const { test, take } = await startReading();
    await using _ = test;
    const id = test.intake.sources()[0]?.id as SourceId;
    const large = order(1).replace('"data":{', `"data":{"note":"${'x'.repeat(300_000)}",`);
    await take([message(large, 'outbox 1'), message(order(2), 'outbox 2')]);
    expect(test.events()).toHaveLength(2);
    const listed = await test.intake.handlers['sources.messages']({ id, keptOnly: false, limit: 50 }, operator);
    expect(listed.map(({ origin, state }) => [origin, state])).toEqual([
      ['outbox 2', 'taken'],
      ['outbox 1', 'taken'],
    ]);
    expect(listed[1]).toMatchObject({
      ...{ raw: '', events: [test.events()[0]?.id] },
      trouble: { says: { key: 'source_message.too_large', params: { size: large.length, most: 262_144 } } },
    });
    const previews = await test.intake.handlers['sources.preview']({ id, limit: 50 }, operator);
    expect(previews.map(({ origin, outcome, why }) => [origin, outcome, why?.says.key])).toEqual([
      ['outbox 2', 'events', undefined],
      ['outbox 1', null, 'source_message.too_large'],
    ]);
  });
});
