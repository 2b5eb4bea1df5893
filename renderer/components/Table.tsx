/** Bits of a plain table with the look's lines; long logs have their own, virtualised. */
import type { ReactNode } from 'react';
import { classes } from './classes.ts';

export function Table({ label, children, className }: { label: string; children: ReactNode; className?: string }) {
  return (
    <div className="overflow-x-auto">
      <table aria-label={label} className={classes('w-full border-collapse text-left', className)}>
        {children}
      </table>
    </div>
  );
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
