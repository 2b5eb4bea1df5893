import type { Timings } from '../../../shared/schemas.ts';
import { classes } from '../../components/classes.ts';
import { useWords } from '../../i18n/index.ts';
import { useFormats } from '../../lib/formats-context.ts';
import { phasesOf, type TimingPhase } from './timeline.ts';

const colours: Record<TimingPhase, string> = {
  dns: 'bg-line-strong',
  connect: 'bg-away',
  tls: 'bg-wait',
  answer: 'bg-brand',
};

/** Where the milliseconds of an attempt went: a bar, and the same in words below it. */
export function Phases({ timings }: { timings: Timings }) {
  const t = useWords('deliveries');
  const formats = useFormats();
  const phases = phasesOf(timings);
  return (
    <div className="mb-3">
      <div aria-hidden className="flex h-2 gap-px overflow-hidden rounded-full forced-colors:border">
        {phases.map(({ phase, ms }) => (
          <span key={phase} className={classes('min-w-0.5', colours[phase])} style={{ flexGrow: Math.max(ms, 0.5) }} />
        ))}
      </div>
      <p className="sr-only">{t('phase.label')}</p>
      <ul className="mt-1 flex flex-wrap justify-between gap-x-3 text-ink-soft text-s">
        {phases.map(({ phase, ms }) => (
          <li key={phase}>{t(`phase.${phase}`, { ms: formats.number(Math.round(ms)) })}</li>
        ))}
      </ul>
      {timings.connectMs === null && <p className="text-ink-faint text-s">{t('phase.reused')}</p>}
    </div>
  );
}
