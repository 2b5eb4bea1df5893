import { BookOpen } from 'lucide-react';
import type { Condition } from '../../../shared/conditions/index.ts';
import { outageSaid, overToday } from '../../../shared/outage-story.ts';
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
  const { time } = useFormats();
  const over = overToday(situation);
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
          <li key={`${outage.kind}${outage.endpointId}${outage.since}`}>{outageSaid(outage).map(say).join(' ')}</li>
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
