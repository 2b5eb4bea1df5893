/** The state of things in three lines, on every page. */
import { troublesOf } from '../../shared/conditions/index.ts';
import type { Tone } from '../../shared/domain.ts';
import type { Situation } from '../../shared/schemas.ts';
import { classes } from '../components/classes.ts';
import { Time } from '../components/Time.tsx';
import { useWords } from '../i18n/index.ts';
import { useSay } from '../lib/sentences.ts';
import { type EngineState, useConditions, useEngineState } from '../lib/situation.ts';

const dots: Record<Tone, string> = {
  fine: 'bg-fine',
  wait: 'bg-wait',
  bad: 'bg-bad',
  away: 'bg-away',
  still: 'bg-still',
};

export function StatusFoot({ situation }: { situation: Situation }) {
  const t = useWords('common');
  const { tone, text } = useStatus(situation, useEngineState().state);
  const { waiting, lastEventAt, connectivity } = situation;
  return (
    <section
      aria-label={t('status.label')}
      className="border-line border-t px-2.5 pt-3 text-ink-soft text-s max-[899px]:px-0 max-[899px]:text-center"
    >
      <p className="flex items-center gap-2 font-semibold text-ink max-[899px]:justify-center" title={text}>
        <span className={classes('size-2.5 shrink-0 rounded-full forced-color-adjust-none', dots[tone])} />
        <span className="max-[899px]:sr-only">{text}</span>
      </p>
      <div className="max-[899px]:sr-only">
        <p>
          {waiting === 0 ? t('status.nothingWaiting') : t('status.waiting', { count: waiting })}
          {connectivity.state === 'online' && ` · ${t('status.online')}`}
        </p>
        {lastEventAt === null ? (
          <p>{t('status.noEvent')}</p>
        ) : (
          <p>
            {t('status.lastEvent')} <Time at={lastEventAt} />
          </p>
        )}
      </div>
    </section>
  );
}

/** The worst there is, in a word; what has no word of its own here speaks with its condition's title. */
function useStatus(situation: Situation, engine: EngineState['state']): { tone: Tone; text: string } {
  const t = useWords('common');
  const say = useSay();
  const [trouble] = troublesOf(useConditions());
  const { endpoints, connectivity, clock, needsAttention, pausedUntil } = situation;
  const inState = (state: string) => endpoints.filter((endpoint) => endpoint.state === state).length;
  if (engine === 'stopped') return { tone: 'bad', text: t('status.noEngine') };
  if (engine === 'restarting') return { tone: 'wait', text: t('status.engine') };
  if (inState('failing') > 0) return { tone: 'bad', text: t('status.failing', { count: inState('failing') }) };
  if (connectivity.state === 'offline') return { tone: 'away', text: t('status.offline') };
  if (connectivity.state === 'captive_portal') return { tone: 'away', text: t('status.captivePortal') };
  if (connectivity.state === 'tls_interception') return { tone: 'away', text: t('status.tlsInterception') };
  if (connectivity.state === 'proxy') return { tone: 'away', text: t('status.proxy') };
  if (clock.wrong) return { tone: 'away', text: t('status.clock') };
  if (needsAttention > 0) return { tone: 'bad', text: t('status.attention', { count: needsAttention }) };
  if (trouble) return { tone: trouble.tone, text: say(trouble.title) };
  if (pausedUntil !== null) return { tone: 'still', text: t('status.paused') };
  if (inState('degraded') > 0) return { tone: 'wait', text: t('status.degraded', { count: inState('degraded') }) };
  if (endpoints.length === 0) return { tone: 'still', text: t('status.new') };
  return { tone: 'fine', text: t('status.fine') };
}
