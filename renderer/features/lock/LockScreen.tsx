/** All that a locked window shows: whether all is well, and where to enter the PIN. */
import { Lock } from 'lucide-react';
import { useEffect } from 'react';
import type { LockState } from '../../../shared/schemas.ts';
import { sentence } from '../../../shared/sentences/sentence.ts';
import { Button } from '../../components/Button.tsx';
import { ToneDot } from '../../components/Chip.tsx';
import { CodeBlock } from '../../components/CodeBlock.tsx';
import { Icon } from '../../components/Icon.tsx';
import { useWords } from '../../i18n/index.ts';
import { useClient, useRelayQuery } from '../../lib/queries.ts';
import { useSay } from '../../lib/sentences.ts';
import { PinField } from './PinField.tsx';
import { useEnterPin } from './useEnterPin.ts';

/** @param unlocked runs once the PIN was right */
export function LockScreen({ lock, unlocked }: { lock: LockState; unlocked: () => void }) {
  const t = useWords('lock');
  const say = useSay();
  const program = useRelayQuery('surface.info', {}).data?.program;
  const { pin, setPin, isPending, error, submit } = useEnterPin(unlocked);
  const closed =
    lock.closedUntil !== null ? say(sentence('problem.pin_closed', { untilAt: lock.closedUntil })) : undefined;
  const client = useClient();
  // What a page behind it showed is seen by nobody, and told outside of the window.
  useEffect(() => void client.call('surface.showing', { conditions: [], path: '' }), [client]);
  const title = `${t('screen.title')} – ${t('common:app.name')}`;
  useEffect(() => {
    document.title = title;
  }, [title]);
  return (
    <main className="grid h-full place-items-center overflow-auto p-6">
      <form
        noValidate
        onSubmit={submit}
        className="flex w-full max-w-md flex-col gap-4 rounded-l border border-line bg-surface p-6 shadow-card"
      >
        <div className="flex items-center gap-2.5">
          <span className="grid size-8 shrink-0 place-items-center rounded-s bg-brand text-brand-ink">
            <Icon of={Lock} />
          </span>
          <h1 className="font-semibold text-l">{t('screen.title')}</h1>
        </div>
        {lock.says && (
          <p className="flex items-baseline gap-2">
            <ToneDot tone={lock.tone} />
            <span className="min-w-0 break-words">{say(lock.says)}</span>
          </p>
        )}
        <p className="text-ink-soft">{t('screen.goesOn')}</p>
        <PinField label={t('pin')} value={pin} onChange={setPin} error={closed ?? error} autoFocus />
        <Button type="submit" kind="primary" isPending={isPending} className="self-start">
          {t('screen.unlock')}
        </Button>
        <details className="text-ink-soft text-s">
          <summary className="cursor-pointer">{t('forgotten.title')}</summary>
          <p className="my-2">{t('forgotten.text')}</p>
          <CodeBlock code={`${program ?? 'roost-relay'} pin remove`} label={t('forgotten.command')} />
        </details>
      </form>
    </main>
  );
}
