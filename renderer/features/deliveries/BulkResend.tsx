/** Resending everything that the filters show: counted and named first, then a job with a receipt at its end. */
import { RotateCw } from 'lucide-react';
import { useState } from 'react';
import type { DeliveryFilter, Job } from '../../../shared/schemas.ts';
import { Banner } from '../../components/Banner.tsx';
import { Button } from '../../components/Button.tsx';
import { Dialog } from '../../components/Dialog.tsx';
import { Failed } from '../../components/Failed.tsx';
import { Loading } from '../../components/Loading.tsx';
import { Table, Td, Th } from '../../components/Table.tsx';
import { useWords } from '../../i18n/index.ts';
import { useFormats } from '../../lib/formats-context.ts';
import { useRelayMutation } from '../../lib/queries.ts';
import { useSay } from '../../lib/sentences.ts';
import { notify } from '../../lib/toasts.ts';
import { useResendCount } from './useDeliveryCount.ts';

export interface BulkResendProps {
  readonly filter: DeliveryFilter;
  /** How many the filters show, as far as it is known. */
  readonly count: number | null;
  readonly onStarted: (job: Job) => void;
  /** Picked by hand, not shown by the filters. */
  readonly picked?: boolean;
}

export function BulkResend({ filter, count, onStarted, picked = false }: BulkResendProps) {
  const t = useWords('deliveries');
  const formats = useFormats();
  const [asking, setAsking] = useState(false);
  return (
    <>
      <Button icon={RotateCw} isDisabled={count === 0} onPress={() => setAsking(true)}>
        {count === null ? t('bulk.openAny') : t('bulk.open', { count, formatted: formats.number(count) })}
      </Button>
      {asking && <Question filter={filter} picked={picked} onStarted={onStarted} onClose={() => setAsking(false)} />}
    </>
  );
}

function Question(props: Omit<BulkResendProps, 'count'> & { onClose: () => void }) {
  const { filter, picked, onStarted, onClose } = props;
  const t = useWords('deliveries');
  const formats = useFormats();
  const say = useSay();
  const counted = useResendCount(filter);
  const title = t(picked ? 'bulk.titlePicked' : 'bulk.title');
  const start = useRelayMutation('deliveries.resendAll', {
    onSuccess: (job) => {
      onStarted(job);
      onClose();
    },
    onError: (problem) => notify({ text: problem.message, tone: 'bad' }),
  });
  const total = counted.data?.total ?? 0;
  const cannot = counted.data?.cannot ?? [];
  const sendable = total - cannot.reduce((sum, { count }) => sum + count, 0);
  const byEndpoint = counted.data?.byEndpoint.filter(({ count }) => count > 0) ?? [];
  const [only] = byEndpoint;
  const formatted = formats.number(total);
  const verb =
    byEndpoint.length === 1 && only
      ? t('bulk.start', { count: sendable, formatted: formats.number(sendable), endpoint: only.name })
      : t('bulk.startMany', { formatted: formats.number(sendable), endpoints: byEndpoint.length });
  return (
    <Dialog
      role="alertdialog"
      isOpen
      onClose={onClose}
      title={title}
      actions={
        <>
          <Button onPress={onClose}>{t('bulk.keep')}</Button>
          {sendable > 0 && (
            <Button kind="primary" icon={RotateCw} isPending={start.isPending} onPress={() => start.mutate({ filter })}>
              {verb}
            </Button>
          )}
        </>
      }
    >
      {counted.error ? (
        <Failed error={counted.error} again={() => void counted.refetch()} />
      ) : !counted.data ? (
        <Loading />
      ) : total === 0 ? (
        <p>{t('bulk.none')}</p>
      ) : (
        <div className="flex flex-col gap-3">
          <p>{t('bulk.text', { count: total, formatted })}</p>
          {cannot.map(({ says, count }) => (
            <Banner key={JSON.stringify(says)} tone="wait">
              <strong className="block">{t('bulk.cannot', { count, formatted: formats.number(count) })}</strong>
              {say(says)}
            </Banner>
          ))}
          {filter.states === undefined || filter.states.includes('delivered') ? (
            <p className="text-ink-soft">{t('bulk.delivered')}</p>
          ) : null}
          <Table label={title}>
            <thead>
              <tr>
                <Th>{t('bulk.to')}</Th>
                <Th number>{t('bulk.many')}</Th>
              </tr>
            </thead>
            <tbody>
              {byEndpoint.map(({ endpointId, name, count }) => (
                <tr key={endpointId}>
                  <Td>{name}</Td>
                  <Td number>{formats.number(count)}</Td>
                </tr>
              ))}
            </tbody>
          </Table>
        </div>
      )}
    </Dialog>
  );
}
