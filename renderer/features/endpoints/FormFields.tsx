/** The fields of an endpoint, in the groups that are the steps of its form. */
import { Plus, Trash2 } from 'lucide-react';
import { FileTrigger, Group, Label, Radio, RadioGroup } from 'react-aria-components';
import { type Control, Controller, useController, useFieldArray, useWatch } from 'react-hook-form';
import { certificateText, largestCertificateBytes } from '../../../shared/certificate-text.ts';
import { type EndpointKindName, kindNamed, kindOf, lintOf, usualKind } from '../../../shared/endpoint-kinds/index.ts';
import { wrongPort } from '../../../shared/endpoint-kinds/kind.ts';
import { numberOptions, optionalNumbers, switchOptions } from '../../../shared/endpoint-kinds/options.ts';
import { allEventTypes, type EventType, eventTypes } from '../../../shared/events.ts';
import { isNoticeType, noticeTypes } from '../../../shared/notices.ts';
import { isPlainLoopback } from '../../../shared/plain-loopback.ts';
import { sentence } from '../../../shared/sentences/sentence.ts';
import { Button } from '../../components/Button.tsx';
import { Checkbox } from '../../components/Checkbox.tsx';
import { FormTextField } from '../../components/FormTextField.tsx';
import { Switch } from '../../components/Switch.tsx';
import { useWords } from '../../i18n/index.ts';
import { useRelayQuery } from '../../lib/queries.ts';
import { useSay } from '../../lib/sentences.ts';
import { EventIcon } from '../events/EventIcon.tsx';
import { type EndpointForm, hintOfSecret, isGiven, isPem, isSecret, kindOfForm, problemOfUrl } from './form.ts';

interface FieldsProps {
  readonly control: Control<EndpointForm>;
}

export function AddressField({ control, kept, autoFocus }: FieldsProps & { kept?: string; autoFocus?: boolean }) {
  const t = useWords('endpoints');
  const [chosen, typed] = useWatch({ control, name: ['kind', 'url'] });
  const kind = kindOfForm({ kind: chosen, url: typed });
  const { schemes, server } = kindNamed(kind).address;
  const check = (url: string) => {
    if (url.trim() === '' && kept !== undefined) return true;
    const problem = url.trim() === '' ? 'common:field.required' : problemOfUrl(url, kindOfForm({ kind: chosen, url }));
    return problem === null || t(problem, { port: wrongPort(url) ?? '' });
  };
  return (
    <div className="flex flex-col gap-2">
      <FormTextField
        control={control}
        name="url"
        check={check}
        type="url"
        code
        autoFocus={autoFocus ?? false}
        label={t('form.url')}
        hint={
          kept === undefined
            ? t(server === null ? 'form.urlHint' : 'form.urlServerHint')
            : t('form.urlKeep', { address: kept })
        }
        placeholder={`${schemes[0]}//`}
      />
      <AboutAddress url={typed} kind={kind} />
    </div>
  );
}

/** What is known of an address as soon as it is one: whose it is, and what is wrong with it. */
function AboutAddress({ url, kind }: { url: string; kind: EndpointKindName }) {
  const t = useWords('endpoints');
  const say = useSay();
  const isWhole = url.trim() !== '' && problemOfUrl(url, kind) === null;
  const lint = isWhole ? lintOf(url.trim(), kind) : null;
  const told = isWhole ? kindOf(url) : usualKind;
  const settings = useRelayQuery('settings.get', {}).data;
  const isPlainOff = isWhole && settings?.plainLoopback === false && isPlainLoopback(new URL(url.trim()));
  return (
    <div role="status" className="flex flex-col gap-2 empty:hidden">
      {told !== usualKind && (
        <p className="text-s">{t('form.told', { kind: say({ key: kindNamed(told).words.name, params: {} }) })}</p>
      )}
      {isPlainOff && (
        <p className="rounded-m bg-wait-wash px-3 py-2 text-ink forced-colors:border">
          {say(sentence('problem.address_plain_off'))}
        </p>
      )}
      {lint && <p className="rounded-m bg-wait-wash px-3 py-2 text-ink forced-colors:border">{say(lint.asks)}</p>}
    </div>
  );
}

export function DescriptionField({ control }: FieldsProps) {
  const t = useWords('endpoints');
  return (
    <FormTextField
      control={control}
      name="description"
      maxLength={200}
      label={t('form.description')}
      hint={t('form.descriptionHint')}
    />
  );
}

/** The nine events, each with what it means, and what Roost Relay says of itself, which is no part of all of them. */
export function EventsField({ control }: FieldsProps) {
  const t = useWords('endpoints');
  const [kind, url] = useWatch({ control, name: ['kind', 'url'] });
  const takesNotices = kindNamed(kindOfForm({ kind, url })).takesNotices !== false;
  return (
    <Controller
      control={control}
      name="events"
      rules={{ validate: (chosen) => chosen.length > 0 || t('form.eventsNone') }}
      render={({ field, fieldState }) => (
        <fieldset className="flex flex-col gap-2.5">
          <legend className="font-medium text-s">{t('form.events')}</legend>
          <p className="text-ink-faint text-s">{t('form.eventsHint')}</p>
          <Checkbox
            isSelected={eventTypes.every((one) => field.value.includes(one))}
            isIndeterminate={
              eventTypes.some((one) => field.value.includes(one)) &&
              !eventTypes.every((one) => field.value.includes(one))
            }
            onChange={(all) => field.onChange([...(all ? eventTypes : []), ...field.value.filter(isNoticeType)])}
          >
            {t('form.all')}
          </Checkbox>
          <EventChoices among={eventTypes} chosen={field.value} onChange={field.onChange} />
          {(takesNotices || field.value.some(isNoticeType)) && (
            <details className="group" open={field.value.some(isNoticeType)}>
              <summary className="cursor-pointer font-medium text-s">{t('form.notices')}</summary>
              <p className="mt-1.5 mb-2.5 text-ink-faint text-s">{t('form.noticesHint')}</p>
              <EventChoices among={noticeTypes} chosen={field.value} onChange={field.onChange} />
            </details>
          )}
          {fieldState.error && (
            <p role="alert" className="text-bad text-s">
              {fieldState.error.message}
            </p>
          )}
        </fieldset>
      )}
    />
  );
}

interface ChoicesProps {
  readonly among: readonly EventType[];
  readonly chosen: readonly EventType[];
  readonly onChange: (chosen: EventType[]) => void;
}

function EventChoices({ among, chosen, onChange }: ChoicesProps) {
  const t = useWords('endpoints');
  const events = useWords('events');
  return (
    <div className="grid gap-x-6 gap-y-2.5 border-line border-t pt-2.5 grid-cols-[repeat(auto-fill,minmax(min(100%,15.5rem),1fr))]">
      {among.map((event) => (
        <Checkbox
          key={event}
          isSelected={chosen.includes(event)}
          onChange={(isChosen) =>
            onChange(allEventTypes.filter((one) => (one === event ? isChosen : chosen.includes(one))))
          }
          hint={t('form.when', { when: events(`when.${event}`) })}
        >
          <span className="inline-flex items-center gap-1.5">
            <EventIcon event={event} className="text-ink-soft" />
            {t(`common:event.${event}`)}
            <code className="text-ink-faint text-xs">{event}</code>
          </span>
        </Checkbox>
      ))}
    </div>
  );
}

const radioLook =
  'relative flex cursor-pointer items-start gap-2.5 before:mt-0.5 before:size-4 before:shrink-0 before:rounded-full before:border before:border-line-strong before:bg-surface data-[selected]:before:border-[5px] data-[selected]:before:border-brand data-[focus-visible]:before:outline-2 data-[focus-visible]:before:outline-focus data-[focus-visible]:before:outline-offset-2';

/** A generated secret, or the receiver's own. */
export function SecretField({ control }: FieldsProps) {
  const t = useWords('endpoints');
  const kind = useWatch({ control, name: 'secretKind' });
  const secret = useWatch({ control, name: 'secret' });
  return (
    <>
      <Controller
        control={control}
        name="secretKind"
        render={({ field }) => (
          <RadioGroup value={field.value} onChange={field.onChange} className="flex flex-col gap-2">
            <Label className="font-medium text-s">{t('form.secretKind')}</Label>
            <Radio value="generated" className={radioLook}>
              <span>
                {t('form.secretGenerated')}
                <span className="block text-ink-faint text-s">{t('form.secretGeneratedHint')}</span>
              </span>
            </Radio>
            <Radio value="own" className={radioLook}>
              {t('form.secretOwn')}
            </Radio>
          </RadioGroup>
        )}
      />
      {kind === 'own' && (
        <FormTextField
          control={control}
          name="secret"
          check={(secret) => isSecret(secret.trim()) || t('form.secretShort')}
          code
          type="password"
          autoComplete="off"
          label={t('form.secretOwnField')}
          hint={t(hintOfSecret(secret))}
        />
      )}
    </>
  );
}

export function HeadersField({ control }: FieldsProps) {
  const t = useWords('endpoints');
  const { fields, append, remove, update } = useFieldArray({ control, name: 'headers' });
  const values = useWatch({ control, name: 'headers' });
  return (
    <Group aria-label={t('form.headers')} className="flex flex-col gap-2">
      <p className="font-medium text-s">{t('form.headers')}</p>
      <p className="text-ink-faint text-s">{t('form.headersHint')}</p>
      {fields.map((entry, index) => {
        const value = values[index];
        return (
          <div key={entry.id} className="flex items-end gap-2">
            <FormTextField
              control={control}
              name={`headers.${index}.name`}
              code
              label={t('form.headerName')}
              isReadOnly={value?.kept ?? false}
              className="min-w-0 flex-1"
            />
            {value?.kept ? (
              <div className="flex min-w-0 flex-1 items-center gap-2 pb-0.5">
                <span className="flex-1 text-ink-faint text-s">{t('form.headerKept')}</span>
                <Button onPress={() => update(index, { name: value.name, value: '', kept: false })}>
                  {t('common:act.change')}
                </Button>
              </div>
            ) : (
              <FormTextField
                control={control}
                name={`headers.${index}.value`}
                code
                autoComplete="off"
                label={t('form.headerValue')}
                className="min-w-0 flex-1"
              />
            )}
            <Button
              kind="quiet"
              icon={Trash2}
              aria-label={t('form.headerRemove', { name: value?.name ?? '' })}
              onPress={() => remove(index)}
            />
          </div>
        );
      })}
      <Button
        icon={Plus}
        className="self-start"
        isDisabled={fields.length >= 20}
        onPress={() => append({ name: '', value: '', kept: false })}
      >
        {t('form.headerAdd')}
      </Button>
    </Group>
  );
}

/** What most endpoints leave as it is. */
export function FurtherFields({ control }: FieldsProps) {
  const t = useWords('endpoints');
  return (
    <details className="group">
      <summary className="cursor-pointer font-medium text-s">{t('form.more')}</summary>
      <div className="mt-3 flex flex-col gap-4">
        <CertificateField control={control} />
        <div className="grid grid-cols-2 gap-4">
          {numberOptions.map((option) => {
            const { name, given } = option;
            return (
              <FormTextField
                key={name}
                control={control}
                name={name}
                check={(text) => isGiven(option, text) || t(`form.${name}Range`)}
                {...(given.isInt
                  ? { type: 'number' as const, min: given.minValue ?? 0, max: given.maxValue ?? 0 }
                  : { inputMode: 'decimal' as const })}
                label={t(`form.${name}`)}
              />
            );
          })}
        </div>
        {optionalNumbers.map((option) => (
          <FormTextField
            key={option.name}
            control={control}
            name={option.name}
            check={(text) => text.trim() === '' || isGiven(option, text) || t(`form.${option.name}Range`)}
            inputMode="decimal"
            label={t(`form.${option.name}`)}
            hint={t(`form.${option.name}Hint`, { suggested: option.suggests })}
          />
        ))}
        {switchOptions.map(({ name }) => (
          <Controller
            key={name}
            control={control}
            name={name}
            render={({ field }) => (
              <Switch isSelected={field.value} onChange={field.onChange} hint={t(`form.${name}Hint`)}>
                {t(`form.${name}`)}
              </Switch>
            )}
          />
        ))}
      </div>
    </details>
  );
}

function CertificateField({ control }: FieldsProps) {
  const t = useWords('endpoints');
  const { field: pem } = useController({ control, name: 'caPem' });
  const { field: kept } = useController({ control, name: 'caKept' });
  return (
    <div className="flex flex-col gap-2">
      <FormTextField
        control={control}
        name="caPem"
        check={(text) => text.trim() === '' || isPem(text) || t('form.caInvalid')}
        code
        rows={4}
        label={t('form.ca')}
        hint={t('form.caHint')}
        placeholder="-----BEGIN CERTIFICATE-----"
      />
      <div className="flex flex-wrap gap-2">
        <FileTrigger
          acceptedFileTypes={['.pem', '.crt', '.cer']}
          onSelect={(files) => {
            const file = files?.[0];
            if (file) void certificateIn(file).then((text) => pem.onChange(text));
          }}
        >
          <Button>{t('form.caFile')}</Button>
        </FileTrigger>
        {kept.value && <Button onPress={() => kept.onChange(false)}>{t('form.caDrop')}</Button>}
      </div>
    </div>
  );
}

const certificateIn = async (file: Blob): Promise<string> =>
  certificateText(new Uint8Array(await file.slice(0, largestCertificateBytes).arrayBuffer()));
