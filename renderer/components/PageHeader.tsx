import type { ReactNode } from 'react';

export interface PageHeaderProps {
  readonly title: ReactNode;
  /** Beside the title, softer: a count, a state. */
  readonly note?: ReactNode;
  readonly actions?: ReactNode;
}

/** The page's name in the voice, a note, and its acts at the right. */
export function PageHeader({ title, note, actions }: PageHeaderProps) {
  return (
    <header className="mb-4 flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
      <div className="flex min-w-0 flex-wrap items-baseline gap-x-3.5">
        <h1 className="font-normal font-voice text-title">{title}</h1>
        {note && <p className="text-ink-soft">{note}</p>}
      </div>
      {actions && <div className="flex flex-wrap gap-2">{actions}</div>}
    </header>
  );
}
