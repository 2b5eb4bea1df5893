/** A message and what it becomes, side by side: what came left, the events right, what is wrong in its place. */
import type { ReactNode } from 'react';
import { harmlessBody } from '../../../shared/harmless.ts';
import type { MessagePreview } from '../../../shared/schemas.ts';
import { Scroller } from '../../components/Scroller.tsx';
import { useWords } from '../../i18n/index.ts';
import { useSay } from '../../lib/sentences.ts';

interface BecomesProps {
  readonly row: Pick<MessagePreview, 'raw' | 'outcome' | 'made' | 'why'>;
  /** Its number, for screen readers. */
  readonly number: number;
  /** Above what came. */
  readonly children: ReactNode;
}

export function Becomes({ row: { raw, outcome, made, why }, number, children }: BecomesProps) {
  const t = useWords('sources');
  const say = useSay();
  return (
    <div className="grid grid-cols-2 gap-3 border-line border-t pt-3 max-[899px]:grid-cols-1">
      <div className="min-w-0">
        <p className="mb-1 text-ink-soft text-s wrap-anywhere">{children}</p>
        <Code text={raw} label={t('messages.came', { number })} />
      </div>
      <div className="min-w-0">
        {outcome !== null && (
          <p className="mb-1 text-ink-soft text-s">
            {outcome === 'events' ? t('messages.becomes', { count: made.length }) : t(`messages.outcome.${outcome}`)}
          </p>
        )}
        {made.map(({ event, body, hints }) => (
          <div key={body} className="mb-2">
            <p className="font-medium">{t(`common:event.${event}`)}</p>
            <Code text={body} label={t('messages.made', { number, event })} />
            {hints.map((hint) => (
              <p key={hint.key} className="mt-1 text-ink-soft text-s">
                {say(hint)}
              </p>
            ))}
          </div>
        ))}
        {why !== null && (
          <p className={outcome === 'kept' ? 'rounded-m bg-bad-wash px-3 py-2' : 'text-ink-soft'}>
            {why.line === null
              ? say(why.says)
              : t('messages.where', { line: why.line, column: why.column ?? 1, why: say(why.says) })}
          </p>
        )}
      </div>
    </div>
  );
}

const Code = ({ text, label }: { text: string; label: string }) => (
  <Scroller label={label} className="max-h-56 overflow-y-auto rounded-m bg-sunken px-3 py-2">
    <pre className="whitespace-pre-wrap break-all font-code text-s">{harmlessBody(text.trim())}</pre>
  </Scroller>
);
