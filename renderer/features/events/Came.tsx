import type { EventRow } from '../../../shared/schemas.ts';
import { Chip, deliveryIcons } from '../../components/Chip.tsx';
import { useWords } from '../../i18n/index.ts';
import { useFormats } from '../../lib/formats-context.ts';

/** What became of an event: delivered everywhere, partly, or who has to look at it. */
export function Came({ deliveries }: { deliveries: EventRow['deliveries'] }) {
  const t = useWords('events');
  const formats = useFormats();
  const { total, delivered, waiting, needsAttention } = deliveries;
  const numbers = { total: formats.number(total), delivered: formats.number(delivered) };
  if (total === 0) return <span className="text-ink-faint">{t('came.nobody')}</span>;
  if (needsAttention > 0) return <Chip tone="bad">{t('came.attention', { count: needsAttention })}</Chip>;
  if (delivered === total) return <Chip tone="fine">{total === 1 ? t('came.one') : t('came.all', numbers)}</Chip>;
  if (waiting === 0 && delivered === 0) {
    return (
      <Chip tone="still" icon={deliveryIcons.cancelled}>
        {t('came.gone')}
      </Chip>
    );
  }
  return <Chip tone={waiting > 0 ? 'wait' : 'still'}>{t('came.some', numbers)}</Chip>;
}
