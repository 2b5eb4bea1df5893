import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Tone } from '../../shared/domain.ts';
import { toneIcons, toneText, toneWash } from './Chip.tsx';
import { classes } from './classes.ts';
import { Icon } from './Icon.tsx';

export interface BannerProps {
  readonly tone: Tone;
  /** Of the state that it tells; else the tone's. */
  readonly icon?: LucideIcon;
  readonly children: ReactNode;
  readonly action?: ReactNode;
}

/** One line of notice above what it is about; read out when it comes. */
export function Banner({ tone, icon, children, action }: BannerProps) {
  return (
    <div
      role="status"
      className={classes(
        'flex flex-wrap items-center gap-x-3 gap-y-2 rounded-m px-3.5 py-2.5 forced-colors:border',
        toneWash[tone],
      )}
    >
      <Icon of={icon ?? toneIcons[tone]} className={toneText[tone]} />
      <div className="min-w-0 flex-1 text-ink">{children}</div>
      {action}
    </div>
  );
}
