import { Card } from '../../components/Card.tsx';
import { useWords } from '../../i18n/index.ts';
import { useSituation } from '../../lib/situation.ts';
import { HostNames } from './HostNames.tsx';
import { NumberSetting } from './NumberSetting.tsx';
import type { SectionProps } from './section.ts';

export function IntakeCard({ settings }: Pick<SectionProps, 'settings'>) {
  const t = useWords('settings');
  const { intake } = useSituation();
  return (
    <Card title={t('intake.title')}>
      <div className="flex flex-col gap-3">
        <p className="text-ink-soft">{t('intake.now', { address: intake.address })}</p>
        <NumberSetting
          settings={settings}
          member="intakePort"
          label={t('intake.port')}
          hint={t('intake.portHint')}
          minValue={1024}
          maxValue={65535}
          formatOptions={{ useGrouping: false }}
        />
        <HostNames settings={settings} />
      </div>
    </Card>
  );
}
