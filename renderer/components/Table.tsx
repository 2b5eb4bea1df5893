/** Bits of a plain table with the look's lines; long logs have their own, virtualised. */
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { classes } from './classes.ts';

export function Table({ label, children, className }: { label: string; children: ReactNode; className?: string }) {
  const place = useRef<HTMLDivElement>(null);
  const scrolls = useScrolls(place);
  return (
    // What scrolls must be reachable by keyboard (WCAG 2.1.1); what does not is no stop on the way.
    <div ref={place} className="overflow-x-auto" {...(scrolls && { tabIndex: 0, role: 'group', 'aria-label': label })}>
      <table aria-label={label} className={classes('w-full border-collapse text-left', className)}>
        {children}
      </table>
    </div>
  );
}

/** Whether it is wider than its place. */
function useScrolls(place: { readonly current: HTMLElement | null }): boolean {
  const [scrolls, setScrolls] = useState(false);
  useEffect(() => {
    const { current } = place;
    if (current === null || typeof ResizeObserver === 'undefined') return;
    const observer = new ResizeObserver(() => setScrolls(current.scrollWidth > current.clientWidth));
    for (const one of [current, ...current.children]) observer.observe(one);
    return () => observer.disconnect();
  }, [place]);
  return scrolls;
}

/** A column's head; `number` columns stand right. */
export function Th({ children, number }: { children?: ReactNode; number?: boolean }) {
  return (
    <th
      scope="col"
      className={classes(
        'border-line border-b px-2 py-2 font-semibold text-ink-soft text-s first:pl-0 last:pr-0',
        number && 'text-right',
      )}
    >
      {children}
    </th>
  );
}

export function Td({ children, number, className }: { children?: ReactNode; number?: boolean; className?: string }) {
  return (
    <td
      className={classes(
        'border-line border-b px-2 py-2 align-top first:pl-0 last:pr-0',
        number && 'figures text-right',
        className,
      )}
    >
      {children}
    </td>
  );
}
