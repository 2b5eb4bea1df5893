import { Ban, PencilRuler, Unplug } from 'lucide-react';
import type { Source } from '../../../shared/schemas.ts';
import { Chip, quietIcon } from '../../components/Chip.tsx';
import { useWords } from '../../i18n/index.ts';

/** A source's state: connected, away, being set up, quieter than usual, never heard of, or revoked. */
export function SourceChip({ source: { quietSince, lastEventAt, revokedAt, draft, health } }: { source: Source }) {
  const t = useWords('sources');
  if (revokedAt !== null) {
    return (
      <Chip tone="still" icon={Ban}>
        {t('revoked')}
      </Chip>
    );
  }
  if (health.away !== null) {
    return (
      <Chip tone="bad" icon={Unplug}>
        {t('chip.away')}
      </Chip>
    );
  }
  if (draft) {
    return (
      <Chip tone="wait" icon={PencilRuler}>
        {t('chip.draft')}
      </Chip>
    );
  }
  if (lastEventAt === null) {
    return (
      <Chip tone="still" icon={Unplug}>
        {t('common:source.never')}
      </Chip>
    );
  }
  if (quietSince !== null) {
    return (
      <Chip tone="away" icon={quietIcon}>
        {t('common:source.quiet')}
      </Chip>
    );
  }
  return <Chip tone="fine">{t('common:source.connected')}</Chip>;
}
