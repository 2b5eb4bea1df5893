/** The state of things in three lines, on every page: the same as Today and the tray say. */
import { headlineOf, waitingSentence } from '../../shared/headline.ts';
import type { Situation } from '../../shared/schemas.ts';
import { ToneDot } from '../components/Chip.tsx';
import { Time } from '../components/Time.tsx';
import { useWords } from '../i18n/index.ts';
import { useSay } from '../lib/sentences.ts';
import { useConditions } from '../lib/situation.ts';

export function StatusFoot({ situation }: { situation: Situation }) {
  const t = useWords('common');
  const say = useSay();
  const { tone, short } = headlineOf(situation, useConditions());
  const text = say(short);
  const { lastEventAt, connectivity } = situation;
  return (
    <section
      aria-label={t('status.label')}
      className="border-line border-t px-2.5 pt-3 text-ink-soft text-s max-[899px]:px-0 max-[899px]:text-center"
    >
      <p className="flex items-baseline gap-2 font-semibold text-ink max-[899px]:justify-center" title={text}>
        <ToneDot tone={tone} />
        <span className="max-[899px]:sr-only">{text}</span>
      </p>
      <div className="max-[899px]:sr-only">
        <p>
          {say(waitingSentence(situation))}
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
