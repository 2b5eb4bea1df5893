import type { ReactNode } from 'react';

/** A box that scrolls by itself, reachable by keyboard and named for screen readers. */
export function Scroller({ label, className, children }: { label: string; className: string; children: ReactNode }) {
  return (
    <section
      aria-label={label}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard (WCAG 2.1.1).
      tabIndex={0}
      className={className}
    >
      {children}
    </section>
  );
}
