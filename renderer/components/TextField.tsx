import type { RefCallback } from 'react';
import {
  TextField as AriaTextField,
  type TextFieldProps as AriaTextFieldProps,
  Input,
  TextArea,
} from 'react-aria-components';
import { classes } from './classes.ts';
import { controlLook, FieldLabel, FieldNotes, type FieldTexts } from './Field.tsx';

export interface TextFieldProps extends Omit<AriaTextFieldProps, 'children' | 'className' | 'style'>, FieldTexts {
  readonly placeholder?: string;
  /** Lines of the field; more than one makes it a text area. */
  readonly rows?: number;
  /** For addresses, secrets and code. */
  readonly code?: boolean;
  readonly className?: string;
  /** Of the control itself, so that a form can lead to the field that is wrong. */
  readonly inputRef?: RefCallback<HTMLInputElement | HTMLTextAreaElement>;
  readonly min?: number;
  readonly max?: number;
}

/** A line or several of text. With react-hook-form: `<TextField {...field} error={fieldState.error?.message} />`. */
export function TextField({
  label,
  hint,
  error,
  placeholder,
  rows = 1,
  code,
  className,
  inputRef,
  min,
  max,
  ...rest
}: TextFieldProps) {
  const shown = {
    ...(inputRef && { ref: inputRef }),
    ...(placeholder !== undefined && { placeholder }),
    spellCheck: !code,
  };
  const range = { ...(min !== undefined && { min }), ...(max !== undefined && { max }) };
  const look = classes(controlLook, code && 'font-code text-s');
  return (
    <AriaTextField
      validationBehavior="aria"
      {...rest}
      isInvalid={error !== undefined}
      className={classes('flex flex-col gap-1', className)}
    >
      <FieldLabel>{label}</FieldLabel>
      {rows > 1 ? (
        <TextArea {...shown} rows={rows} className={look} />
      ) : (
        <Input {...shown} {...range} className={look} />
      )}
      <FieldNotes hint={hint} error={error} />
    </AriaTextField>
  );
}
