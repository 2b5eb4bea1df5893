import { Minus, Plus } from 'lucide-react';
import {
  NumberField as AriaNumberField,
  type NumberFieldProps as AriaProps,
  Button,
  Group,
  Input,
} from 'react-aria-components';
import { useWords } from '../i18n/index.ts';
import { classes } from './classes.ts';
import { FieldLabel, FieldNotes, type FieldTexts } from './Field.tsx';
import { Icon } from './Icon.tsx';

export interface NumberFieldProps extends Omit<AriaProps, 'children' | 'className' | 'style'>, FieldTexts {
  readonly className?: string;
}

const step = 'grid w-8 cursor-pointer place-items-center text-ink-soft hover:text-ink disabled:opacity-40';

/** A number, typed or stepped, kept within `minValue` and `maxValue`. */
export function NumberField({ label, hint, error, className, ...rest }: NumberFieldProps) {
  const t = useWords('common');
  return (
    <AriaNumberField
      decrementAriaLabel={t('number.less', { label })}
      incrementAriaLabel={t('number.more', { label })}
      {...rest}
      isInvalid={error !== undefined}
      className={classes('flex flex-col gap-1', className)}
    >
      <FieldLabel>{label}</FieldLabel>
      <Group className="flex w-40 overflow-hidden rounded-m border border-line-strong bg-surface data-[focus-within]:outline-2 data-[focus-within]:outline-focus data-[invalid]:border-bad">
        <Input className="min-w-0 flex-1 bg-transparent px-3 py-1.5 outline-none" />
        <Button slot="decrement" className={step}>
          <Icon of={Minus} size={14} />
        </Button>
        <Button slot="increment" className={step}>
          <Icon of={Plus} size={14} />
        </Button>
      </Group>
      <FieldNotes hint={hint} error={error} />
    </AriaNumberField>
  );
}
