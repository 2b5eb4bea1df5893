import { Controller, useForm } from 'react-hook-form';
import { Button } from '../../components/Button.tsx';
import { NumberField, type NumberFieldProps } from '../../components/NumberField.tsx';
import { useWords } from '../../i18n/index.ts';
import type { SectionProps } from './section.ts';
import { useSaveSettings } from './useSave.ts';

export interface NumberSettingProps
  extends Pick<SectionProps, 'settings'>,
    Omit<NumberFieldProps, 'value' | 'onChange' | 'name'> {
  readonly member: 'intakePort';
}

/** A setting that is one number, with its own Save; an emptied field has the number of before again. */
export function NumberSetting({ settings, member, ...field }: NumberSettingProps) {
  const t = useWords('common');
  const { save, isPending } = useSaveSettings(settings);
  const kept = settings[member];
  const { control, handleSubmit } = useForm({ values: { number: kept } });
  return (
    <form
      noValidate
      className="flex flex-col gap-3"
      onSubmit={handleSubmit(({ number }) => save({ [member]: number }))}
    >
      <Controller
        control={control}
        name="number"
        render={({ field: { value, onChange } }) => (
          <NumberField {...field} value={value} onChange={(number) => onChange(Number.isNaN(number) ? kept : number)} />
        )}
      />
      <Button type="submit" kind="primary" isPending={isPending} className="self-start">
        {t('act.save')}
      </Button>
    </form>
  );
}
