import { TextField } from '../../components/TextField.tsx';

export interface PinFieldProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly error?: string | undefined;
  readonly hint?: string;
  readonly autoFocus?: boolean;
  readonly isDisabled?: boolean;
}

/** A PIN, hidden as it is typed; browsers are asked not to keep it. */
export function PinField({ error, hint, ...rest }: PinFieldProps) {
  return (
    <TextField
      {...rest}
      type="password"
      inputMode="numeric"
      autoComplete="off"
      maxLength={12}
      className="max-w-60"
      {...(hint !== undefined && { hint })}
      error={error}
    />
  );
}
