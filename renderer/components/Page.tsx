import type { ReactNode } from 'react';
import { classes } from './classes.ts';

/** A page that scrolls as a whole. A page with its own scrolling parts uses `fill` and gets the window's height. */
export function Page({ children, fill }: { children: ReactNode; fill?: boolean }) {
  return (
    <div
      className={classes(
        'h-full px-7 py-6 max-[899px]:px-4',
        fill ? 'flex flex-col overflow-hidden' : 'overflow-y-auto',
      )}
    >
      {children}
    </div>
  );
}
