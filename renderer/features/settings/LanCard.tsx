/** The listener for a PMS on another machine: off unless asked for, and plain about what is less safe. */
import { zodResolver } from '@hookform/resolvers/zod';
import { Controller, useForm } from 'react-hook-form';
import { z } from 'zod';
import { settings as settingsSchema } from '../../../shared/schemas.ts';
import { Banner } from '../../components/Banner.tsx';
import { Button } from '../../components/Button.tsx';
import { Card } from '../../components/Card.tsx';
import { CodeBlock } from '../../components/CodeBlock.tsx';
import { NumberField } from '../../components/NumberField.tsx';
import { Select } from '../../components/Select.tsx';
import { Switch } from '../../components/Switch.tsx';
import { TextField } from '../../components/TextField.tsx';
import { TextLink } from '../../components/TextLink.tsx';
import { useWords } from '../../i18n/index.ts';
import { useRelayQuery } from '../../lib/queries.ts';
import { useSay } from '../../lib/sentences.ts';
import { useSituation } from '../../lib/situation.ts';
import type { SectionProps } from './section.ts';
import { useSaveSettings } from './useSave.ts';

/** Bound to this, the listener takes events from every network of the PC. */
const everyNetwork = '0.0.0.0';
/** What may stand in a line of the list: a machine, or a network of them. */
const allowed = z.union([z.ipv4(), z.ipv6(), z.cidrv4(), z.cidrv6()]);

export function LanCard({ settings }: Pick<SectionProps, 'settings'>) {
  const t = useWords('settings');
  const { save, isPending } = useSaveSettings(settings);
  const { control, handleSubmit, watch, setError } = useForm({
    resolver: zodResolver(settingsSchema.shape.lan),
    values: settings.lan,
  });
  const [enabled, tls] = watch(['enabled', 'tls']);
  const isWindows = useRelayQuery('surface.info', {}).data?.platform === 'win32';
  const submit = handleSubmit((lan) => {
    const allow = lan.allow.map((line) => line.trim()).filter((line) => line !== '');
    const wrong = allow.find((line) => !allowed.safeParse(line).success);
    const refuse = (member: 'host' | 'allow', message: string) => setError(member, { type: 'server', message });
    if (lan.enabled && lan.host === '') refuse('host', t('lan.hostWrong'));
    else if (lan.enabled && wrong !== undefined) refuse('allow', t('lan.allowEntryWrong', { entry: wrong }));
    else if (lan.enabled && allow.length === 0) refuse('allow', t('lan.allowWrong'));
    else save({ lan: { ...lan, allow } });
  });
  return (
    <Card title={t('lan.title')}>
      <form noValidate onSubmit={submit} className="flex flex-col gap-4">
        <Controller
          control={control}
          name="enabled"
          render={({ field: { value, onChange } }) => (
            <Switch isSelected={value} onChange={onChange} hint={t('lan.enabledHint')}>
              {t('lan.enabled')}
            </Switch>
          )}
        />
        {enabled && (
          <>
            <div className="grid grid-cols-[1fr_auto] items-start gap-4 max-[1023px]:grid-cols-1">
              <Controller
                control={control}
                name="host"
                render={({ field: { value, onChange }, fieldState: { error } }) => (
                  <HostSelect value={value} onChange={onChange} error={error?.message} />
                )}
              />
              <Controller
                control={control}
                name="port"
                render={({ field: { value, onChange } }) => (
                  <NumberField
                    label={t('lan.port')}
                    value={value}
                    onChange={onChange}
                    minValue={1024}
                    maxValue={65535}
                    formatOptions={{ useGrouping: false }}
                  />
                )}
              />
            </div>
            <Controller
              control={control}
              name="allow"
              render={({ field: { value, onChange }, fieldState: { error } }) => (
                <TextField
                  label={t('lan.allow')}
                  hint={t('lan.allowHint')}
                  value={value.join('\n')}
                  onChange={(text) => onChange(text.split('\n'))}
                  error={error && (error.message ?? t('lan.allowWrong'))}
                  rows={3}
                  code
                />
              )}
            />
            <Controller
              control={control}
              name="tls"
              render={({ field: { value, onChange } }) => (
                <Switch isSelected={value} onChange={onChange} hint={t('lan.tlsHint')}>
                  {t('lan.tls')}
                </Switch>
              )}
            />
            {!tls && <Banner tone="bad">{t('lan.plain')}</Banner>}
            {isWindows && !settings.lan.enabled && <Banner tone="wait">{t('lan.firewall')}</Banner>}
          </>
        )}
        <Button type="submit" kind="primary" isPending={isPending} className="self-start">
          {t('common:act.save')}
        </Button>
        <Listening />
      </form>
    </Card>
  );
}

/** One of this PC's own addresses, all of them, or the one that was chosen before and is not there now. */
function HostSelect(props: { value: string; onChange: (host: string) => void; error: string | undefined }) {
  const { value, onChange, error } = props;
  const t = useWords('settings');
  const own = useRelayQuery('settings.addresses', {}).data ?? [];
  const choices = [
    ...own.map(({ address, network }) => ({ value: address, label: address, hint: network })),
    { value: everyNetwork, label: t('lan.everyNetwork'), hint: t('lan.everyNetworkHint') },
  ];
  if (value !== '' && !choices.some((choice) => choice.value === value))
    choices.unshift({ value, label: value, hint: t('lan.hostGone') });
  return (
    <Select
      label={t('lan.host')}
      hint={t('lan.hostHint')}
      placeholder={t('lan.hostChoose')}
      error={error}
      choices={choices}
      value={value === '' ? null : value}
      onChange={onChange}
    />
  );
}

/** Where it listens now and how to recognise it, or why it does not. */
function Listening() {
  const t = useWords('settings');
  const say = useSay();
  const { lan, lanProblem } = useSituation().intake;
  if (lanProblem !== null)
    return (
      <Banner tone="bad">
        {t('lan.problem')} {say(lanProblem)}
      </Banner>
    );
  if (lan === null) return null;
  return (
    <div className="flex flex-col gap-3">
      <Banner tone="fine">
        {t('lan.now', { address: lan.address })} <TextLink to="/sources">{t('lan.next')}</TextLink>
      </Banner>
      {lan.fingerprint !== null && <CodeBlock code={lan.fingerprint} label={t('lan.fingerprint')} titled />}
    </div>
  );
}
