import type { Endpoint } from '../../../shared/schemas.ts';
import { Card } from '../../components/Card.tsx';
import { TextLink } from '../../components/TextLink.tsx';
import { useWords } from '../../i18n/index.ts';
import { useFormats } from '../../lib/formats-context.ts';
import { useSay } from '../../lib/sentences.ts';
import { isHeldUp } from './truth.ts';

/** What waits, why, and when it goes out. A failing endpoint has a card of its own and is left out here. */
export function WaitingCard({ endpoints }: { endpoints: readonly Endpoint[] }) {
  const t = useWords('today');
  const held = endpoints.filter((endpoint) => {
    const { state, waiting } = endpoint;
    return state === 'paused' ? waiting > 0 : state !== 'failing' && isHeldUp(endpoint);
  });
  if (held.length === 0) return null;
  return (
    <Card title={t('waiting.title')}>
      <ul>
        {held.map((endpoint) => (
          <Held key={endpoint.id} endpoint={endpoint} />
        ))}
      </ul>
    </Card>
  );
}

function Held({ endpoint }: { endpoint: Endpoint }) {
  const t = useWords('today');
  const say = useSay();
  const { time } = useFormats();
  const why = ({ state, retrying, heldUntil, unreadable, lastAnswer }: Endpoint) => {
    if (state === 'paused') return t('waiting.paused');
    if (unreadable.length > 0) return t('waiting.unreadable');
    // Otherwise what an active endpoint answered last is that it took something else.
    if (state === 'active' && heldUntil === null) return t('waiting.retrying', { count: retrying });
    return lastAnswer ? say(lastAnswer.sentence) : t('waiting.order');
  };
  const { id, name, waiting, oldestWaitingAt, state, nextAttemptAt } = endpoint;
  const since = oldestWaitingAt === null ? '' : ` ${t('waiting.oldest', { at: time(oldestWaitingAt) })}`;
  return (
    <li className="border-line border-t py-2.5">
      <p className="flex flex-wrap justify-between gap-x-3">
        <TextLink
          to={`/deliveries?endpoint=${id}&state=waiting`}
          className="rounded-s font-semibold text-ink hover:underline"
        >
          {t('waiting.for', { count: waiting, name })}
        </TextLink>
        <span className="text-ink-faint text-s">
          {state !== 'paused' && nextAttemptAt !== null && t('endpoints.nextTry', { at: time(nextAttemptAt) })}
        </span>
      </p>
      <p className="text-ink-soft text-s">
        {why(endpoint)}
        {since}
      </p>
    </li>
  );
}
