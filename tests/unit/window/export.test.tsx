// @vitest-environment jsdom
/** The export takes the filters of its address, says that guests' data leaves, and can be stopped. */
import { screen, waitFor } from '@testing-library/react';
import { afterEach, expect, test, vi } from 'vitest';
import { createDouble } from '../../ui/support/double.ts';
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
  expect(screen.getByText('Guests’ data leaves with this file')).toBeTruthy();
  await user.click(screen.getByRole('button', { name: 'Export to a file…' }));
  await waitFor(() => expect(made('export.start')).toHaveLength(1));
  expect(made('export.start')[0]).toMatchObject({
    filter: { states: ['waiting', 'needs_attention'] },
    format: 'csv',
    file: expect.stringMatching(/^\/home\/desk\/deliveries-.*\.csv$/),
  });
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
