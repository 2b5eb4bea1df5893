import { zodResolver } from '@hookform/resolvers/zod';
import { useMemo } from 'react';
import { Controller, useForm } from 'react-hook-form';
import { settings as settingsSchema } from '../../../shared/schemas.ts';
import { Banner } from '../../components/Banner.tsx';
import { Button } from '../../components/Button.tsx';
import { Card } from '../../components/Card.tsx';
import { CodeBlock } from '../../components/CodeBlock.tsx';
import { ComboBox } from '../../components/ComboBox.tsx';
import { FormTextField } from '../../components/FormTextField.tsx';
import { Select } from '../../components/Select.tsx';
import { Switch } from '../../components/Switch.tsx';
import { useLanguage, useWords } from '../../i18n/index.ts';
import { useRelayQuery } from '../../lib/queries.ts';
import { PinCard } from '../lock/PinCard.tsx';
import type { SectionProps } from './section.ts';
import { useSavePreferences, useSaveSettings } from './useSave.ts';

export function General({ settings, preferences }: SectionProps) {
  return (
    <>
      <Property settings={settings} />
      <Look preferences={preferences} />
      <PinCard />
      <Starting preferences={preferences} />
    </>
  );
}

const propertySchema = settingsSchema.pick({
  propertyName: true,
  propertyId: true,
  timeZone: true,
  currency: true,
  locale: true,
});

function Property({ settings }: Pick<SectionProps, 'settings'>) {
  const t = useWords('settings');
  const { save, isPending } = useSaveSettings(settings);
  const { propertyName, propertyId, timeZone, currency, locale } = settings;
  const { control, handleSubmit } = useForm({
    resolver: zodResolver(propertySchema),
    values: { propertyName, propertyId, timeZone, currency, locale },
  });
  const timeZones = useMemo(() => choicesOf([timeZone, ...Intl.supportedValuesOf('timeZone')]), [timeZone]);
  const currencies = useMemo(() => choicesOf([currency, ...Intl.supportedValuesOf('currency')]), [currency]);
  const language = useLanguage();
  const locales = useMemo(() => localesIn(language, locale), [language, locale]);
  return (
    <Card title={t('property.title')}>
      <form
        noValidate
        onSubmit={handleSubmit(save)}
        className="grid grid-cols-2 items-start gap-4 max-[1023px]:grid-cols-1"
      >
        <FormTextField control={control} name="propertyName" label={t('property.name')} />
        <FormTextField
          control={control}
          name="propertyId"
          label={t('property.id')}
          hint={t('property.idHint')}
          wrong={t('property.idWrong')}
          emptyMeans="null"
        />
        <Controller
          control={control}
          name="timeZone"
          render={({ field: { value, onChange } }) => (
            <ComboBox
              label={t('property.timeZone')}
              hint={t('property.timeZoneHint')}
              choices={timeZones}
              value={value}
              onChange={onChange}
            />
          )}
        />
        <Controller
          control={control}
          name="currency"
          render={({ field: { value, onChange } }) => (
            <ComboBox label={t('property.currency')} choices={currencies} value={value} onChange={onChange} />
          )}
        />
        <Controller
          control={control}
          name="locale"
          render={({ field: { value, onChange } }) => (
            <ComboBox
              label={t('property.locale')}
              hint={t('property.localeHint')}
              choices={locales}
              value={value}
              onChange={onChange}
            />
          )}
        />
        <Button type="submit" kind="primary" isPending={isPending} className="self-end justify-self-start">
          {t('common:act.save')}
        </Button>
      </form>
    </Card>
  );
}

const offeredLocales = [
  ...['en-GB', 'en-PH', 'en-US', 'fil-PH', 'de-DE', 'es-ES', 'fr-FR', 'id-ID', 'it-IT', 'ja-JP', 'ko-KR', 'ms-MY'],
  ...['nl-NL', 'pt-BR', 'th-TH', 'vi-VN', 'zh-CN', 'zh-TW'],
];

/** Each by its name in the reader's language; also the one that is set, whatever it is. */
function localesIn(language: string, present: string) {
  const names = new Intl.DisplayNames([language], { type: 'language' });
  return [...new Set([present, ...offeredLocales])].map((value) => ({
    value,
    label: `${names.of(value) ?? value} (${value})`,
  }));
}

const choicesOf = (values: readonly string[]) => [...new Set(values)].map((value) => ({ value, label: value }));

function Look({ preferences }: Pick<SectionProps, 'preferences'>) {
  const t = useWords('settings');
  const save = useSavePreferences();
  return (
    <Card title={t('look.title')}>
      <div className="grid grid-cols-2 items-start gap-4 max-[1023px]:grid-cols-1">
        <Select
          label={t('look.language')}
          value={preferences.language}
          onChange={(language) => save({ language })}
          choices={(['system', 'en', 'fil'] as const).map((value) => ({ value, label: t(`look.language.${value}`) }))}
        />
        <Select
          label={t('look.theme')}
          value={preferences.theme}
          onChange={(theme) => save({ theme })}
          choices={(['system', 'light', 'dark'] as const).map((value) => ({ value, label: t(`look.theme.${value}`) }))}
        />
      </div>
      <div className="mt-4">
        <Switch isSelected={preferences.dense} onChange={(dense) => save({ dense })} hint={t('look.denseHint')}>
          {t('look.dense')}
        </Switch>
      </div>
    </Card>
  );
}

function Starting({ preferences }: Pick<SectionProps, 'preferences'>) {
  const t = useWords('settings');
  const save = useSavePreferences();
  const surface = useRelayQuery('surface.info', {}).data;
  const browser = surface?.surface === 'browser';
  return (
    <Card title={t('login.title')}>
      <div className="flex flex-col gap-3">
        {preferences.startAtLogin && surface?.loginItemWorks === false && (
          <Banner
            tone="wait"
            action={<Button onPress={() => save({ startAtLogin: true })}>{t('login.onAgain')}</Button>}
          >
            {t('login.off')}
          </Banner>
        )}
        <Switch
          isSelected={preferences.startAtLogin}
          onChange={(startAtLogin) => save({ startAtLogin })}
          isDisabled={browser}
          hint={browser ? t('login.browser') : t('login.startHint')}
        >
          {t('login.start')}
        </Switch>
        <Switch
          isSelected={preferences.keepAwake === 'on'}
          onChange={(on) => save({ keepAwake: on ? 'on' : 'off' })}
          isDisabled={browser}
          hint={browser ? t('login.browser') : t('login.awakeHint')}
        >
          {t('login.awake')}
        </Switch>
        {surface?.surface === 'desktop' && <BeforeSignIn platform={surface.platform} program={surface.program} />}
      </div>
    </Card>
  );
}

/** What runs while nobody is signed in, and how that is changed. */
function BeforeSignIn({ platform, program }: { platform: string; program: string }) {
  const t = useWords('settings');
  return (
    <div className="flex flex-col gap-2 border-line border-t pt-3">
      <p>{t('login.before')}</p>
      {platform === 'darwin' ? (
        <p className="text-ink-soft">{t('login.beforeMac')}</p>
      ) : (
        <>
          <p className="text-ink-soft">{t(platform === 'win32' ? 'login.beforeWindows' : 'login.beforeLinux')}</p>
          <CodeBlock code={`${program} startup-task add`} label={t('login.beforeCommand')} />
        </>
      )}
    </div>
  );
}
