import type { ReactNode } from 'react';
import { Link } from 'react-aria-components';

export interface StateRowProps {
  readonly to: string;
  readonly name: string;
  readonly chip: ReactNode;
  readonly about: string;
  readonly aside: ReactNode;
}

/** One endpoint or source: its name and state, and below in softer ink what is known of it. */
export function StateRow({ to, name, chip, about, aside }: StateRowProps) {
  return (
    <li className="border-line border-t">
      <Link
        href={to}
        className="-mx-2 my-1 block rounded-m px-2 py-1.5 text-ink no-underline transition-colors duration-150 hover:bg-sunken"
      >
        <span className="flex items-center justify-between gap-3">
          <span className="min-w-0 truncate font-semibold">{name}</span>
          <span className="shrink-0">{chip}</span>
        </span>
        <span className="mt-1 flex flex-wrap justify-between gap-x-3 text-ink-soft text-s">
          <span className="min-w-0">{about}</span>
          <span className="text-ink-faint">{aside}</span>
        </span>
      </Link>
    </li>
  );
}
