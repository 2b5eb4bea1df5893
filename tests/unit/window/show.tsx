/** Shows the whole window at a path over the double, as a person would see it. */
import '../../../renderer/app/start.ts';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { cleanup, configure, render } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { createMemoryRouter } from 'react-router';
import { RouterProvider } from 'react-router/dom';
import { routes } from '../../../renderer/app/router.tsx';
import { type Language, startWords } from '../../../renderer/i18n/index.ts';
import { listenForKeys } from '../../../renderer/lib/keys.ts';
import { ClientProvider, keepCurrent } from '../../../renderer/lib/queries.ts';
import { notices } from '../../../renderer/lib/toasts.ts';
import { createDouble, type Double } from '../../ui/support/double.ts';

export interface Shown {
  readonly double: Double;
  readonly user: ReturnType<typeof userEvent.setup>;
  /** Where the window is now. */
  path(): string;
  /** Inputs of a call so far. */
  made(name: Double['made'][number]['name']): unknown[];
}

const endings: (() => void)[] = [];

/** A machine under load may need longer than the usual second for a page, in milliseconds. */
configure({ asyncUtilTimeout: 15_000 });

/** Opens the window; `leave` of the test's `afterEach` closes it. */
export function show(path: string, double: Double = createDouble(), language: Language = 'en'): Shown {
  stubBrowser();
  startWords(language);
  void double.call('preferences.change', { change: { language } });
  const queries = new QueryClient({ defaultOptions: { queries: { retry: false, staleTime: 30_000 } } });
  const router = createMemoryRouter(routes, { initialEntries: [path] });
  endings.push(keepCurrent(double, queries), listenForKeys(window), () => queries.clear());
  render(
    <ClientProvider value={double}>
      <QueryClientProvider client={queries}>
        <RouterProvider router={router} />
      </QueryClientProvider>
    </ClientProvider>,
  );
  return {
    double,
    user: userEvent.setup(),
    path: () => router.state.location.pathname + router.state.location.search,
    made: (name) => double.made.filter((call) => call.name === name).map(({ input }) => input),
  };
}

/** Closes what `show` opened. */
export function leave(): void {
  cleanup();
  notices.clear();
  // The next file's window is the same one.
  localStorage.clear();
  for (const end of endings.splice(0)) end();
}

/** What jsdom lacks and the window asks the browser for. */
function stubBrowser(): void {
  window.matchMedia ??= ((query: string) => ({
    matches: false,
    media: query,
    addEventListener: () => {},
    removeEventListener: () => {},
  })) as unknown as typeof window.matchMedia;
  window.ResizeObserver ??= class {
    observe() {}
    unobserve() {}
    disconnect() {}
  };
  Element.prototype.scrollIntoView ??= () => {};
}
