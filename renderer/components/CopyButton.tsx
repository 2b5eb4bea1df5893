import { Check, Copy } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useWords } from '../i18n/index.ts';
import { useCopy } from '../lib/copy.ts';
import { Button, type ButtonKind } from './Button.tsx';

/** How long it says that it copied, in milliseconds. */
const saysSoMs = 2000;

/** Copies a text and says so. `label`: its words, "Copy" otherwise; `iconOnly` keeps them for screen readers. */
export function CopyButton({
  text,
  label,
  kind = 'plain',
  iconOnly,
}: {
  text: string;
  label?: string;
  kind?: ButtonKind;
  iconOnly?: boolean;
}) {
  const t = useWords('common');
  const copy = useCopy();
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), saysSoMs);
    return () => clearTimeout(timer);
  }, [copied]);
  const words = copied ? t('act.copied') : (label ?? t('act.copy'));
  const press = { kind, icon: copied ? Check : Copy, onPress: () => void copy(text).then(setCopied) };
  return iconOnly ? <Button {...press} aria-label={words} /> : <Button {...press}>{words}</Button>;
}
