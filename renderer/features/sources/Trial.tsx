/** Whether a folder or a database can be read, and what its first rows become: before it is kept, and after. */
import { type ReactNode, useState } from 'react';
import type { CallInput } from '../../../shared/api.ts';
import { harmless } from '../../../shared/harmless.ts';
import type { SourceTrial } from '../../../shared/schemas.ts';
import { Banner } from '../../components/Banner.tsx';
import { Button } from '../../components/Button.tsx';
import { useWords } from '../../i18n/index.ts';
import { ask, CallFailure, useClient } from '../../lib/queries.ts';
import { useSay } from '../../lib/sentences.ts';
import { Becomes } from './Becomes.tsx';

interface TrialProps {
  readonly asked: CallInput<'sources.try'>;
  /** Of what was chosen something cannot be. */
  readonly onProblem: (failure: CallFailure) => void;
  /** What else can be done, beside the button. */
  readonly beside?: ReactNode;
}

export function Trial({ asked, onProblem, beside }: TrialProps) {
  const t = useWords('sources');
  const say = useSay();
  const client = useClient();
  const [isPending, setPending] = useState(false);
  /** With what it was asked for: of other words it says nothing. */
  const [seen, setSeen] = useState<{ readonly of: string; readonly trial: SourceTrial } | null>(null);
  const of = JSON.stringify(asked);
  const trial = seen?.of === of ? seen.trial : null;
  async function tryIt(): Promise<void> {
    setPending(true);
    setSeen(null);
    try {
      setSeen({ of, trial: await ask(client, 'sources.try', asked) });
    } catch (problem) {
      if (!(problem instanceof CallFailure)) throw problem;
      onProblem(problem);
    } finally {
      setPending(false);
    }
  }
  return (
    <div className="flex flex-col gap-3">
      <div className="flex flex-wrap gap-2">
        <Button isPending={isPending} onPress={() => void tryIt()}>
          {t('try.try')}
        </Button>
        {beside}
      </div>
      {trial !== null && (
        <>
          <Banner tone={trial.ok ? 'fine' : 'bad'}>{trial.says.map(say).join(' ')}</Banner>
          {trial.columns.length > 0 && (
            <p className="text-ink-soft text-s wrap-anywhere">
              {t('try.columns', { names: trial.columns.map(harmless).join(', ') })}
            </p>
          )}
          {trial.ok && trial.rows.length === 0 && <p className="text-ink-soft">{t('try.noRows')}</p>}
          {trial.rows.length > 0 && (
            <ol className="flex flex-col gap-4" aria-label={t('try.rows')}>
              {trial.rows.map((row, i) => (
                <li key={row.origin}>
                  <Becomes row={row} number={i + 1}>
                    {harmless(row.origin)}
                  </Becomes>
                </li>
              ))}
            </ol>
          )}
        </>
      )}
    </div>
  );
}
