import type { ReactNode } from 'react';
import { Link } from 'react-aria-components';

/** A link within a text or a row. `to` is a path of the window. */
export function TextLink({ to, children, className }: { to: string; children: ReactNode; className?: string }) {
  return (
    <Link
      href={to}
      className={
        className ?? 'rounded-s text-brand underline decoration-line-strong underline-offset-2 hover:decoration-current'
      }
    >
      {children}
    </Link>
  );
}
