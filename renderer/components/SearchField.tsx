import { Search, X } from 'lucide-react';
import type { RefObject } from 'react';
import { SearchField as AriaSearchField, Button, Input } from 'react-aria-components';
import { useWords } from '../i18n/index.ts';
import { classes } from './classes.ts';
import { Icon } from './Icon.tsx';
import { Kbd } from './Kbd.tsx';

export interface SearchFieldProps {
  /** For screen readers; the placeholder is for eyes. */
  readonly label: string;
  readonly placeholder?: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly onSubmit?: (value: string) => void;
  readonly inputRef?: RefObject<HTMLInputElement | null>;
  /** The key that leads here, shown while it is empty. */
  readonly hotkey?: string;
  readonly autoFocus?: boolean;
  readonly className?: string;
}

/** A search; Esc empties it. */
export function SearchField(props: SearchFieldProps) {
  const { label, placeholder, value, onChange, onSubmit, inputRef, hotkey, autoFocus, className } = props;
  const t = useWords('common');
  return (
    <AriaSearchField
      aria-label={label}
      value={value}
      onChange={onChange}
      {...(onSubmit && { onSubmit })}
      autoFocus={autoFocus ?? false}
      className={classes('relative min-w-0', className)}
    >
      <Icon of={Search} size={16} className="absolute top-2 left-3 text-ink-faint" />
      <Input
        ref={inputRef ?? null}
        {...(placeholder !== undefined && { placeholder })}
        className="h-8 w-full rounded-m border border-line-strong bg-surface pr-8 pl-9 text-ink [&::-webkit-search-cancel-button]:hidden"
      />
      {value === '' ? (
        hotkey && (
          <span className="pointer-events-none absolute top-1.5 right-2.5">
            <Kbd>{hotkey}</Kbd>
          </span>
        )
      ) : (
        <Button
          aria-label={t('act.clear')}
          className="absolute top-1 right-1 grid size-6 cursor-pointer place-items-center rounded-s text-ink-faint hover:text-ink"
        >
          <Icon of={X} size={16} />
        </Button>
      )}
    </AriaSearchField>
  );
}
