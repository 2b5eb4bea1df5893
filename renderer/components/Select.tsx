import { Check, ChevronDown } from 'lucide-react';
import { Select as AriaSelect, Button, ListBox, ListBoxItem, Popover, SelectValue } from 'react-aria-components';
import { classes } from './classes.ts';
import { controlLook, FieldLabel, FieldNotes, type FieldTexts } from './Field.tsx';
import { Icon } from './Icon.tsx';

export interface Choice<Value extends string> {
  readonly value: Value;
  readonly label: string;
  readonly hint?: string;
}

export interface SelectProps<Value extends string> extends FieldTexts {
  readonly choices: readonly Choice<Value>[];
  readonly value: Value | null;
  readonly onChange: (value: Value) => void;
  readonly placeholder?: string;
  readonly isDisabled?: boolean;
  /** The label is for screen readers only: where the place says it already. */
  readonly labelHidden?: boolean;
  readonly className?: string;
}

/** One choice of several. */
export function Select<Value extends string>(props: SelectProps<Value>) {
  const { label, hint, error, choices, value, onChange, placeholder, isDisabled, labelHidden, className } = props;
  return (
    <AriaSelect
      {...(labelHidden && { 'aria-label': label })}
      value={value}
      onChange={(key) => {
        const chosen = choices.find((choice) => choice.value === key);
        if (chosen) onChange(chosen.value);
      }}
      isInvalid={error !== undefined}
      isDisabled={isDisabled ?? false}
      {...(placeholder !== undefined && { placeholder })}
      className={classes('flex flex-col gap-1', className)}
    >
      {!labelHidden && <FieldLabel>{label}</FieldLabel>}
      <Button
        className={classes(controlLook, 'flex min-h-8 cursor-pointer items-center justify-between gap-2 text-left')}
      >
        <SelectValue className="min-w-0 truncate data-[placeholder]:text-ink-faint" />
        <Icon of={ChevronDown} size={16} className="text-ink-faint" />
      </Button>
      <FieldNotes hint={hint} error={error} />
      <Popover className={popoverLook}>
        <ListBox items={choices} className="max-h-72 overflow-auto p-1 outline-none">
          {(choice) => (
            <ListBoxItem id={choice.value} textValue={choice.label} className={optionLook}>
              {({ isSelected }) => (
                <>
                  <span className="min-w-0 flex-1">
                    {choice.label}
                    {choice.hint && <span className="block text-ink-faint text-s">{choice.hint}</span>}
                  </span>
                  {isSelected && <Icon of={Check} size={16} className="text-brand" />}
                </>
              )}
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </AriaSelect>
  );
}

export const popoverLook =
  'min-w-(--trigger-width) rounded-m border border-line-strong bg-surface shadow-card outline-none forced-colors:border';
export const optionLook =
  'flex cursor-pointer items-center gap-2 rounded-s px-2.5 py-1.5 outline-none data-[focused]:bg-sunken data-[disabled]:cursor-default data-[disabled]:opacity-50 forced-colors:data-[focused]:outline-2';
