import { CloudOff, RotateCw } from 'lucide-react';
import { harmlessLines } from '../../shared/harmless.ts';
import { useWords } from '../i18n/index.ts';
import type { CallFailure } from '../lib/queries.ts';
import { useSay } from '../lib/sentences.ts';
import { Button } from './Button.tsx';
import { Icon } from './Icon.tsx';

/** Asking went wrong: says so, keeps the detail for the IT helper, and offers to ask again. */
export function Failed({ error, again }: { error: CallFailure; again: () => void }) {
  const t = useWords('common');
  const say = useSay();
  return (
    <div role="alert" className="mx-auto flex max-w-xl flex-col items-center gap-2 px-4 py-10 text-center">
      <span className="grid size-10 place-items-center rounded-full bg-bad-wash text-bad">
        <Icon of={CloudOff} />
      </span>
      <h2 className="font-semibold text-l">{t('failed.title')}</h2>
      <p className="text-ink-soft">{say(error.error.says)}</p>
      {error.error.detail && (
        <details className="max-w-full text-left text-ink-faint text-s">
          <summary className="cursor-pointer text-center">{t('failed.detail')}</summary>
          <code className="block break-words font-code">{harmlessLines(error.error.detail)}</code>
        </details>
      )}
      <Button icon={RotateCw} onPress={again} className="mt-2">
        {t('act.retry')}
      </Button>
    </div>
  );
}
