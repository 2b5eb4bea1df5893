import type { ReactNode } from 'react';
import { Switch as AriaSwitch, type SwitchProps as AriaSwitchProps } from 'react-aria-components';

export interface SwitchProps extends Omit<AriaSwitchProps, 'children' | 'className' | 'style'> {
  readonly children: ReactNode;
  readonly hint?: ReactNode;
}

/** On or off, taken at once. */
export function Switch({ children, hint, ...rest }: SwitchProps) {
  return (
    <AriaSwitch
      {...rest}
      className="group relative flex cursor-pointer items-start justify-between gap-4 data-[disabled]:cursor-default data-[disabled]:opacity-50"
    >
      <span className="min-w-0">
        <span className="font-medium">{children}</span>
        {hint && <span className="block text-ink-faint text-s">{hint}</span>}
      </span>
      <span className="mt-0.5 h-5 w-9 shrink-0 rounded-full border border-line-strong bg-sunken p-px transition-colors duration-150 group-data-[focus-visible]:outline-2 group-data-[focus-visible]:outline-offset-2 group-data-[focus-visible]:outline-focus group-data-[selected]:border-brand group-data-[selected]:bg-brand">
        <span className="block size-4 rounded-full border border-line-strong bg-surface transition-transform duration-150 group-data-[selected]:translate-x-4 forced-colors:bg-[ButtonText]" />
      </span>
    </AriaSwitch>
  );
}
