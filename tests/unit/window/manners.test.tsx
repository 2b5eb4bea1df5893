// @vitest-environment jsdom
/** Keys, palette, secrets and crashes behave the same on every page. */
import { act, fireEvent, render, screen, waitFor } from '@testing-library/react';
import { afterEach, expect, test, vi } from 'vitest';
import { revealedMs, Secret } from '../../../renderer/components/Secret.tsx';
import { startWords } from '../../../renderer/i18n/index.ts';
import { ClientProvider } from '../../../renderer/lib/queries.ts';
import { createDouble, refusal } from '../../ui/support/double.ts';
import { leave, show } from './show.tsx';

afterEach(() => {
  vi.useRealTimers();
  leave();
});

test('Ctrl+K finds a page by a few letters, and Enter goes there', async () => {
  const { user, path } = show('/');
  await screen.findByRole('heading', { level: 1 });
  await user.keyboard('{Control>}k{/Control}');
  await user.type(await screen.findByRole('searchbox', { name: 'Find' }), 'sour');
  await waitFor(() => expect(screen.getAllByRole('option')[0]?.textContent).toContain('Sources'));
  await user.keyboard('{Enter}');
  await waitFor(() => expect(path()).toBe('/sources'));
});

test('the palette searches the log for what matches nothing', async () => {
  const { user } = show('/');
  await screen.findByRole('heading', { level: 1 });
  await user.keyboard('{Control>}k{/Control}');
  await user.type(await screen.findByRole('searchbox', { name: 'Find' }), 'dela cruz');
  expect(await screen.findByRole('option', { name: 'Search deliveries for “dela cruz”' })).toBeTruthy();
});

test('“?” lists the keys, and Escape closes the sheet', async () => {
  const { user } = show('/');
  await screen.findByRole('heading', { level: 1 });
  await user.keyboard('?');
  expect((await screen.findByRole('dialog', { name: 'Keyboard' })).textContent).toContain('Find a page or an act');
  await user.keyboard('{Escape}');
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
});

test('keys do nothing while a person types', async () => {
  const { user } = show('/sources/new');
  await user.type(await screen.findByRole('textbox', { name: 'Name' }), 'what?');
  expect(screen.queryByRole('dialog')).toBeNull();
});

test('a revealed secret hides again after 30 seconds', async () => {
  vi.useFakeTimers();
  startWords('en');
  render(
    <ClientProvider value={createDouble()}>
      <Secret label="Secret of Bookkeeping" masked="…k9Qx" reveal={() => Promise.resolve('whsec_everything')} />
    </ClientProvider>,
  );
  expect(screen.queryByText('whsec_everything')).toBeNull();
  await act(async () => {
    fireEvent.click(screen.getByRole('button', { name: 'Show' }));
  });
  expect(screen.getByText('whsec_everything')).toBeTruthy();
  act(() => void vi.advanceTimersByTime(revealedMs - 1));
  expect(screen.getByText('whsec_everything')).toBeTruthy();
  act(() => void vi.advanceTimersByTime(1));
  expect(screen.queryByText('whsec_everything')).toBeNull();
});

test('a session that is over is said, with the way to a new one', async () => {
  const double = createDouble();
  show('/', double);
  await screen.findByRole('heading', { level: 1 });
  double.answer('situation.get', () => {
    throw refusal('engine_not_running', 'Roost Relay does not answer.', 'Error: no_session');
  });
  double.push({ name: 'changed', payload: { topics: ['situation'] } });
  expect(await screen.findByText('roost-relay open')).toBeTruthy();
});

test('the window’s title names the page, and the focus follows into it', async () => {
  const { user } = show('/');
  await user.click(await screen.findByRole('link', { name: 'Sources' }));
  await waitFor(() => expect(document.title).toBe('Sources – Roost Relay'));
  expect(document.activeElement?.id).toBe('content');
});

test('an address that leads nowhere says so and leads back', async () => {
  show('/nowhere');
  expect(await screen.findByRole('heading', { name: 'There is no such page' })).toBeTruthy();
  expect(screen.getByRole('link', { name: 'Go to Today' })).toBeTruthy();
});
