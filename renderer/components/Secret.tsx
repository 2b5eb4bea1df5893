import { Eye, EyeOff } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useWords } from '../i18n/index.ts';
import { Button } from './Button.tsx';
import { CopyButton } from './CopyButton.tsx';

/** How long a revealed secret stays on the screen, in milliseconds. */
export const revealedMs = 30_000;

export interface SecretProps {
  /** What it is, for screen readers: "Secret of Bookkeeping". */
  readonly label: string;
  /** What stands there while it is hidden: the masked tail. */
  readonly masked: string;
  /** Asks for the text; the engine records it. Resolves to null where it could not be had. */
  readonly reveal: () => Promise<string | null>;
}

/** Masked; shown on purpose, and hidden again after 30 seconds. */
export function Secret({ label, masked, reveal }: SecretProps) {
  const t = useWords('common');
  const [text, setText] = useState<string | null>(null);
  const [asking, setAsking] = useState(false);
  useEffect(() => {
    if (text === null) return;
    const timer = setTimeout(() => setText(null), revealedMs);
    return () => clearTimeout(timer);
  }, [text]);
  // It does not outlast the lock, behind which the page stays as it is.
  useEffect(() => () => setText(null), []);
  const show = async () => {
    setAsking(true);
    setText(await reveal());
    setAsking(false);
  };
  return (
    <div className="flex min-w-0 flex-wrap items-center gap-2">
      <code className="min-w-0 break-all rounded-s bg-sunken px-2 py-1 font-code text-s forced-colors:border">
        <span className="sr-only">{text === null ? `${label}, ${t('secret.hidden')}: ` : `${label}: `}</span>
        {text ?? masked}
      </code>
      {text === null ? (
        <Button kind="quiet" icon={Eye} onPress={show} isPending={asking}>
          {t('act.reveal')}
        </Button>
      ) : (
        <>
          <Button kind="quiet" icon={EyeOff} onPress={() => setText(null)}>
            {t('act.hide')}
          </Button>
          <CopyButton text={text} kind="quiet" />
          <span className="text-ink-faint text-s">{t('secret.hidesAgain')}</span>
        </>
      )}
    </div>
  );
}
