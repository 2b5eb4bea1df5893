/** What a person can do with one delivery, from the list and from its details alike. */
import type { DeliveryRow } from '../../../shared/schemas.ts';
import { useWords } from '../../i18n/index.ts';
import { useCopy } from '../../lib/copy.ts';
import { ask, CallFailure, useClient, useRelayMutation } from '../../lib/queries.ts';
import { notify } from '../../lib/toasts.ts';
import { curlOf } from './curl.ts';

export interface DeliveryActs {
  resend(row: DeliveryRow): void;
  /** What was held since it is too old goes out all the same. */
  sendHeld(row: DeliveryRow): void;
  cancel(row: DeliveryRow): void;
  restore(row: DeliveryRow): void;
  copyAsCurl(row: DeliveryRow): void;
  readonly isPending: boolean;
}

/** A waiting, failed or delivered one can be sent again; what is on its way already, or asked for, cannot. */
export const canResend = (row: DeliveryRow): boolean =>
  row.state !== 'sending' && row.state !== 'cancelled' && row.resendWaits === null;
export const canCancel = (row: DeliveryRow): boolean => row.state === 'waiting' || row.state === 'needs_attention';

export function useDeliveryActs(): DeliveryActs {
  const t = useWords('deliveries');
  const client = useClient();
  const copy = useCopy();
  const onError = (problem: Error) => notify({ text: problem.message, tone: 'bad' });
  const restore = useRelayMutation('deliveries.restore', {
    onError,
    onSuccess: (row) => notify({ text: t('detail.restored', { endpoint: row.endpointName }) }),
  });
  const cancel = useRelayMutation('deliveries.cancel', {
    onError,
    onSuccess: (row) =>
      notify({
        text: t('detail.cancelled', { endpoint: row.endpointName }),
        tone: 'still',
        undo: () => restore.mutate({ id: row.id }),
      }),
  });
  const resend = useRelayMutation('deliveries.resend', {
    onError,
    onSuccess: ({ resendWaits, endpointName: endpoint }) =>
      notify({
        text: t(resendWaits === null || resendWaits === 'due' ? 'detail.resent' : 'why.resendAsked', { endpoint }),
      }),
  });
  const sendHeld = useRelayMutation('held.send', { onError });
  // The whole address is needed and can hold a secret: asking for it is an act of its own, and recorded.
  const copyAsCurl = async (row: DeliveryRow) => {
    try {
      const [delivery, { url }] = await Promise.all([
        ask(client, 'deliveries.get', { id: row.id }),
        ask(client, 'endpoints.revealAddress', { id: row.endpointId }),
      ]);
      const headers = delivery.attemptsMade.at(-1)?.requestHeaders ?? [['Content-Type', 'application/json']];
      if (await copy(curlOf({ url, headers, body: delivery.body }))) notify({ text: t('detail.curlCopied') });
    } catch (problem) {
      if (!(problem instanceof CallFailure)) throw problem;
      onError(problem);
    }
  };
  return {
    resend: (row) => resend.mutate({ id: row.id }),
    sendHeld: (row) =>
      sendHeld.mutate(
        { endpointId: row.endpointId, ids: [row.id] },
        { onSuccess: () => notify({ text: t('detail.resent', { endpoint: row.endpointName }) }) },
      ),
    cancel: (row) => cancel.mutate({ id: row.id }),
    restore: (row) => restore.mutate({ id: row.id }),
    copyAsCurl: (row) => void copyAsCurl(row),
    isPending: resend.isPending || sendHeld.isPending || cancel.isPending || restore.isPending,
  };
}
