import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import { Icon } from './Icon.tsx';

export interface EmptyStateProps {
  readonly icon: LucideIcon;
  readonly title: string;
  readonly text: string;
  /** The one next step: a button, or what to paste. */
  readonly children?: ReactNode;
}

/** Nothing is there yet, and that is no failure: says what comes here and the one next step. */
export function EmptyState({ icon, title, text, children }: EmptyStateProps) {
  return (
    <div className="mx-auto flex max-w-xl flex-col items-center gap-2 px-4 py-10 text-center">
      <span className="grid size-10 place-items-center rounded-full bg-sunken text-ink-soft">
        <Icon of={icon} />
      </span>
      <h2 className="font-semibold text-l">{title}</h2>
      <p className="text-ink-soft">{text}</p>
      {children && (
        <div className="mt-2 w-full text-left [&>button]:mx-auto [&>a]:mx-auto flex flex-col">{children}</div>
      )}
    </div>
  );
}
