import { Check } from 'lucide-react';
import { classes } from '../../components/classes.ts';
import { Icon } from '../../components/Icon.tsx';
import { useWords } from '../../i18n/index.ts';

const steps = ['address', 'events', 'secret', 'test'] as const;

/** Where one is in adding an endpoint. `current`: from 0. */
export function Steps({ current }: { current: number }) {
  const t = useWords('endpoints');
  return (
    <ol aria-label={t('step.label')} className="flex flex-wrap gap-x-6 gap-y-2">
      {steps.map((step, index) => (
        <li
          key={step}
          {...(index === current && { 'aria-current': 'step' as const })}
          className={classes('flex items-center gap-2', index === current ? 'font-semibold text-ink' : 'text-ink-soft')}
        >
          <span
            className={classes(
              'grid size-6 place-items-center rounded-full border font-semibold text-xs',
              index < current && 'border-brand bg-brand-wash text-brand',
              index === current && 'border-brand bg-brand text-brand-ink',
              index > current && 'border-line-strong',
            )}
          >
            {index < current ? <Icon of={Check} size={14} /> : index + 1}
          </span>
          {t(`step.${step}`)}
        </li>
      ))}
    </ol>
  );
}
