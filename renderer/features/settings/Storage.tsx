import { useState } from 'react';
import { Button } from '../../components/Button.tsx';
import { Card } from '../../components/Card.tsx';
import { NumberField } from '../../components/NumberField.tsx';
import { useWords } from '../../i18n/index.ts';
import { BackupCard } from './BackupCard.tsx';
import { RestoreCard } from './RestoreCard.tsx';
import type { SectionProps } from './section.ts';
import { useSaveSettings } from './useSave.ts';

export function Storage({ settings }: SectionProps) {
  return (
    <>
      <Retention settings={settings} />
      <BackupCard />
      <RestoreCard />
    </>
  );
}

function Retention({ settings }: Pick<SectionProps, 'settings'>) {
  const t = useWords('settings');
  const { save, isPending } = useSaveSettings(settings);
  const [days, setDays] = useState(settings.retentionDays);
  return (
    <Card title={t('retention.title')}>
      <form
        noValidate
        className="flex flex-col gap-3"
        onSubmit={(event) => {
          event.preventDefault();
          save({ retentionDays: days });
        }}
      >
        <NumberField
          label={t('retention.days')}
          hint={t('retention.hint')}
          value={days}
          onChange={(value) => setDays(Number.isNaN(value) ? settings.retentionDays : value)}
          minValue={1}
          maxValue={3650}
        />
        <Button type="submit" kind="primary" isPending={isPending} className="self-start">
          {t('common:act.save')}
        </Button>
      </form>
    </Card>
  );
}
