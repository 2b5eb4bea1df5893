/** More names by which programs call this PC; loopback's and the PC's own are known without. */
import { Controller, useForm } from 'react-hook-form';
import { Button } from '../../components/Button.tsx';
import { TextField } from '../../components/TextField.tsx';
import { useWords } from '../../i18n/index.ts';
import type { SectionProps } from './section.ts';
import { useSaveSettings } from './useSave.ts';

/** A name without a scheme, a port or a path. */
const isName = (line: string): boolean => /^[a-z\d._-]+$/i.test(line);

export function HostNames({ settings }: Pick<SectionProps, 'settings'>) {
  const t = useWords('settings');
  const { save, isPending } = useSaveSettings(settings);
  const { control, handleSubmit, setError } = useForm({ values: { names: settings.intakeHosts.join('\n') } });
  const submit = handleSubmit(({ names }) => {
    const lines = names
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== '');
    const wrong = lines.find((line) => !isName(line));
    if (wrong !== undefined) setError('names', { type: 'server', message: t('intake.hostWrong', { entry: wrong }) });
    else save({ intakeHosts: lines });
  });
  return (
    <form noValidate onSubmit={submit} className="flex flex-col gap-3">
      <Controller
        control={control}
        name="names"
        render={({ field: { value, onChange }, fieldState: { error } }) => (
          <TextField
            label={t('intake.hosts')}
            hint={t('intake.hostsHint')}
            value={value}
            onChange={onChange}
            error={error?.message}
            rows={3}
            code
          />
        )}
      />
      <Button type="submit" kind="primary" isPending={isPending} className="self-start">
        {t('intake.hostsSave')}
      </Button>
    </form>
  );
}
