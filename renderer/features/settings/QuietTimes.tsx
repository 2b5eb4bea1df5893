import { useState } from 'react';
import type { Preferences } from '../../../shared/schemas.ts';
import { TextField } from '../../components/TextField.tsx';
import { useWords } from '../../i18n/index.ts';

type Times = Pick<Preferences['quietHours'], 'from' | 'to'>;

const timeOfDay = /^([01]\d|2[0-3]):[0-5]\d$/;

/** From when to when new notices wait: taken once both are whole times, and two that differ. */
export function QuietTimes({ value, onChange }: { value: Times; onChange: (value: Times) => void }) {
  const t = useWords('settings');
  const [typed, setTyped] = useState<Partial<Times>>({});
  const times = { from: typed.from ?? value.from, to: typed.to ?? value.to };
  const take = (change: Partial<Times>) => {
    const next = { ...times, ...change };
    setTyped(next);
    if (timeOfDay.test(next.from) && timeOfDay.test(next.to) && next.from !== next.to) onChange(next);
  };
  const errorOf = (text: string) => (timeOfDay.test(text) ? undefined : t('quiet.wrong'));
  return (
    <div className="flex flex-wrap gap-4">
      <TextField
        label={t('quiet.from')}
        value={times.from}
        onChange={(from) => take({ from })}
        error={errorOf(times.from)}
        className="w-32"
      />
      <TextField
        label={t('quiet.to')}
        value={times.to}
        onChange={(to) => take({ to })}
        error={errorOf(times.to) ?? (times.from === times.to ? t('quiet.same') : undefined)}
        className="w-32"
      />
    </div>
  );
}
