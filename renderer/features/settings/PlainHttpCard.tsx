/** Programs on this very PC over plain HTTP: off until somebody who has read why switches it on. */
import { Card } from '../../components/Card.tsx';
import { Switch } from '../../components/Switch.tsx';
import { useWords } from '../../i18n/index.ts';
import { useRelayQuery } from '../../lib/queries.ts';
import type { SectionProps } from './section.ts';
import { useSaveSettings } from './useSave.ts';

export function PlainHttpCard({ settings }: Pick<SectionProps, 'settings'>) {
  const t = useWords('settings');
  const { save } = useSaveSettings(settings);
  const plain = (useRelayQuery('endpoints.list', {}).data ?? []).filter((endpoint) => endpoint.plain !== null);
  const names = plain.map(({ name }) => name).join(', ');
  return (
    <Card title={t('plain.title')}>
      <div className="flex flex-col gap-3">
        <p className="text-ink-soft">{t('plain.why')}</p>
        <Switch
          isSelected={settings.plainLoopback}
          onChange={(plainLoopback) => save({ plainLoopback })}
          hint={t('plain.hint')}
        >
          {t('plain.allow')}
        </Switch>
        {plain.length > 0 && <p>{t(settings.plainLoopback ? 'plain.used' : 'plain.stopped', { names })}</p>}
      </div>
    </Card>
  );
}
