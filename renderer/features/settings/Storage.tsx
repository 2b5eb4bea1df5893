import { Card } from '../../components/Card.tsx';
import { useWords } from '../../i18n/index.ts';
import { BackupCard } from './BackupCard.tsx';
import { NumberSetting } from './NumberSetting.tsx';
import { RestoreCard } from './RestoreCard.tsx';
import type { SectionProps } from './section.ts';

export function Storage({ settings }: SectionProps) {
  const t = useWords('settings');
  return (
    <>
      <Card title={t('retention.title')}>
        <NumberSetting
          settings={settings}
          member="retentionDays"
          label={t('retention.days')}
          hint={t('retention.hint')}
          minValue={1}
          maxValue={3650}
        />
      </Card>
      <BackupCard />
      <RestoreCard />
    </>
  );
}
