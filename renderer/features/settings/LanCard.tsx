import { zodResolver } from '@hookform/resolvers/zod';
import { Controller, useForm } from 'react-hook-form';
import { settings as settingsSchema } from '../../../shared/schemas.ts';
import { Banner } from '../../components/Banner.tsx';
import { Button } from '../../components/Button.tsx';
import { Card } from '../../components/Card.tsx';
import { CodeBlock } from '../../components/CodeBlock.tsx';
import { FormTextField } from '../../components/FormTextField.tsx';
import { NumberField } from '../../components/NumberField.tsx';
import { Switch } from '../../components/Switch.tsx';
import { TextField } from '../../components/TextField.tsx';
import { useWords } from '../../i18n/index.ts';
import { useSituation } from '../../lib/situation.ts';
import type { SectionProps } from './section.ts';
import { useSaveSettings } from './useSave.ts';

/** The listener for a PMS on another machine: off unless asked for, and plain about what is less safe. */
export function LanCard({ settings }: Pick<SectionProps, 'settings'>) {
  const t = useWords('settings');
  const { save, isPending } = useSaveSettings(settings);
  const { lan: listening } = useSituation().intake;
  const { control, handleSubmit, watch, setError } = useForm({
    resolver: zodResolver(settingsSchema.shape.lan),
    values: settings.lan,
  });
  const [enabled, tls] = watch(['enabled', 'tls']);
  const submit = handleSubmit((lan) => {
    const allow = lan.allow.map((line) => line.trim()).filter((line) => line !== '');
    if (lan.enabled && lan.host.trim() === '') {
      setError('host', { type: 'server', message: t('lan.hostWrong') });
    } else if (lan.enabled && allow.length === 0) {
      setError('allow', { type: 'server', message: t('lan.allowWrong') });
    } else save({ lan: { ...lan, host: lan.host.trim(), allow } });
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
              <FormTextField control={control} name="host" label={t('lan.host')} hint={t('lan.hostHint')} code />
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
                  error={error && t('lan.allowWrong')}
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
          </>
        )}
        <Button type="submit" kind="primary" isPending={isPending} className="self-start">
          {t('common:act.save')}
        </Button>
        {listening && (
          <div className="flex flex-col gap-2">
            <p className="text-ink-soft">{t('lan.now', { address: listening.address })}</p>
            {listening.fingerprint && <CodeBlock code={listening.fingerprint} label={t('lan.fingerprint')} titled />}
          </div>
        )}
      </form>
    </Card>
  );
}
