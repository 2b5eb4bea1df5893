import { CopyButton } from './CopyButton.tsx';
import { classes } from './classes.ts';
import { Scroller } from './Scroller.tsx';

export interface CodeBlockProps {
  readonly code: string;
  readonly label: string;
  readonly titled?: boolean;
  /** Long lines go on below, and what is long scrolls: for what is not to be read line by line. */
  readonly wraps?: boolean;
}

/** Code to be read and copied. `label` says what it is, for screen readers and above it where `titled`. */
export function CodeBlock({ code, label, titled, wraps }: CodeBlockProps) {
  return (
    <figure className="min-w-0 overflow-hidden rounded-m bg-sunken forced-colors:border">
      <figcaption className="flex items-center justify-between gap-2 pt-1.5 pr-1.5 pl-3 text-ink-soft text-s">
        <span className={titled ? 'font-medium' : 'sr-only'}>{label}</span>
        <span className="flex-1" />
        <CopyButton text={code} kind="quiet" />
      </figcaption>
      <Scroller label={label} className={classes('px-3 pb-3', wraps ? 'max-h-80 overflow-y-auto' : 'overflow-x-auto')}>
        <pre className={classes('font-code text-s', wraps && 'wrap-anywhere whitespace-pre-wrap')}>{code}</pre>
      </Scroller>
    </figure>
  );
}
