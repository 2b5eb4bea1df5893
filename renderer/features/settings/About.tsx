import { Stethoscope } from 'lucide-react';
import { useState } from 'react';
import type { CallOutput } from '../../../shared/api.ts';
import type { Tone } from '../../../shared/domain.ts';
import { inSentences } from '../../../shared/headline.ts';
import type { Update } from '../../../shared/schemas.ts';
import { Banner } from '../../components/Banner.tsx';
import { Button } from '../../components/Button.tsx';
import { Card } from '../../components/Card.tsx';
import { Chip } from '../../components/Chip.tsx';
import { Failed } from '../../components/Failed.tsx';
import { Loading } from '../../components/Loading.tsx';
import { TextField } from '../../components/TextField.tsx';
import { useWords } from '../../i18n/index.ts';
import { useFormats } from '../../lib/formats-context.ts';
import { useRelayMutation, useRelayQuery } from '../../lib/queries.ts';
import { useSay } from '../../lib/sentences.ts';
import { useSituation } from '../../lib/situation.ts';
import { notify } from '../../lib/toasts.ts';
import { SupportCard } from './SupportCard.tsx';
import type { SectionProps } from './section.ts';
import { useSavePreferences } from './useSave.ts';

export function About({ preferences }: SectionProps) {
  return (
    <>
      <Facts />
      <Doctor />
      <SupportCard />
      <Updates preferences={preferences} />
    </>
  );
}

function Facts() {
  const t = useWords('settings');
  const { time, now, timeZone } = useFormats();
  const { version } = useSituation();
  const surface = useRelayQuery('surface.info', {}).data;
  const facts = [
    [t('about.version'), version],
    ...(surface
      ? [
          [
            t('about.surface'),
            t(surface.surface === 'desktop' ? 'about.desktop' : 'about.browser', { platform: surface.platform }),
          ],
          ...(surface.tray === null ? [] : [[t('about.tray'), t(surface.tray ? 'about.trayYes' : 'about.trayNo')]]),
        ]
      : []),
    [t('about.propertyTime'), `${time(now)} (${timeZone})`],
  ];
  return (
    <Card title={t('about.title')}>
      <dl>
        {facts.map(([term, value]) => (
          <div key={term} className="flex flex-wrap justify-between gap-x-3 border-line border-t py-2">
            <dt className="text-ink-soft">{term}</dt>
            <dd className="font-medium">{value}</dd>
          </div>
        ))}
      </dl>
    </Card>
  );
}

type Check = CallOutput<'doctor.run'>[number];
const tones: Record<Check['state'], Tone> = { ok: 'fine', warning: 'wait', problem: 'bad' };

function Doctor() {
  const t = useWords('settings');
  const say = useSay();
  const [asked, setAsked] = useState(false);
  const checks = useRelayQuery('doctor.run', {}, { enabled: asked });
  const run = () => {
    if (asked) void checks.refetch();
    setAsked(true);
  };
  return (
    <Card title={t('doctor.title')}>
      <p className="mb-3 text-ink-soft">{t('doctor.text')}</p>
      {checks.isError ? (
        <Failed error={checks.error} again={run} />
      ) : asked && !checks.data ? (
        <Loading />
      ) : (
        checks.data && (
          <ul className="mb-3">
            {checks.data.map(({ name, state, says, nextStep }) => (
              <li
                key={say(name)}
                className="flex flex-wrap items-start justify-between gap-3 border-line border-t py-2"
              >
                <span className="min-w-0 flex-1">
                  <span className="font-medium">{say(name)}: </span>
                  {inSentences(says.map((said) => say(said)))}
                  {nextStep && <span className="wrap-anywhere block text-ink-soft text-s">{say(nextStep)}</span>}
                </span>
                <Chip tone={tones[state]}>{t(`doctor.${state}`)}</Chip>
              </li>
            ))}
          </ul>
        )
      )}
      <Button icon={Stethoscope} onPress={run} isPending={checks.isFetching}>
        {t('doctor.run')}
      </Button>
    </Card>
  );
}

/** Only where the app itself looks for updates; a build that names no address says that it does not. */
function Updates({ preferences }: Pick<SectionProps, 'preferences'>) {
  const t = useWords('settings');
  const update = useRelayQuery('surface.info', {}).data?.update ?? null;
  if (update === null) return null;
  return (
    <Card title={t('update.title')}>
      {update.feeds.length === 0 ? (
        <p className="text-ink-soft">{t('update.none')}</p>
      ) : (
        <FeedForm kept={preferences.updateFeed} update={update} />
      )}
    </Card>
  );
}

function FeedForm({ kept, update }: { kept: string; update: Update }) {
  const t = useWords('settings');
  const save = useSavePreferences();
  const [feed, setFeed] = useState(kept);
  return (
    <form
      noValidate
      className="flex flex-col gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        save({ updateFeed: feed.trim() });
      }}
    >
      <TextField
        label={t('update.feed')}
        hint={t('update.feedHint', { feeds: update.feeds.join(', ') })}
        value={feed}
        onChange={setFeed}
        code
      />
      <Button type="submit" className="self-start">
        {t('common:act.save')}
      </Button>
      <UpdateState update={update} />
    </form>
  );
}

const updateTones: Partial<Record<Update['state'], Tone>> = {
  newest: 'fine',
  ready: 'fine',
  failed: 'bad',
  not_signed: 'bad',
};

/** What became of looking for updates. */
function UpdateState({ update }: { update: Update }) {
  const t = useWords('settings');
  const { time } = useFormats();
  const install = useRelayMutation('surface.installUpdate', {
    onError: ({ message }) => notify({ text: message, tone: 'bad' }),
  });
  if (update.state === 'off') return null;
  const { state, version, at, problem } = update;
  return (
    <Banner
      tone={updateTones[state] ?? 'wait'}
      action={
        state === 'ready' && (
          <Button onPress={() => install.mutate({})} isPending={install.isPending || install.isSuccess}>
            {t('update.restart')}
          </Button>
        )
      }
    >
      {t(`update.${state === 'failed' && version !== null ? 'refused' : state}`, {
        version: version ?? '',
        at: at === null ? '' : time(at),
      })}
      {problem && <span className="wrap-anywhere block text-ink-soft text-s">{problem}</span>}
    </Banner>
  );
}
