/** Puts the window together for a client: the words, the theme, what is asked and kept, the keys, the pages. */
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { RouterProvider } from 'react-router/dom';
import type { RelayClient } from '../../shared/api.ts';
import { languageOf, startWords } from '../i18n/index.ts';
import { listenForKeys } from '../lib/keys.ts';
import { fetchPagesAhead } from '../lib/pages-ahead.ts';
import { withPin } from '../lib/pin.ts';
import { askAgain, ClientProvider, keepCurrent } from '../lib/queries.ts';
import { applyTheme, rememberedTheme } from '../lib/theme.ts';
import { openRouter } from './router.tsx';

/** Shows the window in `place`. Returns the function that takes it away again. */
export function openWindow(place: HTMLElement, client: RelayClient): () => void {
  applyTheme(rememberedTheme());
  startWords(languageOf('system', navigator.languages));
  const queries = new QueryClient({
    defaultOptions: {
      // Loopback or IPC: an error is an answer, and `changed` pushes say when to ask again.
      queries: { retry: false, staleTime: 30_000, networkMode: 'always' },
      mutations: { networkMode: 'always' },
    },
  });
  const router = openRouter();
  const asking = withPin(client, () => void askAgain(queries, ({ queryKey: [name] }) => name === 'lock.get'));
  const endings = [
    keepCurrent(client, queries),
    listenForKeys(window),
    client.onPush((push) => {
      if (push.name === 'navigate') void router.navigate(push.payload.path);
    }),
  ];
  const root = createRoot(place);
  root.render(
    <StrictMode>
      <ClientProvider value={asking}>
        <QueryClientProvider client={queries}>
          {/* A transition would let everything else go before the page that was just asked for. */}
          <RouterProvider router={router} useTransitions={false} />
        </QueryClientProvider>
      </ClientProvider>
    </StrictMode>,
  );
  endings.push(fetchPagesAhead());
  return () => {
    root.unmount();
    for (const end of endings) end();
  };
}
