import { ChevronDown } from 'lucide-react';
import { ComboBox as AriaComboBox, Button, Input, ListBox, ListBoxItem, Popover } from 'react-aria-components';
import { useWords } from '../i18n/index.ts';
import { classes } from './classes.ts';
import { controlLook, FieldLabel, FieldNotes, type FieldTexts } from './Field.tsx';
import { Icon } from './Icon.tsx';
import { type Choice, optionLook, popoverLook } from './Select.tsx';

export interface ComboBoxProps extends FieldTexts {
  readonly choices: readonly Choice<string>[];
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly onBlur?: () => void;
  /** What is typed is taken as it is, whether or not it is among the choices. */
  readonly isFree?: boolean;
  readonly className?: string;
}

/** One choice of many, found by typing. */
export function ComboBox({ label, hint, error, choices, value, onChange, onBlur, isFree, className }: ComboBoxProps) {
  const t = useWords('common');
  return (
    <AriaComboBox
      defaultItems={choices}
      {...(isFree
        ? { allowsCustomValue: true, inputValue: value, onInputChange: onChange }
        : {
            selectedKey: value,
            onSelectionChange: (key: string | number | null) => key !== null && onChange(String(key)),
          })}
      {...(onBlur && { onBlur })}
      isInvalid={error !== undefined}
      menuTrigger="focus"
      className={classes('flex flex-col gap-1', className)}
    >
      <FieldLabel>{label}</FieldLabel>
      <div className="relative">
        <Input className={classes(controlLook, 'pr-8', isFree && 'font-code text-s')} spellCheck={!isFree} />
        <Button
          aria-label={t('choices.show')}
          className="absolute inset-y-0 right-0 grid w-8 cursor-pointer place-items-center text-ink-faint"
        >
          <Icon of={ChevronDown} size={16} />
        </Button>
      </div>
      <FieldNotes hint={hint} error={error} />
      <Popover className={popoverLook}>
        <ListBox<Choice<string>> className="max-h-72 overflow-auto p-1 outline-none">
          {(choice) => (
            <ListBoxItem id={choice.value} textValue={choice.label} className={optionLook}>
              <span className="min-w-0 flex-1">
                {choice.label}
                {choice.hint && <span className="block truncate text-ink-faint text-s">{choice.hint}</span>}
              </span>
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </AriaComboBox>
  );
}
