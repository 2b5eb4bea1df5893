/** Rules: only events that say this or that are sent. Members are offered from the events that have come. */
import { Plus, Trash2 } from 'lucide-react';
import { type Control, Controller, type UseFormReturn, useFieldArray, useWatch } from 'react-hook-form';
import { type Comparison, comparisons } from '../../../shared/endpoint-kinds/rules.ts';
import type { Preview } from '../../../shared/schemas.ts';
import { Button } from '../../components/Button.tsx';
import { ComboBox } from '../../components/ComboBox.tsx';
import { FormTextField } from '../../components/FormTextField.tsx';
import { Select } from '../../components/Select.tsx';
import { useWords } from '../../i18n/index.ts';
import { useFormats } from '../../lib/formats-context.ts';
import { useRelayQuery } from '../../lib/queries.ts';
import { sayNow } from '../../lib/sentences.ts';
import type { EndpointForm } from './form.ts';
import { emptyRule, isPath, rulesOf, wrongValue } from './rules.ts';
import type { Previewed } from './usePreview.ts';

interface RulesFieldProps {
  readonly form: UseFormReturn<EndpointForm>;
  readonly previewed: Previewed;
}

const mostRules = 20;

export function RulesField({ form, previewed }: RulesFieldProps) {
  const t = useWords('endpoints');
  const { control } = form;
  const { fields, append, remove } = useFieldArray({ control, name: 'rules' });
  return (
    <fieldset className="@container flex min-w-0 flex-col gap-2.5">
      <legend className="font-medium text-s">{t('rules.title')}</legend>
      <p className="text-ink-faint text-s">{t('rules.hint')}</p>
      {fields.length > 1 && (
        <Controller
          control={control}
          name="match"
          render={({ field }) => (
            <Select
              label={t('rules.match')}
              choices={(['all', 'any'] as const).map((value) => ({ value, label: t(`rules.match.${value}`) }))}
              value={field.value}
              onChange={field.onChange}
              className="max-w-80"
            />
          )}
        />
      )}
      {fields.map((entry, index) => (
        <RuleRow key={entry.id} form={form} index={index} onRemove={() => remove(index)} />
      ))}
      <Button
        icon={Plus}
        className="self-start"
        isDisabled={fields.length >= mostRules}
        onPress={() => append(emptyRule)}
      >
        {t('rules.add')}
      </Button>
      {fields.length > 0 && <Passing control={control} preview={previewed.preview} />}
    </fieldset>
  );
}

interface RuleRowProps {
  readonly form: UseFormReturn<EndpointForm>;
  readonly index: number;
  readonly onRemove: () => void;
}

function RuleRow({ form, index, onRemove }: RuleRowProps) {
  const t = useWords('endpoints');
  const { control } = form;
  const [entry, events] = useWatch({ control, name: [`rules.${index}`, 'events'] });
  const { data: members = [] } = useRelayQuery('endpoints.members', events.length === 0 ? {} : { events });
  const number = index + 1;
  return (
    <fieldset
      aria-label={t('rules.one', { number })}
      className="grid items-start gap-2 rounded-m border border-line p-2.5 @[480px]:grid-cols-[minmax(0,1.3fr)_minmax(0,1fr)_minmax(0,1.2fr)_auto]"
    >
      <Controller
        control={control}
        name={`rules.${index}.path`}
        rules={{ validate: (path) => isPath(path) || t('rules.pathWrong') }}
        render={({ field, fieldState }) => (
          <ComboBox
            label={t('rules.path')}
            choices={members.map(({ path, example }) => ({ value: path, label: path, hint: example }))}
            value={field.value}
            onChange={field.onChange}
            onBlur={field.onBlur}
            isFree
            {...(fieldState.error?.message && { error: fieldState.error.message })}
          />
        )}
      />
      <Controller
        control={control}
        name={`rules.${index}.is`}
        render={({ field }) => (
          <Select<Comparison>
            label={t('rules.is')}
            choices={comparisons.map((value) => ({ value, label: t(`rules.is.${value}`) }))}
            value={field.value}
            onChange={(is) => {
              const wasExists = field.value === 'exists';
              field.onChange(is);
              if ((is === 'exists') !== wasExists) form.setValue(`rules.${index}.value`, is === 'exists' ? 'true' : '');
            }}
          />
        )}
      />
      {entry?.is === 'exists' ? (
        <Controller
          control={control}
          name={`rules.${index}.value`}
          render={({ field }) => (
            <Select
              label={t('rules.value')}
              choices={(['true', 'false'] as const).map((value) => ({ value, label: t(`rules.exists.${value}`) }))}
              value={field.value === 'false' ? 'false' : 'true'}
              onChange={field.onChange}
            />
          )}
        />
      ) : (
        <FormTextField
          control={control}
          name={`rules.${index}.value`}
          check={(value) => {
            const wrong = wrongValue({ ...emptyRule, ...entry, value }, t('rules.value'));
            return wrong === null || (wrong === 'missing' ? t('common:field.required') : sayNow(wrong));
          }}
          label={t('rules.value')}
          {...(entry?.is === 'one_of' && { hint: t('rules.listHint') })}
          maxLength={500}
        />
      )}
      <Button
        kind="quiet"
        icon={Trash2}
        aria-label={t('rules.remove', { number })}
        className="@[480px]:mt-6"
        onPress={onRemove}
      />
    </fieldset>
  );
}

/** How many of the last events would pass; it changes as one types. */
function Passing({ control, preview }: { control: Control<EndpointForm>; preview: Preview | null }) {
  const t = useWords('endpoints');
  const formats = useFormats();
  const [rules, match] = useWatch({ control, name: ['rules', 'match'] });
  const passing = rulesOf({ rules, match }) === null ? null : (preview?.passing ?? null);
  const text =
    passing === null
      ? t('rules.unfinished')
      : passing.looked === 0
        ? t('rules.noneYet')
        : passing.looked === 1
          ? t(passing.passed === 1 ? 'rules.onlyPasses' : 'rules.onlyFails')
          : t('rules.passing', {
              count: passing.looked,
              looked: formats.number(passing.looked),
              passed: formats.number(passing.passed),
            });
  return (
    <p role="status" className="text-ink-soft">
      {text}
    </p>
  );
}
