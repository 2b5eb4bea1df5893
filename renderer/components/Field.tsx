/** What all fields share: the label above, a hint and the error below, in that order for a screen reader too. */
import type { ReactNode } from 'react';
import { FieldError, Label, Text } from 'react-aria-components';

export const controlLook =
  'w-full rounded-m border border-line-strong bg-surface px-3 py-1.5 text-ink disabled:opacity-50 data-[invalid]:border-bad';

export interface FieldTexts {
  readonly label: string;
  readonly hint?: ReactNode;
  /** The sentence of what is wrong; its presence marks the field. */
  readonly error?: string | undefined;
}

export function FieldLabel({ children }: { children: string }) {
  return <Label className="font-medium text-s">{children}</Label>;
}

export function FieldNotes({ hint, error }: Omit<FieldTexts, 'label'>) {
  return (
    <>
      {hint && (
        <Text slot="description" className="text-ink-faint text-s">
          {hint}
        </Text>
      )}
      <FieldError className="text-bad text-s">{error}</FieldError>
    </>
  );
}
