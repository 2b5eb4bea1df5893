import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import { Icon } from './Icon.tsx';

export interface EmptyStateProps {
  readonly icon: LucideIcon;
  readonly title: string;
  readonly text: string;
  /** It stands for the whole page, which has no other heading. */
  readonly isPage?: boolean;
  /** The one next step: a button, or what to paste. */
  readonly children?: ReactNode;
}

/** Nothing is there yet, and that is no failure: says what comes here and the one next step. */
export function EmptyState({ icon, title, text, isPage = false, children }: EmptyStateProps) {
  const Heading = isPage ? 'h1' : 'h2';
  return (
    <div className="mx-auto flex max-w-xl flex-col items-center gap-2 px-4 py-10 text-center">
      <span className="grid size-10 place-items-center rounded-full bg-sunken text-ink-soft">
        <Icon of={icon} />
      </span>
      <Heading className="font-semibold text-l">{title}</Heading>
      <p className="text-ink-soft">{text}</p>
      {children && (
        <div className="mt-2 w-full text-left [&>button]:mx-auto [&>a]:mx-auto flex flex-col">{children}</div>
      )}
    </div>
  );
}
