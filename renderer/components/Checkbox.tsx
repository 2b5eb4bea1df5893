import { Check, Minus } from 'lucide-react';
import type { ReactNode } from 'react';
import { Checkbox as AriaCheckbox, type CheckboxProps as AriaCheckboxProps } from 'react-aria-components';
import { Icon } from './Icon.tsx';

export interface CheckboxProps extends Omit<AriaCheckboxProps, 'children' | 'className' | 'style'> {
  readonly children?: ReactNode;
  readonly hint?: ReactNode;
}

/** Yes or no, taken with the rest of its form. */
export function Checkbox({ children, hint, ...rest }: CheckboxProps) {
  return (
    <AriaCheckbox
      {...rest}
      className="group relative flex cursor-pointer items-start gap-2.5 data-[disabled]:cursor-default data-[disabled]:opacity-50"
    >
      {({ isSelected, isIndeterminate }) => (
        <>
          <span className="mt-px grid size-4.5 shrink-0 place-items-center rounded-s border border-line-strong bg-surface text-brand-ink group-data-[focus-visible]:outline-2 group-data-[focus-visible]:outline-offset-2 group-data-[focus-visible]:outline-focus group-data-[selected]:border-brand group-data-[indeterminate]:border-brand group-data-[selected]:bg-brand group-data-[indeterminate]:bg-brand forced-colors:text-[ButtonText]">
            {isIndeterminate ? <Icon of={Minus} size={14} /> : isSelected && <Icon of={Check} size={14} />}
          </span>
          <span className="min-w-0">
            {children}
            {hint && <span className="block text-ink-faint text-s">{hint}</span>}
          </span>
        </>
      )}
    </AriaCheckbox>
  );
}
