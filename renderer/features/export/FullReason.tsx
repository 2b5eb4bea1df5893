import { TextField } from '../../components/TextField.tsx';
import { useWords } from '../../i18n/index.ts';

/** As the engine asks it. */
const shortestReason = 5;

/** Whether it is long enough to say why everything has to leave. */
export const isReason = (text: string): boolean => text.trim().length >= shortestReason;

/** Why everything has to leave. Of one that is too short the field says so: a grey button alone tells nobody. */
export function FullReason({ value, onChange }: { value: string; onChange: (value: string) => void }) {
  const t = useWords('export');
  const has = value.trim().length;
  return (
    <TextField
      label={t('full.reason')}
      hint={t('full.reason.hint')}
      error={has > 0 && !isReason(value) ? t('full.reason.short', { least: shortestReason, has }) : undefined}
      value={value}
      onChange={onChange}
      maxLength={500}
    />
  );
}
