import type { ReactElement } from 'react';
import { Tooltip as AriaTooltip, TooltipTrigger } from 'react-aria-components';

/** A word for a button that shows only an icon. The button keeps its own `aria-label`. */
export function Tooltip({ text, children }: { text: string; children: ReactElement }) {
  return (
    <TooltipTrigger delay={400}>
      {children}
      <AriaTooltip offset={6} className="rounded-s bg-ink px-2 py-1 text-ground text-s forced-colors:border">
        {text}
      </AriaTooltip>
    </TooltipTrigger>
  );
}
