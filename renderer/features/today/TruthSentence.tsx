import { headlineOf, headlineText, whereTodayWent } from '../../../shared/headline.ts';
import { useWords } from '../../i18n/index.ts';
import { useFormats } from '../../lib/formats-context.ts';
import { useSay } from '../../lib/sentences.ts';
import { useConditions, useSituation } from '../../lib/situation.ts';

/** Today's opening: the truth in the voice, and when that is. */
export function TruthSentence() {
  const t = useWords('today');
  const say = useSay();
  const formats = useFormats();
  const situation = useSituation();
  const headline = headlineOf(situation, useConditions());
  const { eventsToday } = situation;
  const went = whereTodayWent(situation).map(say).join(', ');
  return (
    <header className="mb-5 max-w-4xl">
      {/* A long truth is set smaller, so that what follows stays above the fold. */}
      <h1
        className={`wrap-anywhere text-balance font-normal font-voice ${headline.says.length > 2 ? 'text-title' : 'text-truth'}`}
      >
        {headlineText(headline, say)}
      </h1>
      <p className="mt-2 text-ink-soft">
        {formats.day(formats.now)}, {formats.clock(formats.now)} ·{' '}
        {eventsToday === 0 ? t('sinceNone') : t('since', { count: eventsToday })}
        {eventsToday > 0 && went !== '' && `: ${went}`}
      </p>
    </header>
  );
}
