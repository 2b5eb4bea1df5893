import type { ReactNode } from 'react';
import type { Tone } from '../../shared/domain.ts';
import { toneIcons, toneText, toneWash } from './Chip.tsx';
import { classes } from './classes.ts';
import { Icon } from './Icon.tsx';

/** One line of notice above what it is about; read out when it comes. */
export function Banner({ tone, children, action }: { tone: Tone; children: ReactNode; action?: ReactNode }) {
  return (
    <div
      role="status"
      className={classes(
        'flex flex-wrap items-center gap-x-3 gap-y-2 rounded-m px-3.5 py-2.5 forced-colors:border',
        toneWash[tone],
      )}
    >
      <Icon of={toneIcons[tone]} className={toneText[tone]} />
      <div className="min-w-0 flex-1 text-ink">{children}</div>
      {action}
    </div>
  );
}
