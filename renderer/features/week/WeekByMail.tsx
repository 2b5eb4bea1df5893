/** Who gets this page on Mondays: the property's mail endpoints, each with a switch and a test. */
import type { Endpoint, WeekReport } from '../../../shared/schemas.ts';
import { takenInPart } from '../../../shared/told.ts';
import { weekNotice } from '../../../shared/week-notice.ts';
import { Button } from '../../components/Button.tsx';
import { Card } from '../../components/Card.tsx';
import { Switch } from '../../components/Switch.tsx';
import { TextLink } from '../../components/TextLink.tsx';
import { useWords } from '../../i18n/index.ts';
import { type CallFailure, useRelayMutation, useRelayQuery } from '../../lib/queries.ts';
import { useSay } from '../../lib/sentences.ts';
import { notify } from '../../lib/toasts.ts';

export function WeekByMail({ report }: { report: WeekReport }) {
  const t = useWords('common');
  const endpoints = useRelayQuery('endpoints.list', {}).data ?? [];
  const isDesktop = useRelayQuery('surface.info', {}).data?.surface === 'desktop';
  const mails = endpoints.filter(({ kind, events }) => kind === 'mail' || events.includes('relay.week'));
  return (
    <Card title={t('week.mail')} className="print:hidden">
      <p className="mb-2 text-ink-soft">
        {t('week.mailText')} {t(isDesktop ? 'week.mailPdf' : 'week.mailNoPdf')}
      </p>
      {mails.length > 0 && (
        <ul className="mb-2 flex flex-col divide-y divide-line border-line border-y">
          {mails.map((endpoint) => (
            <Mailed key={endpoint.id} endpoint={endpoint} report={report} />
          ))}
        </ul>
      )}
      <TextLink to="/endpoints/new?for=week">{t(mails.length === 0 ? 'week.mailAddFirst' : 'week.mailAdd')}</TextLink>
    </Card>
  );
}

function Mailed({ endpoint, report }: { endpoint: Endpoint; report: WeekReport }) {
  const t = useWords('common');
  const say = useSay();
  const settings = useRelayQuery('settings.get', {}).data;
  const onError = ({ message }: CallFailure) => notify({ text: message, tone: 'bad' });
  const change = useRelayMutation('endpoints.change', { onError });
  const { id, name, events, state } = endpoint;
  const test = useRelayMutation('endpoints.test', {
    onSuccess: (result) => {
      const { ok } = result;
      const inPart = takenInPart(result);
      notify({
        text: inPart ? say(inPart) : t(ok ? 'week.mailTested' : 'week.mailNotTested', { name }),
        ...(ok && !inPart ? {} : { tone: inPart ? 'wait' : 'bad' }),
      });
    },
    onError,
  });
  const isOn = events.includes('relay.week');
  const others = events.filter((type) => type !== 'relay.week');
  const only = isOn && others.length === 0;
  return (
    <li className="flex flex-wrap items-center justify-between gap-3 py-2.5">
      <Switch
        isSelected={isOn}
        // Without any event there is no endpoint.
        isDisabled={change.isPending || only}
        onChange={(on) => change.mutate({ id, change: { events: on ? [...others, 'relay.week'] : others } })}
        hint={t(state === 'draft' ? 'week.mailDraft' : only ? 'week.mailOnly' : 'week.mailWhen')}
      >
        {name}
      </Switch>
      {isOn && settings && (
        <Button
          isPending={test.isPending}
          onPress={() =>
            test.mutate({ id, event: 'relay.week', dataText: JSON.stringify(weekNotice(report, settings)) })
          }
        >
          {t('week.mailTest')}
        </Button>
      )}
    </li>
  );
}
