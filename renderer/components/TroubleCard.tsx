import { CircleCheck, CirclePause, Clock, CloudOff, type LucideIcon, TriangleAlert, User } from 'lucide-react';
import { type ReactNode, useId } from 'react';
import type { Tone } from '../../shared/domain.ts';
import type { Turn } from '../../shared/remedies.ts';
import { useWords } from '../i18n/index.ts';
import { toneText } from './Chip.tsx';
import { classes } from './classes.ts';
import { Icon } from './Icon.tsx';

const icons = { fine: CircleCheck, wait: Clock, bad: TriangleAlert, away: CloudOff, still: CirclePause };
const borders: Record<Tone, string> = {
  fine: 'border-line border-l-fine',
  wait: 'border-line border-l-wait',
  bad: 'border-bad',
  away: 'border-line border-l-away',
  still: 'border-line border-l-still',
};

export interface TroubleCardProps {
  readonly tone: Tone;
  /** Of the state that it tells; else the tone's. */
  readonly icon?: LucideIcon | undefined;
  /** What happened. */
  readonly title: string;
  /** What it means for the events. */
  readonly meaning: string;
  /** What the receiver said in its own words. */
  readonly said?: string | null;
  readonly turn: Turn;
  /** The next step of whoever's turn it is. */
  readonly step?: string | null;
  /** The main button first. */
  readonly actions?: ReactNode;
  /** What else is the same, in a row of a list. */
  readonly more?: ReactNode;
}

/** Trouble in four parts: what happened, what it means for the events, whose turn it is, and one main button. */
export function TroubleCard({ tone, icon, title, meaning, said, turn, step, actions }: TroubleCardProps) {
  const t = useWords('common');
  const id = useId();
  return (
    <section
      aria-labelledby={id}
      className={classes('arriving rounded-l border border-l-4 bg-surface py-4 pr-5 pl-5 shadow-card', borders[tone])}
    >
      <div className="grid grid-cols-[18px_1fr] gap-x-3">
        <Icon of={icon ?? icons[tone]} className={classes('mt-0.5', toneText[tone])} />
        <div className="min-w-0">
          <h2 id={id} className="wrap-anywhere font-semibold text-l">
            {title}
          </h2>
          <p className="mt-1 text-ink-soft wrap-anywhere">
            {said && <strong className="block break-words font-medium text-ink">{said}</strong>}
            {meaning}
          </p>
          {(step || turn !== 'nobody') && (
            <p className="mt-2.5 flex flex-wrap items-center gap-x-2 gap-y-1 text-ink-soft text-s">
              {turn !== 'nobody' && (
                <span className="inline-flex items-center gap-1.5 rounded-full bg-still-wash py-0.5 pr-2.5 pl-2 font-semibold text-still text-xs forced-colors:border">
                  <Icon of={User} size={14} />
                  {t(`turn.${turn}`)}
                </span>
              )}
              {step && <span className="min-w-0 flex-1 basis-52">{step}</span>}
            </p>
          )}
          {actions && <div className="mt-3 flex flex-wrap gap-2">{actions}</div>}
        </div>
      </div>
    </section>
  );
}

/** The same as a row of a list: several troubles are read one after the other, not as a wall. */
export function TroubleRow({ tone, icon, title, meaning, said, turn, step, actions, more }: TroubleCardProps) {
  const t = useWords('common');
  const id = useId();
  return (
    <section
      aria-labelledby={id}
      className="arriving grid grid-cols-[18px_minmax(0,1fr)] gap-x-3 border-line border-t py-2.5 first:border-t-0"
    >
      <Icon of={icon ?? icons[tone]} className={classes('mt-px', toneText[tone])} />
      <div className="flex min-w-0 flex-wrap items-start justify-between gap-x-4 gap-y-1.5">
        <div className="min-w-0 flex-1 basis-80">
          <h3 id={id} className="wrap-anywhere font-semibold">
            {title}
          </h3>
          {said && <p className="break-words text-s">{said}</p>}
          <p className="text-ink-soft text-s">{meaning}</p>
          {step && (
            <p className="text-s">
              {turn !== 'nobody' && <span className="sr-only">{t(`turn.${turn}`)}: </span>}
              {step}
            </p>
          )}
          {more}
        </div>
        {actions && <div className="flex flex-wrap gap-1.5">{actions}</div>}
      </div>
    </section>
  );
}
