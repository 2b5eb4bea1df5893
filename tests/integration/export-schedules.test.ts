/** Exports on a schedule: when one is due, what a run is, how one ends, and how one is set up. */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { endCutOff } from '../../electron/engine/upkeep/cut-off.ts';
import { parseInput } from '../../shared/input.ts';
import { sentence } from '../../shared/sentences/sentence.ts';
import { manager } from '../support/log-engine.ts';
import { type Draft, evening, manila, openScheduled, patience, type Scheduled } from '../support/scheduled.ts';

let own: Scheduled;
beforeEach(async () => {
  own = await openScheduled();
});
afterEach(() => own.close());

describe('an export every night', () => {
  test('holds the day before, by the property’s clocks, once it is three', async () => {
    const { nextAt } = await own.add();
    expect(nextAt).toBe(manila(16, 3));
    await own.at(manila(16, 2, 59));
    expect(own.files()).toEqual([]);
    await own.at(manila(16, 3));
    expect(own.files()).toEqual(['bay-breeze-hotel deliveries 2024-03-15.csv']);
    const lines = readFileSync(join(own.place, own.files()[0] ?? ''), 'utf8')
      .trimEnd()
      .split('\r\n')
      .slice(1);
    const days = new Set(lines.map((line) => line.split(',')[1]?.slice(0, 10)));
    expect([...days]).toEqual(['2024-03-15']);
    expect(await own.listed()).toMatchObject({
      nextAt: manila(17, 3),
      away: null,
      files: 1,
      last: { state: 'done', period: '2024-03-15', rows: lines.length },
    });
    await own.schedules.look();
    expect(own.files()).toHaveLength(1);
  });

  test('is a job like any other, and each run is recorded with its file', async () => {
    const { id } = await own.add({ columns: ['time_local', 'event', 'guest'], filter: { states: ['delivered'] } });
    await own.at(manila(16, 3));
    const { last } = await own.listed();
    expect(own.jobs.view(last?.jobId ?? '')).toMatchObject({ kind: 'export', state: 'done', file: last?.file });
    expect(own.acts('schedules.add')).toMatchObject([
      { account: 'manager', detail: { every: 'night', folder: own.place } },
    ]);
    expect(own.acts('export.start')).toMatchObject([
      { surface: 'engine', detail: { schedule: id, period: '2024-03-15', file: last?.file, format: 'csv' } },
    ]);
    const [head = ''] = readFileSync(last?.file ?? '', 'utf8').split('\r\n');
    expect(head).toMatch(/^﻿?time_local,event,guest$/);
  });

  test('is made up for after a PC was off, each night in a file of its own, and once', async () => {
    await own.add();
    await own.again(manila(19, 9));
    await own.schedules.look();
    expect(own.files()).toEqual([15, 16, 17, 18].map((day) => `bay-breeze-hotel deliveries 2024-03-${day}.csv`));
    await own.again(manila(19, 10));
    await own.schedules.look();
    expect(own.files()).toHaveLength(4);
    expect(own.acts('export.start')).toHaveLength(4);
  });

  test('makes up for a month of nights, says what lies too far back, and is not put off by a clock that was wrong', async () => {
    await own.add();
    rmSync(own.place, { recursive: true });
    await own.again(manila(15 + 40, 9));
    await own.schedules.look();
    expect(await own.listed()).toMatchObject({
      away: { missed: 31 },
      leftOut: { from: '2024-03-15', to: '2024-03-23' },
    });
    // It was 2024 all the time: what was kept lies ahead, and the next night is tonight's.
    await own.again(manila(15, 19));
    mkdirSync(own.place);
    await own.schedules.look();
    await own.at(manila(16, 3));
    expect(own.files()).toEqual(['bay-breeze-hotel deliveries 2024-03-15.csv']);
  });

  test('with a property without a name has a name all the same, and without a folder lies in the data folder', async () => {
    await own.again(evening);
    await own.context.settings.change({ propertyName: '酒店' }, manager);
    await own.add({ folder: null, format: 'jsonl', what: 'attempts' });
    await own.at(manila(16, 3));
    expect(readdirSync(join(own.dataFolder, 'exports'))).toEqual(['property attempts 2024-03-15.jsonl']);
  });
});

test('an export every month holds the month before, and comes on the first', async () => {
  const { nextAt } = await own.add({ every: 'month', what: 'events', format: 'xlsx' });
  expect(nextAt).toBe(Date.UTC(2024, 2, 31, 19));
  await own.at(Date.UTC(2024, 2, 31, 18, 59));
  expect(own.files()).toEqual([]);
  await own.at(Date.UTC(2024, 2, 31, 19));
  expect(own.files()).toEqual(['bay-breeze-hotel events 2024-03.xlsx']);
});

describe('an end in its midst', () => {
  test('of a kill leaves no half file, and the night is made again', async () => {
    const { id } = await own.add();
    await own.at(manila(16, 3));
    // As a kill leaves it: the job runs, the file lies aside, and the period is still the next.
    const [name = ''] = own.files();
    own.context.writer.exec("UPDATE jobs SET state = 'running', ended_at = NULL");
    own.context.writer.exec('UPDATE exported_files SET hash = NULL, size_bytes = NULL');
    own.context.writer.exec("UPDATE export_schedules SET next = '2024-03-15'");
    rmSync(join(own.place, name));
    writeFileSync(join(own.place, `${name}.part`), 'half of it');
    await own.again(manila(16, 4));
    await endCutOff(own.jobs, 'export', sentence('problem.export_cut_off'));
    expect(own.files()).toEqual([]);
    writeFileSync(join(own.place, `${name}.part`), 'its folder was away when the engine cleared up');
    await own.schedules.look();
    expect(own.files()).toEqual([name]);
    expect(await own.listed()).toMatchObject({ id, files: 1, last: { state: 'done' } });
  });

  test('that came right after the file had its name leaves one file', async () => {
    await own.add();
    await own.at(manila(16, 3));
    own.context.writer.exec("UPDATE export_schedules SET next = '2024-03-15', state = '{}'");
    await own.again(manila(16, 4));
    await own.schedules.look();
    expect(own.files()).toEqual(['bay-breeze-hotel deliveries 2024-03-15.csv']);
    expect(await own.listed()).toMatchObject({ files: 1, last: { period: '2024-03-15' } });
  });

  test('by a person skips that night alone; one that is held up holds up nothing else', async () => {
    await own.add();
    await own.add({ what: 'attempts' });
    own.context.clock.setWall(manila(16, 3) - own.context.clock.wallMs());
    const [{ id } = { id: '' }] = await own.schedules.handlers['schedules.list']({}, manager);
    const { id: job } = await own.schedules.handlers['schedules.run']({ id }, manager);
    await own.jobs.handlers['jobs.pause']({ id: job }, manager);
    await own.schedules.look();
    await expect.poll(own.files, patience).toContain('bay-breeze-hotel attempts 2024-03-15.csv');
    await own.jobs.handlers['jobs.cancel']({ id: job }, manager);
    await expect.poll(async () => (await own.listed()).last?.state, patience).toBe('cancelled');
    await own.schedules.look();
    expect(own.files()).toEqual(['bay-breeze-hotel attempts 2024-03-15.csv']);
    await own.at(manila(17, 3));
    expect(own.files()).toContain('bay-breeze-hotel deliveries 2024-03-16.csv');
  });
});

describe('a schedule', () => {
  test('with guests’ data needs a reason and a second yes, once, and the audit keeps both', async () => {
    const full = { reason: 'the accountant asked for it' };
    await expect(own.add({ full })).rejects.toMatchObject({ code: 'not_confirmed', member: 'full' });
    const { id, fullReason } = await own.add({ full }, true);
    expect(fullReason).toBe(full.reason);
    expect(own.acts('schedules.add')).toMatchObject([{ detail: { full: true, reason: full.reason, confirmed: true } }]);
    await own.at(manila(16, 3));
    expect(own.acts('export.start')).toMatchObject([{ detail: { full: true, reason: full.reason } }]);
    const schedule = parseInput('schedules.change', {
      id,
      schedule: { every: 'night', format: 'csv', full },
    });
    await expect(own.schedules.handlers['schedules.change'](schedule, manager)).rejects.toMatchObject({
      code: 'not_confirmed',
    });
    await own.schedules.handlers['schedules.change']({ ...schedule, confirmed: true }, manager);
    expect(await own.listed()).toMatchObject({ folder: own.place, nextAt: manila(17, 3) });
  });

  test('leaves guests out unless it was set up otherwise', async () => {
    await own.add({ columns: ['guest'] });
    await own.at(manila(16, 3));
    const lines = readFileSync(join(own.place, own.files()[0] ?? ''), 'utf8')
      .trimEnd()
      .split('\r\n')
      .slice(1);
    expect(lines.filter((line) => line !== '' && !/^Guest \d+$/.test(line))).toEqual([]);
  });

  test('is refused where its folder cannot be', async () => {
    writeFileSync(join(own.outside, 'a-file'), '');
    const refusals: readonly (readonly [Partial<Draft>, string])[] = [
      [{ folder: 'relative/exports' }, 'problem.schedule_folder_whole_path'],
      [{ folder: join(own.outside, 'a-file') }, 'problem.schedule_folder_file'],
      [{ folder: join(own.outside, 'a-file', 'below') }, 'problem.schedule_folder_not_made'],
      [{ folder: join(own.dataFolder, 'backups', 'nightly') }, 'problem.schedule_folder_own'],
    ];
    for (const [change, key] of refusals) {
      await expect(own.add(change)).rejects.toMatchObject({ says: { key }, member: 'schedule.folder' });
    }
    expect(existsSync(join(own.dataFolder, 'backups'))).toBe(false);
  });

  test('writes nowhere in the data folder but among its exports, however that is spelled', async () => {
    const { dataFolder, outside } = own;
    for (const name of ['backups', 'exports', 'logs']) mkdirSync(join(dataFolder, name), { recursive: true });
    symlinkSync(join(dataFolder, 'backups'), join(outside, 'led-there'), 'junction');
    // On a disk that knows no capitals it is the very folder.
    const isOneFolder = existsSync(join(dataFolder, 'EXPORTS'));
    const refused = ['', 'backups', 'BACKUPS', 'logs', 'spool', join('exports', 'nightly'), join('backups', 'nightly')];
    for (const folder of [
      ...refused.map((name) => join(dataFolder, name)),
      ...(isOneFolder ? [] : [join(dataFolder, 'EXPORTS')]),
      `${dataFolder}/exports/../backups`,
      join(outside, 'led-there'),
    ]) {
      const says = { key: 'problem.schedule_folder_own' };
      await expect(own.add({ folder }), folder).rejects.toMatchObject({ says, member: 'schedule.folder' });
    }
    expect(readdirSync(join(dataFolder, 'backups'))).toEqual([]);
    const { id } = await own.add({ folder: join(dataFolder, 'exports') });
    await own.schedules.handlers['schedules.remove']({ id }, manager);
    if (isOneFolder) await own.add({ folder: join(dataFolder, 'EXPORTS') });
  });

  test('whose folder leads into the data folder by now is away', async () => {
    await own.add();
    mkdirSync(join(own.dataFolder, 'backups'), { recursive: true });
    rmSync(own.place, { recursive: true });
    symlinkSync(join(own.dataFolder, 'backups'), own.place, 'junction');
    await own.at(manila(16, 3));
    expect(await own.listed()).toMatchObject({ away: { says: { key: 'problem.schedule_folder_own' } } });
    expect(readdirSync(join(own.dataFolder, 'backups'))).toEqual([]);
  });

  test('is refused where another writes the same', async () => {
    mkdirSync(own.place, { recursive: true });
    await own.add();
    await expect(own.add({ keepDays: 5 })).rejects.toMatchObject({ code: 'conflict' });
    await expect(own.add({ columns: ['item'] })).rejects.toMatchObject({ code: 'bad_input', member: 'columns' });
    await own.add({ what: 'attempts' });
  });

  test('takes no moments and no picked deliveries: those would be the same every night', () => {
    const schedule = { every: 'night', format: 'csv', folder: null, filter: { from: 1 } };
    expect(() => parseInput('schedules.add', { schedule })).toThrow();
  });
});
