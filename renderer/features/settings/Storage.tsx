import { ButtonLink } from '../../components/Button.tsx';
import { Card } from '../../components/Card.tsx';
import { useWords } from '../../i18n/index.ts';
import { BackupCard } from './BackupCard.tsx';
import { RestoreCard } from './RestoreCard.tsx';
import { RetentionCard } from './RetentionCard.tsx';
import type { SectionProps } from './section.ts';

export function Storage({ settings }: SectionProps) {
  const t = useWords('settings');
  return (
    <>
      <RetentionCard settings={settings} />
      <Card title={t('forget.card')}>
        <p className="mb-3">{t('forget.cardText')}</p>
        <ButtonLink to="/settings/forget">{t('forget.open')}</ButtonLink>
      </Card>
      <BackupCard />
      <RestoreCard />
    </>
  );
}
