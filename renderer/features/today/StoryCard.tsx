import { BookOpen } from 'lucide-react';
import type { Condition } from '../../../shared/conditions/index.ts';
import type { Outage, Situation } from '../../../shared/schemas.ts';
import { Card } from '../../components/Card.tsx';
import { Icon } from '../../components/Icon.tsx';
import { useWords } from '../../i18n/index.ts';
import { useFormats } from '../../lib/formats-context.ts';
import { useSay } from '../../lib/sentences.ts';

/** What is over: the day's outages with what became of the events, recoveries, and what a crash had cut off. */
export function StoryCard({ situation, conditions }: { situation: Situation; conditions: readonly Condition[] }) {
  const t = useWords('today');
  const say = useSay();
  const storyOf = useStory();
  const { time } = useFormats();
  const over = situation.outages.filter(({ until }) => until !== null);
  const told = new Set(over.map(({ endpointId }) => endpointId));
  const good = conditions.filter(({ tone, about }) => tone === 'fine' && !told.has(about as Outage['endpointId']));
  const { interrupted } = situation;
  if (over.length + good.length === 0 && interrupted === null) return null;
  return (
    <Card
      title={
        <span className="flex items-center gap-2">
          <Icon of={BookOpen} size={14} />
          {t('story.title')}
        </span>
      }
    >
      <ul className="flex flex-col gap-1.5">
        {over.map((outage) => (
          <li key={`${outage.kind}${outage.endpointId}${outage.since}`}>{storyOf(outage)}</li>
        ))}
        {good.map(({ id, title, meaning }) => (
          <li key={id}>
            {say(title)}. {say(meaning)}
          </li>
        ))}
        {interrupted && <li>{t('story.interrupted', { count: interrupted.count, at: time(interrupted.at) })}</li>}
      </ul>
    </Card>
  );
}

/** "The internet was out 23:52 to 05:10. All 63 events were kept and delivered by 05:14." */
function useStory(): (outage: Outage) => string {
  const t = useWords('today');
  const { time } = useFormats();
  return ({ kind, name, since, until, events, left, outBy }) => {
    const params = { since: time(since), until: until === null ? '' : time(until) };
    const what =
      kind === 'receiver' ? t('story.receiver', { ...params, name: name ?? '' }) : t(`story.${kind}`, params);
    if (events === 0) return `${what} ${t('story.none')}`;
    if (left > 0) {
      // Of an outage for many an event that is left may have reached some of them.
      const all = kind === 'receiver' ? t('story.leftAll', { count: left }) : t('story.nowhereYet', { count: left });
      const some = t(kind === 'receiver' ? 'story.left' : 'story.notEverywhere', { count: left, events });
      return `${what} ${left >= events ? all : some}`;
    }
    return outBy === null ? what : `${what} ${t('story.out', { count: events, by: time(outBy) })}`;
  };
}
