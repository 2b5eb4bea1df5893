import { useEffect, useRef } from 'react';
import type { Preferences } from '../../../shared/schemas.ts';
import { Banner } from '../../components/Banner.tsx';
import { Card } from '../../components/Card.tsx';
import { Switch } from '../../components/Switch.tsx';
import { useWords } from '../../i18n/index.ts';
import { useRelayQuery } from '../../lib/queries.ts';
import { NoticesCard } from './NoticesCard.tsx';
import { QuietTimes } from './QuietTimes.tsx';
import type { SectionProps } from './section.ts';
import { useSavePreferences } from './useSave.ts';

export function Notifications({ preferences, settings }: SectionProps) {
  return (
    <div className="flex flex-col gap-4">
      <ToastsCard preferences={preferences} />
      <NoticesCard settings={settings} />
    </div>
  );
}

function ToastsCard({ preferences }: Pick<SectionProps, 'preferences'>) {
  const t = useWords('settings');
  const save = useSavePreferences();
  const { toasts, quietHours } = preferences;
  // What was typed last counts, though what is shown may not have it yet: one time is changed right after the other.
  const latest = useRef(quietHours);
  useEffect(() => {
    latest.current = quietHours;
  }, [quietHours]);
  const keep = (change: Partial<Preferences['quietHours']>) => {
    latest.current = { ...latest.current, ...change };
    save({ quietHours: latest.current });
  };
  const browser = useRelayQuery('surface.info', {}).data?.surface === 'browser';
  return (
    <Card title={t('toasts.title')}>
      <div className="flex flex-col gap-4">
        {browser && <Banner tone="still">{t('toasts.browser')}</Banner>}
        <Switch isSelected={toasts} onChange={(on) => save({ toasts: on })} hint={t('toasts.showHint')}>
          {t('toasts.show')}
        </Switch>
        <Switch
          isSelected={quietHours.enabled}
          isDisabled={!toasts}
          onChange={(enabled) => keep({ enabled })}
          hint={t('quiet.showHint')}
        >
          {t('quiet.show')}
        </Switch>
        {toasts && quietHours.enabled && <QuietTimes value={quietHours} onChange={keep} />}
      </div>
    </Card>
  );
}
