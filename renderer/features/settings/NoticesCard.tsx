/** Telling somebody when nobody sits at this PC: which endpoints are sent what Roost Relay says of itself. */
import { useState } from 'react';
import { kindNamed } from '../../../shared/endpoint-kinds/index.ts';
import { conditionTypes, type NoticeType } from '../../../shared/notices.ts';
import type { Endpoint, Settings } from '../../../shared/schemas.ts';
import { takenInPart } from '../../../shared/told.ts';
import { Button } from '../../components/Button.tsx';
import { Card } from '../../components/Card.tsx';
import { Select } from '../../components/Select.tsx';
import { Switch } from '../../components/Switch.tsx';
import { TextLink } from '../../components/TextLink.tsx';
import { useWords } from '../../i18n/index.ts';
import { type CallFailure, useRelayMutation, useRelayQuery } from '../../lib/queries.ts';
import { useSay } from '../../lib/sentences.ts';
import { notify as tell } from '../../lib/toasts.ts';
import { QuietTimes } from './QuietTimes.tsx';
import { useSaveSettings } from './useSave.ts';

export function NoticesCard({ settings }: { settings: Settings }) {
  const t = useWords('settings');
  const endpoints = useRelayQuery('endpoints.list', {}).data ?? [];
  const { save } = useSaveSettings(settings);
  const { notify } = settings;
  const { quietHours } = notify;
  const keep = (change: Partial<Settings['notify']>) => save({ notify: { ...notify, ...change } });
  return (
    <Card title={t('notices.title')}>
      <div className="flex flex-col gap-4">
        <p className="text-ink-soft">{t('notices.intro')}</p>
        {endpoints.length > 0 && (
          <ul className="flex flex-col divide-y divide-line border-line border-y">
            {endpoints.filter(takesNotices).map((endpoint) => (
              <ToldEndpoint key={endpoint.id} endpoint={endpoint} />
            ))}
          </ul>
        )}
        <TextLink to="/endpoints/new?for=notices">
          {t(endpoints.length === 0 ? 'notices.addFirst' : 'notices.add')}
        </TextLink>
        <Select
          label={t('notices.language')}
          choices={[
            { value: 'en', label: t('look.language.en') },
            { value: 'fil', label: t('look.language.fil') },
          ]}
          value={notify.language}
          onChange={(language) => keep({ language })}
          className="w-64"
        />
        <Switch
          isSelected={quietHours.enabled}
          onChange={(enabled) => keep({ quietHours: { ...quietHours, enabled } })}
          hint={t('notices.quietHint')}
        >
          {t('notices.quiet')}
        </Switch>
        {quietHours.enabled && (
          <QuietTimes value={quietHours} onChange={(times) => keep({ quietHours: { ...quietHours, ...times } })} />
        )}
      </div>
    </Card>
  );
}

const takesNotices = ({ kind }: Endpoint): boolean => kindNamed(kind).takesNotices !== false;

/** One endpoint: whether it is told, and a sample of what it would read. */
function ToldEndpoint({ endpoint }: { endpoint: Endpoint }) {
  const t = useWords('settings');
  const say = useSay();
  const [isTested, setTested] = useState(false);
  const sayFailure = (failure: CallFailure) => tell({ text: failure.message, tone: 'bad' });
  const change = useRelayMutation('endpoints.change', { onError: sayFailure });
  const test = useRelayMutation('endpoints.test', {
    onSuccess: (result) => {
      const { ok } = result;
      const inPart = takenInPart(result);
      setTested(true);
      tell({
        text: inPart ? say(inPart) : t(ok ? 'notices.tested' : 'notices.notTested', { name: endpoint.name }),
        ...(ok && !inPart ? {} : { tone: inPart ? 'wait' : 'bad' }),
      });
    },
    onError: sayFailure,
  });
  const wanted = conditionTypes.filter((type) => endpoint.events.includes(type));
  const others = endpoint.events.filter((type) => !conditionTypes.some((one) => one === type));
  const sample: NoticeType = wanted[0] ?? 'relay.endpoint_failing';
  return (
    <li className="flex flex-wrap items-center justify-between gap-3 py-2.5">
      <Switch
        isSelected={wanted.length > 0}
        // Without any event there is no endpoint: one that is there for notices alone is removed, not emptied.
        isDisabled={change.isPending || (wanted.length > 0 && others.length === 0)}
        onChange={(on) =>
          change.mutate({ id: endpoint.id, change: { events: on ? [...others, ...conditionTypes] : others } })
        }
        hint={hintOf(endpoint, wanted.length, others.length)}
      >
        {endpoint.name}
      </Switch>
      {wanted.length > 0 && (
        <Button isPending={test.isPending} onPress={() => test.mutate({ id: endpoint.id, event: sample })}>
          {t(isTested ? 'notices.testAgain' : 'notices.test')}
        </Button>
      )}
    </li>
  );

  function hintOf({ state }: Endpoint, wantedCount: number, otherCount: number): string {
    if (state === 'draft') return t('notices.draft');
    if (wantedCount > 0 && otherCount === 0) return t('notices.only');
    return wantedCount > 0 && wantedCount < conditionTypes.length
      ? t('notices.some', { count: wantedCount })
      : endpoint.address;
  }
}
