/** What is asked whether the internet is there: the built-in addresses, own ones, or none. */
import { Controller, useForm } from 'react-hook-form';
import { checkOfLine, lineOfCheck, standardChecks } from '../../../shared/internet-check.ts';
import type { Settings } from '../../../shared/schemas.ts';
import { Button } from '../../components/Button.tsx';
import { Card } from '../../components/Card.tsx';
import { Select } from '../../components/Select.tsx';
import { TextField } from '../../components/TextField.tsx';
import { useWords } from '../../i18n/index.ts';
import type { SectionProps } from './section.ts';
import { useSaveSettings } from './useSave.ts';

const uses = ['standard', 'own', 'off'] as const;
type Check = Settings['internetCheck'];

const formOf = ({ use, own }: Check) => ({ use, lines: own.map(lineOfCheck).join('\n') });

export function InternetCheckCard({ settings }: Pick<SectionProps, 'settings'>) {
  const t = useWords('settings');
  const { save, isPending } = useSaveSettings(settings);
  const { internetCheck } = settings;
  const { control, handleSubmit, watch, setValue, reset } = useForm({ values: formOf(internetCheck) });
  const use = watch('use');
  const choose = (next: Check['use']) => {
    if (next === 'own') return setValue('use', next);
    // Saved at once, and so shown when the engine has it.
    reset();
    save({ internetCheck: { ...internetCheck, use: next } });
  };
  const submit = handleSubmit(({ lines }) => {
    const own = lines.split('\n').filter((line) => line.trim() !== '');
    save({ internetCheck: { use: 'own', own: own.map(checkOfLine) } });
  });
  return (
    <Card title={t('check.title')}>
      <form noValidate className="flex flex-col gap-4" onSubmit={submit}>
        <Select
          label={t('check.use')}
          value={use}
          onChange={choose}
          choices={uses.map((value) => ({ value, label: t(`check.use.${value}`) }))}
          hint={t(`check.hint.${use}`)}
          className="max-w-xs"
        />
        {use === 'standard' && (
          <ul aria-label={t('check.asked')} className="font-code text-s">
            {standardChecks.map(({ address }) => (
              <li key={address}>{address}</li>
            ))}
          </ul>
        )}
        {use === 'own' && (
          <>
            <Controller
              control={control}
              name="lines"
              render={({ field: { value, onChange } }) => (
                <TextField
                  label={t('check.lines')}
                  hint={t('check.linesHint')}
                  value={value}
                  onChange={onChange}
                  rows={5}
                  code
                />
              )}
            />
            <Button type="submit" kind="primary" isPending={isPending} className="self-start">
              {t('common:act.save')}
            </Button>
          </>
        )}
      </form>
    </Card>
  );
}
