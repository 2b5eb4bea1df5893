import { ArrowUp } from 'lucide-react';
import { useWords } from '../i18n/index.ts';
import { useFormats } from '../lib/formats-context.ts';
import { Button } from './Button.tsx';

export interface NewPillProps {
  /** How many have come, or more than that. */
  readonly count: number;
  readonly more: boolean;
  readonly show: () => void;
}

/** What has come since a list was opened: a button, because rows that move by themselves cannot be read. */
export function NewPill({ count, more, show }: NewPillProps) {
  const t = useWords('common');
  const formats = useFormats();
  if (count === 0) return <div role="status" className="sr-only" />;
  const formatted = formats.number(count);
  return (
    <div role="status" className="pointer-events-none absolute top-12 right-0 left-0 z-2 flex justify-center">
      <Button
        kind="primary"
        icon={ArrowUp}
        onPress={show}
        className="pointer-events-auto rounded-full text-s shadow-card"
      >
        {more ? t('list.newMore', { formatted }) : t('list.new', { count, formatted })}
      </Button>
    </div>
  );
}
