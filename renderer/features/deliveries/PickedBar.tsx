/** What can be done with the deliveries that were picked. */
import { Download, ListFilter, X } from 'lucide-react';
import type { Job } from '../../../shared/schemas.ts';
import { Button, ButtonLink } from '../../components/Button.tsx';
import { useWords } from '../../i18n/index.ts';
import { useFormats } from '../../lib/formats-context.ts';
import { emptyView, paramsOf } from './address.ts';
import { BulkResend } from './BulkResend.tsx';
import type { Picked } from './usePicked.ts';

/** An address holds no more ids than these. */
const mostInAddress = 100;

export function PickedBar({ picked, onStarted }: { picked: Picked; onStarted: (job: Job) => void }) {
  const t = useWords('deliveries');
  const formats = useFormats();
  const ids = [...picked.picked];
  const count = ids.length;
  if (count === 0) return <div role="status" className="sr-only" />;
  const params = paramsOf({ ...emptyView, filter: { ids } });
  return (
    <div className="mb-3 flex flex-wrap items-center gap-x-3 gap-y-2 rounded-l border border-brand bg-brand-wash px-3.5 py-2">
      <span role="status" className="min-w-0 flex-1 font-semibold">
        {t('pick.count', { count, formatted: formats.number(count) })}
      </span>
      <BulkResend picked filter={{ ids }} count={count} onStarted={onStarted} />
      {count <= mostInAddress && (
        <>
          <ButtonLink to={`/export?${params}`} icon={Download}>
            {t('export')}
          </ButtonLink>
          <ButtonLink to={`/deliveries?${params}`} icon={ListFilter}>
            {t('pick.only')}
          </ButtonLink>
        </>
      )}
      <Button kind="quiet" icon={X} onPress={picked.clear}>
        {t('pick.clear')}
      </Button>
    </div>
  );
}
