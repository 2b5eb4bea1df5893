import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { rejectedFolder, spoolFolder, writeSpoolFiles } from '../../electron/engine/intake/spool-file.ts';
import { createIdSource } from '../../electron/engine/store/ids.ts';
import type { EventId } from '../../shared/domain.ts';
import { inEnglish } from '../../shared/sentences/in-english.ts';
import { createFakeClock } from '../support/clock.ts';
import { temporaryFolder } from '../support/folder.ts';
import { operator, startIntake } from '../support/intake.ts';

const ids = createIdSource();
const spooledAtMs = Date.UTC(2024, 2, 15, 10, 30);
const event = (data: object, more: object = {}) => JSON.stringify({ event: 'booking.created', data, ...more });
const filesIn = (folder: string) => readdir(folder).catch(() => []);

describe('spool files', () => {
  test('are taken in at the start, in their order, under their own ids and times', async () => {
    await using folder = await temporaryFolder();
    const spooled = [1, 2, 3].map((n) => ({ id: ids.event(spooledAtMs + n), text: event({ n }) }));
    for (const { id, text } of [...spooled].reverse()) await writeSpoolFiles(folder.path, [{ id, spooledAtMs, text }]);
    await using relay = await startIntake({ folder: folder.path });
    expect(relay.events().map(({ id, data, occurred_at }) => ({ id, data, occurred_at }))).toEqual(
      spooled.map(({ id }, i) => ({ id, data: `{"n":${i + 1}}`, occurred_at: '2024-03-15T10:30:00.000Z' })),
    );
    expect(await filesIn(spoolFolder(folder.path))).toEqual([]);
  });

  test('that were stored just before the power went are not stored again', async () => {
    await using folder = await temporaryFolder();
    const id = ids.event(spooledAtMs);
    await writeSpoolFiles(folder.path, [{ id, spooledAtMs, text: event({}) }]);
    {
      await using relay = await startIntake({ folder: folder.path });
      expect(relay.events()).toHaveLength(1);
    }
    await writeSpoolFiles(folder.path, [{ id, spooledAtMs, text: event({}) }]);
    await using again = await startIntake({ folder: folder.path });
    expect(again.events()).toHaveLength(1);
    expect(await filesIn(spoolFolder(folder.path))).toEqual([]);
  });

  test('that cannot be taken go to rejected with the reason, and the others go in', async () => {
    await using folder = await temporaryFolder();
    const [bad, broken, good] = [ids.event(spooledAtMs), ids.event(spooledAtMs), ids.event(spooledAtMs)] as const;
    await writeSpoolFiles(folder.path, [{ id: bad, spooledAtMs, text: '{"event":"booking.create","data":{}}' }]);
    await writeFile(join(spoolFolder(folder.path), `${broken}.json`), 'half');
    await writeSpoolFiles(folder.path, [{ id: good, spooledAtMs, text: event({}) }]);
    await using relay = await startIntake({ folder: folder.path });
    expect(relay.events().map(({ id }) => id)).toEqual([good]);
    expect((await filesIn(rejectedFolder(folder.path))).sort()).toEqual(
      [`${bad}.json`, `${bad}.json.reason.txt`, `${broken}.json`, `${broken}.json.reason.txt`].sort(),
    );
    expect(await readFile(join(rejectedFolder(folder.path), `${bad}.json.reason.txt`), 'utf8')).toContain(
      'booking.create',
    );
    const refusals = await relay.intake.handlers['sources.refusals']({}, operator);
    expect(refusals.map(({ file, member }) => [file, member])).toEqual(
      expect.arrayContaining([
        [`${bad}.json`, 'event'],
        [`${broken}.json`, null],
      ]),
    );
    expect(refusals.map(({ says }) => inEnglish(says)).join()).toContain('booking.create');
  });

  test('that were refused and mended go in under their own ids, once, and lie in rejected no more', async () => {
    await using folder = await temporaryFolder();
    const id = ids.event(spooledAtMs);
    const refused = { id, spooledAtMs, text: '{"event":"booking.create","data":{}}' };
    await writeSpoolFiles(folder.path, [refused]);
    await using relay = await startIntake({ folder: folder.path });
    const [refusal] = await relay.intake.handlers['sources.refusals']({}, operator);
    const retry = (number: number) =>
      relay.intake.handlers['refusals.retry']({ id: number, body: event({}) }, operator);
    await retry(refusal?.id ?? 0);
    expect(relay.events().map((stored) => stored.id)).toEqual([id]);
    expect(await filesIn(rejectedFolder(folder.path))).toEqual([]);
  });

  test('that a person put back and that went in are not taken in again from what was refused', async () => {
    await using folder = await temporaryFolder();
    const id = ids.event(spooledAtMs);
    await writeSpoolFiles(folder.path, [{ id, spooledAtMs, text: '{"event":"booking.create","data":{}}' }]);
    const clock = createFakeClock(spooledAtMs);
    await using relay = await startIntake({ folder: folder.path, clock });
    await writeSpoolFiles(folder.path, [{ id, spooledAtMs, text: event({}) }]);
    await clock.advance(5_000);
    await expect.poll(() => relay.events().map((stored) => stored.id)).toEqual([id]);
    const [refusal] = await relay.intake.handlers['sources.refusals']({}, operator);
    const retried = relay.intake.handlers['refusals.retry']({ id: refusal?.id ?? 0, body: event({}) }, operator);
    await expect(retried).rejects.toMatchObject({ code: 'conflict' });
    expect(relay.events()).toHaveLength(1);
  });

  test('that cannot be read stay, are logged once, and hold up no other', async () => {
    await using folder = await temporaryFolder();
    const [unreadable, good, later] = [1, 2, 3].map((n) => ids.event(spooledAtMs + n)) as [EventId, EventId, EventId];
    const name = `${unreadable}.json`;
    await mkdir(join(spoolFolder(folder.path), name), { recursive: true });
    await writeSpoolFiles(folder.path, [{ id: good, spooledAtMs, text: event({}) }]);
    const clock = createFakeClock(spooledAtMs);
    await using relay = await startIntake({ folder: folder.path, clock });
    await writeSpoolFiles(folder.path, [{ id: later, spooledAtMs, text: event({}) }]);
    await clock.advance(5_000);
    await expect.poll(() => relay.events().map(({ id }) => id)).toEqual([good, later]);
    await expect.poll(() => filesIn(spoolFolder(folder.path))).toEqual([name]);
    expect(await filesIn(rejectedFolder(folder.path))).toEqual([]);
    expect(relay.log.lines.filter((line) => line.includes(name))).toHaveLength(1);
  });

  test('that are still being written, and files of others, are left alone', async () => {
    await using folder = await temporaryFolder();
    const names = [`${ids.event(spooledAtMs)}.json.part`, 'notes.txt', 'other.json'];
    await mkdir(spoolFolder(folder.path), { recursive: true });
    for (const name of names) await writeFile(join(spoolFolder(folder.path), name), event({}));
    await using relay = await startIntake({ folder: folder.path });
    expect(relay.events()).toEqual([]);
    expect((await filesIn(spoolFolder(folder.path))).sort()).toEqual(names.sort());
  });

  test('stay where they are while the store cannot take them', async () => {
    await using folder = await temporaryFolder();
    const id = ids.event(spooledAtMs);
    await using relay = await startIntake({ folder: folder.path, start: false });
    const pages = relay.context.writer.pragma('page_count', { simple: true }) as number;
    relay.context.writer.pragma(`max_page_count = ${pages + 1}`);
    await writeSpoolFiles(folder.path, [{ id, spooledAtMs, text: event({ note: 'x'.repeat(100_000) }) }]);
    await relay.intake.start();
    expect(await filesIn(spoolFolder(folder.path))).toEqual([`${id}.json`]);
    expect(await filesIn(rejectedFolder(folder.path))).toEqual([]);
  });
});
