import { Plus } from 'lucide-react';
import type { Source } from '../../../shared/schemas.ts';
import { ButtonLink } from '../../components/Button.tsx';
import { Card } from '../../components/Card.tsx';
import { Time } from '../../components/Time.tsx';
import { useWords } from '../../i18n/index.ts';
import { SourceChip } from '../sources/SourceChip.tsx';
import { StateRow } from './StateRow.tsx';

/** Where events come from. */
export function SourcesCard({ sources }: { sources: readonly Source[] }) {
  const t = useWords('today');
  return (
    <Card title={t('sources.title')}>
      {sources.length === 0 ? (
        <>
          <p className="mb-3 text-ink-soft">{t('sources.none')}</p>
          <ButtonLink to="/sources/new" icon={Plus}>
            {t('sources.add')}
          </ButtonLink>
        </>
      ) : (
        <ul>
          {sources.map((source) => (
            <SourceRow key={source.id} source={source} />
          ))}
        </ul>
      )}
    </Card>
  );
}

function SourceRow({ source }: { source: Source }) {
  return (
    <StateRow
      to={`/sources/${source.id}`}
      name={source.name}
      chip={<SourceChip source={source} />}
      about={useSourceToday(source)}
      aside={source.lastEventAt !== null && <Time at={source.lastEventAt} />}
    />
  );
}

/** How many events came today, beside the usual number where it is quieter than that. */
function useSourceToday({ quietSince, usualByNow, eventsToday }: Source): string {
  const t = useWords('today');
  if (quietSince !== null && usualByNow !== null) {
    const usual = Math.round(usualByNow);
    return eventsToday === 0 ? t('sources.usual', { usual }) : t('sources.usualSome', { usual, count: eventsToday });
  }
  return eventsToday === 0 ? t('sources.todayNone') : t('sources.today', { count: eventsToday });
}
