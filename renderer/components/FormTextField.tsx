import {
  type Control,
  Controller,
  type ControllerProps,
  type FieldError,
  type FieldPath,
  type FieldValues,
} from 'react-hook-form';
import { useWords } from '../i18n/index.ts';
import { useDraft } from '../lib/drafts.ts';
import { TextField, type TextFieldProps } from './TextField.tsx';

export interface FormTextFieldProps<Values extends FieldValues> extends Omit<TextFieldProps, 'name' | 'error'> {
  readonly control: Control<Values>;
  readonly name: FieldPath<Values>;
  /** What is right for this field, in a form without a schema: true, or the sentence to be shown. */
  readonly check?: (text: string) => true | string;
  /** A sentence of its own for what is wrong: a schema that expects more than a text of some length needs one. */
  readonly wrong?: string;
  /** What an empty field means, where that is not an empty text. */
  readonly emptyMeans?: 'absent' | 'null';
}

/** A text field of a react-hook-form form, its errors in the reader's language. */
export function FormTextField<Values extends FieldValues>({
  control,
  name,
  check,
  wrong,
  emptyMeans,
  ...rest
}: FormTextFieldProps<Values>) {
  const sentenceOf = useFieldError();
  return (
    <Controller
      control={control}
      name={name}
      {...(check && { rules: { validate: check } satisfies ControllerProps['rules'] })}
      render={({ field: { ref, disabled: _disabled, value, ...field }, fieldState: { error, isDirty } }) => (
        <DraftedTextField
          isDraft={isDirty && typeof value === 'string'}
          {...rest}
          {...field}
          inputRef={ref}
          value={value ?? ''}
          onChange={(text) =>
            field.onChange(text === '' && emptyMeans ? (emptyMeans === 'null' ? null : undefined) : text)
          }
          error={error && (wrong ?? sentenceOf(error))}
        />
      )}
    />
  );
}

/** What was typed outlives a page that is loaded anew behind the lock; addresses and secrets do not. */
function DraftedTextField({ isDraft, ...props }: TextFieldProps & { readonly isDraft: boolean }) {
  const isSecret = props.code === true || props.type === 'password';
  useDraft(props.name ?? '', isDraft && !isSecret ? (props.value ?? '') : null, (text) => props.onChange?.(text));
  return <TextField {...props} />;
}

/** What is wrong with a field, from the schema's own kind of issue (zod's issue codes) or a server's sentence. */
export function useFieldError(): (error: FieldError) => string {
  const t = useWords('common');
  return ({ type, message }) => {
    if (type === 'server' || type === 'validate') return message ?? t('field.required');
    return t(type === 'too_big' ? 'field.tooLong' : 'field.required');
  };
}
