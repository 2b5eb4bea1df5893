/** What a person can do with one endpoint; what can be undone says so in its notice. */
import type { ReactNode } from 'react';
import type { UtcMs } from '../../../shared/domain.ts';
import { isGone } from '../../../shared/remedies.ts';
import type { Endpoint } from '../../../shared/schemas.ts';
import { useConfirmed } from '../../components/useConfirmed.tsx';
import { useWords } from '../../i18n/index.ts';
import { useFormats } from '../../lib/formats-context.ts';
import { ask, CallFailure, useClient, useRelayMutation } from '../../lib/queries.ts';
import { sayNow } from '../../lib/sentences.ts';
import { notify } from '../../lib/toasts.ts';
import { sayTried } from '../../lib/tried.ts';

export interface EndpointActs {
  tryNow(endpoint: Endpoint): void;
  sendWaiting(endpoint: Endpoint): void;
  pause(endpoint: Endpoint, until: UtcMs | null): void;
  resume(endpoint: Endpoint): void;
  remove(endpoint: Endpoint): void;
  /** Asks first where another endpoint has its address by now; `dialog` holds the question. */
  restore(endpoint: Endpoint): void;
  readonly dialog: ReactNode;
  /** What is kept secret, asked for on purpose; null where it could not be had, which has been said then. */
  reveal(endpoint: Endpoint, what: 'address' | 'secret' | 'next' | { readonly header: string }): Promise<string | null>;
}

/** Says that an act failed, in the engine's own sentence. */
export const sayProblem = (problem: Error): void => notify({ text: problem.message, tone: 'bad' });

export function useEndpointActs(): EndpointActs {
  const t = useWords('endpoints');
  const formats = useFormats();
  const client = useClient();
  const onError = sayProblem;
  const resume = useRelayMutation('endpoints.resume', {
    onError,
  });
  const pause = useRelayMutation('endpoints.pause', {
    onError,
    onSuccess: ({ id, name }) =>
      notify({
        text: t('pause.done', { name }),
        tone: 'still',
        undo: () => resume.mutate({ id }, { onSuccess: ({ name }) => notify({ text: t('detail.resumed', { name }) }) }),
      }),
  });
  const confirmed = useConfirmed(t('same.title'), t('same.verb'));
  const restore = useRelayMutation('endpoints.restore', {
    onError: (failure, asked) => {
      if (!confirmed.asks(failure, () => restore.mutate({ ...asked, confirmed: true }))) sayProblem(failure);
    },
    onSuccess: ({ name }) => notify({ text: t('detail.restored', { name }) }),
  });
  const remove = useRelayMutation('endpoints.remove', { onError });
  const tryNow = useRelayMutation('endpoints.tryNow', {
    onError,
    onSuccess: sayTried,
  });
  const sendWaiting = useRelayMutation('endpoints.sendWaiting', { onError });
  return {
    tryNow: ({ id, name }) => {
      notify({ text: t('detail.trying', { name }), tone: 'wait' });
      tryNow.mutate({ id });
    },
    sendWaiting: ({ id, name }) =>
      sendWaiting.mutate(
        { id },
        {
          onSuccess: ({ deliveries: count, held }) =>
            held === null
              ? notify({ text: t('detail.sendingWaiting', { count, formatted: formats.number(count), name }) })
              : notify({ text: sayNow(held), tone: 'wait' }),
        },
      ),
    pause: ({ id }, until) => pause.mutate({ id, until }),
    resume: (endpoint) =>
      resume.mutate(
        { id: endpoint.id },
        {
          onSuccess: () => {
            // It may say that it is gone again at once: that it is on would not stay true.
            const [text, tone] = isGone(endpoint)
              ? (['detail.triedAgain', 'wait'] as const)
              : (['detail.resumed', 'fine'] as const);
            notify({ text: t(text, { name: endpoint.name }), tone });
          },
        },
      ),
    // A promise and no callback of the call: that one is dropped with its page, which goes as soon as it is removed.
    remove: ({ id, name }) =>
      void remove.mutateAsync({ id }).then(
        () =>
          notify({
            text: t('remove.done', { name }),
            tone: 'still',
            // As it stood a moment ago: whatever address it shared then, a person had agreed to.
            undo: () => restore.mutate({ id, confirmed: true }),
          }),
        () => {},
      ),
    restore: ({ id }) => restore.mutate({ id }),
    dialog: confirmed.dialog,
    reveal: async ({ id }, what) => {
      try {
        if (what === 'address') return (await ask(client, 'endpoints.revealAddress', { id })).url;
        if (typeof what === 'object')
          return (await ask(client, 'endpoints.revealHeader', { id, name: what.header })).value;
        const { secret, next } = await ask(client, 'endpoints.revealSecret', { id });
        return what === 'next' ? next : secret;
      } catch (problem) {
        if (!(problem instanceof CallFailure)) throw problem;
        sayProblem(problem);
        return null;
      }
    },
  };
}
