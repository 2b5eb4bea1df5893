import { useWords } from '../../i18n/index.ts';
import type { Formats } from '../../lib/format.ts';
import { useFormats } from '../../lib/formats-context.ts';
import { useConditions, useEngineState, useSituation } from '../../lib/situation.ts';
import { type Truth, truthOf } from './truth.ts';

/** Today's opening: the truth in the voice, and when that is. */
export function TruthSentence() {
  const t = useWords('today');
  const formats = useFormats();
  const situation = useSituation();
  const somebodysTurn = useConditions().some(({ turn }) => turn === 'manager' || turn === 'it_helper');
  const parts = truthOf(situation, { engineRuns: useEngineState().state === 'running', somebodysTurn });
  const { eventsToday } = situation;
  return (
    <header className="mb-5 max-w-3xl">
      <h1 className="text-balance font-normal font-voice text-truth">
        {parts.map((part) => saidOf(part, t, formats)).join(' ')}
      </h1>
      <p className="mt-2 text-ink-soft">
        {formats.day(formats.now)}, {formats.clock(formats.now)} ·{' '}
        {eventsToday === 0 ? t('sinceNone') : t('since', { count: eventsToday })}
      </p>
    </header>
  );
}

type Words = ReturnType<typeof useWords<'today'>>;

function saidOf(part: Truth, t: Words, { time }: Formats): string {
  switch (part.say) {
    case 'paused':
      return t('truth.paused', { count: part.count, until: time(part.until) });
    case 'offline':
      if (part.since === null) return t('truth.offline');
      return part.count === 0
        ? t('truth.offlineSince', { since: time(part.since) })
        : t('truth.offlineWaiting', { count: part.count, since: time(part.since) });
    case 'held':
    case 'sending':
    case 'attention':
      return t(`truth.${part.say}`, { count: part.count });
    case 'waitingFor':
    case 'pausedEndpoint':
      return t(`truth.${part.say}`, { count: part.count, name: part.name });
    case 'waitingForMany':
    case 'pausedMany':
      return t(`truth.${part.say}`, {
        events: t('truth.deliveries', { count: part.count }),
        endpoints: part.endpoints,
      });
    case 'all':
      return t('truth.all', { count: part.count, by: time(part.by) });
    default:
      return t(`truth.${part.say}`);
  }
}
