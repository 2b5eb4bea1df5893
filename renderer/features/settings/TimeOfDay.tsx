import { useState } from 'react';
import { TextField } from '../../components/TextField.tsx';
import { useWords } from '../../i18n/index.ts';

const timeOfDay = /^([01]\d|2[0-3]):[0-5]\d$/;

/** `22:00`, taken once it is a whole time. */
export function TimeOfDay({
  label,
  value,
  onChange,
}: {
  label: string;
  value: string;
  onChange: (value: string) => void;
}) {
  const t = useWords('settings');
  const [typed, setTyped] = useState<string | null>(null);
  const text = typed ?? value;
  const take = (next: string) => {
    setTyped(next);
    if (timeOfDay.test(next)) onChange(next);
  };
  return (
    <TextField
      label={label}
      value={text}
      onChange={take}
      error={timeOfDay.test(text) ? undefined : t('quiet.wrong')}
      className="w-32"
    />
  );
}
