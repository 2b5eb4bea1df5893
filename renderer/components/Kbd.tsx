import type { ReactNode } from 'react';

/** A key as printed on the keyboard. */
export function Kbd({ children }: { children: ReactNode }) {
  return (
    <kbd className="inline-block min-w-5 rounded-s border border-line bg-sunken px-1 text-center font-sans text-ink-soft text-xs">
      {children}
    </kbd>
  );
}
