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
  if (total === 0) return <span className="text-ink-faint">{t('came.nobody')}</span>;
  if (needsAttention > 0) return <Chip tone="bad">{t('came.attention', { count: needsAttention })}</Chip>;
  if (delivered === total) return <Chip tone="fine">{total === 1 ? t('came.one') : t('came.all', numbers)}</Chip>;
  if (delivered + waiting > 0) {
    const rest = toBench > 0 ? t('came.restToBench', { number: formats.number(toBench) }) : null;
    const said = [t('came.some', numbers), rest].filter((part) => part !== null).join(' · ');
    return <Chip tone={waiting > 0 ? 'wait' : 'still'}>{said}</Chip>;
  }
  const gone = toBench > 0 ? 'to_bench' : heldBack > 0 ? 'held_back' : 'cancelled';
  return (
    <Chip tone={gone === 'to_bench' ? 'wait' : 'still'} icon={deliveryIcons[gone]}>
      {t(`common:delivery.${gone}`)}
    </Chip>
  );
}
