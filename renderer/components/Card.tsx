import { type ReactNode, useId } from 'react';
import { classes } from './classes.ts';

export interface CardProps {
  readonly title?: ReactNode;
  /** Beside the title. */
  readonly aside?: ReactNode;
  readonly children: ReactNode;
  readonly className?: string;
}

/** A surface with one subject. */
export function Card({ title, aside, children, className }: CardProps) {
  const id = useId();
  return (
    <section
      aria-labelledby={title === undefined ? undefined : id}
      className={classes('rounded-l border border-line bg-surface px-4.5 py-4 shadow-card', className)}
    >
      {title !== undefined && (
        <div className="mb-3 flex flex-wrap items-center justify-between gap-x-3 gap-y-1">
          <h2 id={id} className="font-semibold text-ink-soft text-s">
            {title}
          </h2>
          {aside}
        </div>
      )}
      {children}
    </section>
  );
}
