// @vitest-environment jsdom
/** The export takes the filters of its address, says that guests stay here, and can be stopped. */
import { screen, waitFor, within } from '@testing-library/react';
import { afterEach, expect, test, vi } from 'vitest';
import { utcMs } from '../../../shared/domain.ts';
import type { ExportSchedule } from '../../../shared/schemas.ts';
import { createDouble, sampleSettings } from '../../ui/support/double.ts';
import { idOf, morning, sampleDeliveries } from '../../ui/support/sample-data.ts';
import { leave, show } from './show.tsx';

/** What the double counts. */
const countMatches = new RegExp(`${sampleDeliveries().length} deliveries match`);

afterEach(() => {
  leave();
  vi.useRealTimers();
});

test('what the address says is what is exported', async () => {
  const { user, made } = show('/export?state=waiting,needs_attention');
  expect(await screen.findByText(countMatches)).toBeTruthy();
  expect(screen.getByText('Guests stay here')).toBeTruthy();
  await user.click(screen.getByRole('button', { name: 'Export to a file…' }));
  await waitFor(() => expect(made('export.start')).toHaveLength(1));
  expect(made('export.start')[0]).toMatchObject({
    filter: { states: ['waiting', 'needs_attention'] },
    format: 'csv',
    file: expect.stringMatching(/^\/home\/desk\/deliveries-.*\.csv$/),
  });
});

test('a rule that keeps guests is said where an export begins, and where one is scheduled', async () => {
  const double = createDouble();
  const own = [
    { member: 'guest.*', treatment: 'keep' as const },
    { member: 'tour_leader', treatment: 'name' as const },
  ];
  double.answer('settings.get', () => ({ ...sampleSettings(), privacyRules: own }));
  const { user } = show('/export', double);
  const kept = 'Kept by your rules: guest.*. Guests who are named there are in the file.';
  expect(await screen.findByText(kept)).toBeTruthy();
  await user.click(screen.getByRole('button', { name: 'Every night or month…' }));
  const dialog = within(await screen.findByRole('dialog'));
  expect(dialog.getByText(kept)).toBeTruthy();
  await user.click(dialog.getByRole('switch', { name: /With guests’ data/ }));
  expect(dialog.queryByText(kept)).toBeNull();
});

test('a cancelled dialog exports nothing', async () => {
  const double = createDouble();
  double.answer('surface.chooseFile', () => ({ file: null }));
  const { user, made } = show('/export', double);
  await user.click(await screen.findByRole('button', { name: 'Export to a file…' }));
  await waitFor(() => expect(made('surface.chooseFile')).toHaveLength(1));
  expect(made('export.start')).toEqual([]);
});

test('the suggested name has the property’s day, not the one of UTC', async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: Date.UTC(2026, 10, 22, 16, 30) });
  const { user, made } = show('/export');
  await user.click(await screen.findByRole('button', { name: 'Export to a file…' }));
  await waitFor(() =>
    expect(made('surface.chooseFile')).toEqual([{ purpose: 'export', name: 'deliveries-2026-11-23.csv' }]),
  );
});

test('a second press while it starts exports nothing more', async () => {
  const double = createDouble();
  const dialog = Promise.withResolvers<{ file: string }>();
  double.answer('surface.chooseFile', () => dialog.promise);
  const { user, made } = show('/export', double);
  const button = await screen.findByRole('button', { name: 'Export to a file…' });
  await user.dblClick(button);
  dialog.resolve({ file: '/home/desk/deliveries.csv' });
  expect(await screen.findByRole('progressbar', { name: 'Export' })).toBeTruthy();
  expect(made('surface.chooseFile')).toHaveLength(1);
  expect(made('export.start')).toHaveLength(1);
  await user.click(button);
  await waitFor(() => expect(made('export.start')).toHaveLength(2));
});

test('its progress is shown, and it can be stopped', async () => {
  const { user, made } = show('/export');
  await user.click(await screen.findByRole('button', { name: 'Export to a file…' }));
  expect(await screen.findByRole('progressbar', { name: 'Export' })).toBeTruthy();
  expect(screen.getByText('12 of 28')).toBeTruthy();
  await user.click(screen.getByRole('button', { name: 'Stop' }));
  await waitFor(() => expect(made('jobs.cancel')).toEqual([{ id: idOf('job_', 1) }]));
});

test('once it is done it says where the file is', async () => {
  const { user, double } = show('/export');
  await user.click(await screen.findByRole('button', { name: 'Export to a file…' }));
  await screen.findByRole('progressbar', { name: 'Export' });
  double.push({
    name: 'job',
    payload: {
      id: idOf('job_', 1),
      kind: 'export',
      endpointId: null,
      state: 'done',
      total: 28,
      done: 28,
      delivered: 0,
      failed: 0,
      startedAt: morning,
      endedAt: morning,
      file: '/home/desk/deliveries.csv',
      sizeBytes: 31_000,
      problem: null,
    },
  });
  expect(await screen.findByText('/home/desk/deliveries.csv · 31 kB')).toBeTruthy();
  expect(screen.getByRole('button', { name: 'Show in folder' })).toBeTruthy();
});

test('an export of before can be gone on with, stopped and fetched, as the one that was started here', async () => {
  const double = createDouble();
  const before = {
    ...{ kind: 'export' as const, endpointId: null, total: 28, delivered: 0, failed: 0, startedAt: morning },
    ...{ sizeBytes: null, problem: null },
  };
  double.answer('jobs.list', () => [
    { ...before, id: idOf('job_', 7), state: 'paused', done: 12, endedAt: null, file: '/home/desk/paused.csv' },
    { ...before, id: idOf('job_', 8), state: 'done', done: 28, endedAt: morning, file: '/home/desk/done.csv' },
    { ...before, id: idOf('job_', 9), state: 'cancelled', done: 3, endedAt: morning, file: null },
  ]);
  const { user, made } = show('/export', double);
  const table = within(await screen.findByRole('table', { name: 'Exports since the start' }));
  await user.click(table.getByRole('button', { name: 'Go on' }));
  await waitFor(() => expect(made('jobs.resume')).toEqual([{ id: idOf('job_', 7) }]));
  await user.click(table.getByRole('button', { name: 'Stop' }));
  await waitFor(() => expect(made('jobs.cancel')).toEqual([{ id: idOf('job_', 7) }]));
  await user.click(table.getByRole('button', { name: 'Show in folder' }));
  await waitFor(() => expect(made('surface.showFile')).toEqual([{ file: '/home/desk/done.csv' }]));
});

test('of a reason that is too short the field says how much is there, and how much is wanted', async () => {
  const { user } = show('/export');
  await user.click(await screen.findByRole('button', { name: /with everything|full|guests/i }));
  const field = await screen.findByLabelText(/Why is that needed/);
  await user.type(field, 'x');
  expect(await screen.findByText('This has 1 of at least 5 letters.')).toBeTruthy();
  await user.type(field, ' for the police');
  expect(screen.queryByText(/of at least 5 letters/)).toBeNull();
});

test('nothing to export is said, and cannot be started', async () => {
  const double = createDouble();
  double.answer('deliveries.count', () => ({ total: 0, byEndpoint: [] }));
  show('/export?text=nobody', double);
  expect(await screen.findByText(/Nothing matches these filters/)).toBeTruthy();
  expect(screen.getByRole('button', { name: 'Export to a file…' }).hasAttribute('disabled')).toBe(true);
});

test('what matches is not counted anew at every push', async () => {
  const { double, made } = show('/export');
  expect(await screen.findByText(countMatches)).toBeTruthy();
  const counted = made('deliveries.count').length;
  const looked = made('situation.get').length;
  double.push({ name: 'changed', payload: { topics: ['deliveries', 'situation'] } });
  await waitFor(() => expect(made('situation.get').length).toBeGreaterThan(looked));
  expect(made('deliveries.count')).toHaveLength(counted);
});

const nightly: ExportSchedule = {
  id: idOf('sch_', 1),
  every: 'night',
  what: 'events',
  filter: {},
  eventFilter: { eventTypes: ['booking.created'] },
  format: 'jsonl',
  columns: null,
  bom: true,
  fullReason: null,
  folder: 'E:\\exports',
  isOwnFolder: false,
  keepDays: null,
  nextAt: utcMs(morning + 3_600_000),
  running: null,
  last: {
    at: utcMs(morning - 3_600_000),
    period: '2026-11-21',
    state: 'done',
    jobId: idOf('job_', 1),
    file: 'E:\\exports\\bay events 2026-11-21.jsonl',
    rows: 12,
    sizeBytes: 900,
  },
  away: null,
  leftOut: null,
  files: 1,
};

test('a schedule takes what the page shows but for its time, and the folder of the dialog', async () => {
  const double = createDouble();
  double.answer('surface.chooseFile', () => ({ file: 'E:\\exports' }));
  const { user, made } = show('/export?state=waiting&from=2026-11-01T00:00:00Z', double);
  await user.click(await screen.findByRole('button', { name: 'Every night or month…' }));
  await user.click(screen.getByRole('button', { name: 'Choose a folder…' }));
  expect(await screen.findByText('E:\\exports')).toBeTruthy();
  await user.click(screen.getByRole('button', { name: 'Schedule it' }));
  await waitFor(() => expect(made('schedules.add')).toHaveLength(1));
  expect(made('schedules.add')[0]).toMatchObject({
    schedule: { every: 'night', folder: 'E:\\exports', keepDays: 90, filter: { states: ['waiting'] } },
    confirmed: false,
  });
  expect(made('schedules.add')[0]).not.toMatchObject({ schedule: { filter: { from: expect.anything() } } });
});

test('a folder that is away is told where the schedule stands, with what is missing', async () => {
  const double = createDouble();
  const says = { key: 'source.folder_away', params: { folder: 'E:\\exports' } };
  double.answer('schedules.list', () => [{ ...nightly, away: { since: utcMs(morning), says, missed: 2 } }]);
  const { user, made } = show('/export', double);
  const schedule = await screen.findByRole('region', { name: 'Events, every night' });
  expect(schedule.textContent).toMatch(/2 files are missing since .*Is its drive or share connected\?/);
  expect(schedule.textContent).toContain('JSONL · 1 filter · kept for good');
  expect(schedule.textContent).toContain('Only: New booking');
  await user.click(screen.getByRole('button', { name: 'Show in folder' }));
  await waitFor(() => expect(made('surface.showFile')).toEqual([{ file: nightly.last?.file }]));
  await user.click(screen.getByRole('button', { name: 'Run now' }));
  await waitFor(() => expect(made('schedules.run')).toEqual([{ id: nightly.id }]));
});
