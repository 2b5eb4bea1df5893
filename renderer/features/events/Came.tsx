import type { EventRow } from '../../../shared/schemas.ts';
import { Chip, deliveryIcons } from '../../components/Chip.tsx';
import { useWords } from '../../i18n/index.ts';
import { useFormats } from '../../lib/formats-context.ts';

/** What became of an event: delivered everywhere, partly, kept from its receivers, or who has to look at it. */
export function Came({ deliveries }: { deliveries: EventRow['deliveries'] }) {
  const t = useWords('events');
  const formats = useFormats();
  const { total, delivered, waiting, needsAttention, toBench, heldBack } = deliveries;
  const numbers = { total: formats.number(total), delivered: formats.number(delivered) };
  const gone = toBench > 0 ? 'to_bench' : heldBack > 0 ? 'held_back' : 'cancelled';
  if (total === 0) return <span className="text-ink-faint">{t('came.nobody')}</span>;
  if (delivered === total) return <Chip tone="fine">{total === 1 ? t('came.one') : t('came.all', numbers)}</Chip>;
  if (delivered + waiting + needsAttention === 0) {
    return (
      <Chip tone={gone === 'to_bench' ? 'wait' : 'still'} icon={deliveryIcons[gone]}>
        {t(`common:delivery.${gone}`)}
      </Chip>
    );
  }
  return (
    <>
      {needsAttention > 0 ? (
        <Chip tone="bad">{t('came.attention', { count: needsAttention })}</Chip>
      ) : (
        <Chip tone={waiting > 0 ? 'wait' : 'still'}>{t('came.some', numbers)}</Chip>
      )}
      {/* What the bench took is not what its receiver has. */}
      {toBench > 0 && (
        <p className="truncate text-ink-faint text-s">{t('came.restToBench', { number: formats.number(toBench) })}</p>
      )}
    </>
  );
}
