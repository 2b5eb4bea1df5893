import { ProgressBar as AriaProgressBar, Label } from 'react-aria-components';

/** How far something is. `value` from 0 to 1, null while nobody knows; `text` says it in words. */
export function ProgressBar({ label, value, text }: { label: string; value: number | null; text: string }) {
  return (
    <AriaProgressBar
      value={(value ?? 0) * 100}
      isIndeterminate={value === null}
      valueLabel={text}
      className="flex flex-col gap-1"
    >
      {({ percentage }) => (
        <>
          <div className="flex flex-wrap justify-between gap-x-3 text-s">
            <Label className="font-medium">{label}</Label>
            <span className="text-ink-soft">{text}</span>
          </div>
          <div className="h-1.5 overflow-hidden rounded-full bg-sunken forced-colors:border">
            <div
              className="h-full rounded-full bg-brand transition-[width] duration-150 forced-colors:bg-[Highlight]"
              style={{ width: `${percentage ?? 30}%` }}
            />
          </div>
        </>
      )}
    </AriaProgressBar>
  );
}
