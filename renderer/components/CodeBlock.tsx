import { CopyButton } from './CopyButton.tsx';
import { Scroller } from './Scroller.tsx';

/** Code to be read and copied. `label` says what it is, for screen readers and above it where `titled`. */
export function CodeBlock({ code, label, titled }: { code: string; label: string; titled?: boolean }) {
  return (
    <figure className="min-w-0 overflow-hidden rounded-m bg-sunken forced-colors:border">
      <figcaption className="flex items-center justify-between gap-2 pt-1.5 pr-1.5 pl-3 text-ink-soft text-s">
        <span className={titled ? 'font-medium' : 'sr-only'}>{label}</span>
        <span className="flex-1" />
        <CopyButton text={code} kind="quiet" />
      </figcaption>
      <Scroller label={label} className="overflow-x-auto px-3 pb-3">
        <pre className="font-code text-s">{code}</pre>
      </Scroller>
    </figure>
  );
}
