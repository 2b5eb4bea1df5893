import { useState } from 'react';
import { Button } from '../../components/Button.tsx';
import { Card } from '../../components/Card.tsx';
import { NumberField } from '../../components/NumberField.tsx';
import { useWords } from '../../i18n/index.ts';
import { useSituation } from '../../lib/situation.ts';
import type { SectionProps } from './section.ts';
import { useSaveSettings } from './useSave.ts';

export function IntakeCard({ settings }: Pick<SectionProps, 'settings'>) {
  const t = useWords('settings');
  const { save, isPending } = useSaveSettings(settings);
  const { intake } = useSituation();
  const [port, setPort] = useState(settings.intakePort);
  return (
    <Card title={t('intake.title')}>
      <form
        noValidate
        className="flex flex-col gap-3"
        onSubmit={(event) => {
          event.preventDefault();
          save({ intakePort: port });
        }}
      >
        <p className="text-ink-soft">{t('intake.now', { address: intake.address })}</p>
        <NumberField
          label={t('intake.port')}
          hint={t('intake.portHint')}
          value={port}
          onChange={(value) => setPort(Number.isNaN(value) ? settings.intakePort : value)}
          minValue={1024}
          maxValue={65535}
          formatOptions={{ useGrouping: false }}
        />
        <Button type="submit" kind="primary" isPending={isPending} className="self-start">
          {t('common:act.save')}
        </Button>
      </form>
    </Card>
  );
}
