/** What the endpoint would be sent, made from a real event of this property, as one types. */
import { type Control, useWatch } from 'react-hook-form';
import type { EventId } from '../../../shared/domain.ts';
import { isChat, type ReadMessage, readAs } from '../../../shared/endpoint-kinds/reads-as.ts';
import { type EventType, eventTypes } from '../../../shared/events.ts';
import type { Preview } from '../../../shared/schemas.ts';
import { Card } from '../../components/Card.tsx';
import { CodeBlock } from '../../components/CodeBlock.tsx';
import { classes } from '../../components/classes.ts';
import { Select } from '../../components/Select.tsx';
import { useWords } from '../../i18n/index.ts';
import { useFormats } from '../../lib/formats-context.ts';
import { useRelayQuery } from '../../lib/queries.ts';
import { useSay } from '../../lib/sentences.ts';
import { useDescribe } from '../events/useDescribe.ts';
import type { EndpointForm } from './form.ts';
import type { Previewed } from './usePreview.ts';

/** A form with the preview beside it where there is room, else below. */
export const besidePreview =
  'mt-4 grid max-w-3xl items-start gap-4 min-[1000px]:max-w-[84rem] min-[1000px]:grid-cols-[minmax(0,1.5fr)_minmax(18rem,1fr)]';

/** Beside a long form it stays where it is, and scrolls by itself where it is longer than the window. */
const inSight =
  'min-w-0 min-[1000px]:sticky min-[1000px]:top-0 min-[1000px]:max-h-[calc(100dvh-3rem)] min-[1000px]:overflow-y-auto';

interface PreviewCardProps {
  readonly control: Control<EndpointForm>;
  readonly previewed: Previewed;
}

export function PreviewCard({ control, previewed }: PreviewCardProps) {
  const t = useWords('endpoints');
  const { preview, failure, lastOf, show } = previewed;
  const events = useWatch({ control, name: 'events' });
  const offered = events.length > 0 ? events : eventTypes;
  const choices = [
    { value: 'newest' as const, label: t('preview.newest') },
    ...offered.map((value) => ({ value, label: t(`common:event.${value}`), hint: value })),
  ];
  return (
    <Card title={t('preview.title')} className={inSight}>
      <div className="flex flex-col gap-3">
        <Select
          label={t('preview.of')}
          choices={choices}
          value={lastOf === '' ? 'newest' : lastOf}
          onChange={(value) => show(value === 'newest' ? '' : value, null)}
        />
        <Which types={lastOf === '' ? events : [lastOf]} previewed={previewed} />
        {preview && <MadeOf of={preview.of} />}
        {failure !== null && <p className="text-bad text-s">{failure}</p>}
        {preview && <Shown preview={preview} control={control} />}
      </div>
    </Card>
  );
}

const mostOffered = 50;

/** Any of the last events, told apart by time, guest and id. */
function Which({ types, previewed }: { types: readonly EventType[]; previewed: Previewed }) {
  const t = useWords('endpoints');
  const formats = useFormats();
  const describe = useDescribe();
  const filter = types.length > 0 ? { eventTypes: [...types] } : {};
  const rows = useRelayQuery('events.list', { filter, limit: mostOffered }).data?.rows ?? [];
  const { lastOf, eventId, show } = previewed;
  // One that newer ones have pushed out of the list stays the one that is shown.
  const gone = eventId === null || rows.some(({ id }) => id === eventId) ? [] : [eventId];
  if (rows.length === 0 && gone.length === 0) return null;
  const choices = [
    { value: 'newest', label: t('preview.whichNewest') },
    ...gone.map((value) => ({ value, label: value })),
    ...rows.map((row) => ({
      value: row.id,
      label: [formats.time(row.at), describe.title(row), row.entity?.id].filter(Boolean).join(' · '),
      hint: row.id,
    })),
  ];
  return (
    <Select
      label={t('preview.which')}
      choices={choices}
      value={eventId ?? 'newest'}
      onChange={(value) => show(lastOf, value === 'newest' ? null : (value as EventId))}
    />
  );
}

function MadeOf({ of: { event, at } }: Pick<Preview, 'of'>) {
  const t = useWords('endpoints');
  const formats = useFormats();
  const name = t(`common:event.${event}`);
  return (
    <p className="text-ink-faint text-s">
      {at === null ? t('preview.sample', { event: name }) : t('preview.real', { event: name, time: formats.time(at) })}
    </p>
  );
}

function Shown({ preview, control }: { preview: Preview; control: Control<EndpointForm> }) {
  const { kind, body, problem } = preview;
  if (body === null) return <Problem problem={problem} />;
  if (kind === 'mail') return <Mail preview={preview} body={body} control={control} />;
  const message = isChat(kind) ? readAs(kind, body) : null;
  return (
    <>
      {message && <Message message={message} />}
      <Sent preview={preview} body={body} isAside={message !== null} />
    </>
  );
}

function Problem({ problem }: Pick<Preview, 'problem'>) {
  const t = useWords('endpoints');
  const say = useSay();
  if (problem === null) return null;
  const { line, column, says } = problem;
  return (
    <p role="status" className="rounded-m bg-bad-wash px-3 py-2 text-ink">
      {t('preview.problem', { line, column, why: say(says) })}
    </p>
  );
}

/** Subject, text and who gets it. */
function Mail({ preview, body, control }: { preview: Preview; body: string; control: Control<EndpointForm> }) {
  const t = useWords('endpoints');
  const { to = '', from = '', digestMinutes = '' } = useWatch({ control, name: 'config' });
  const lines = [
    [t('preview.mailFrom'), from],
    [t('preview.mailTo'), to],
    [t('preview.mailSubject'), preview.subject ?? ''],
  ] as const;
  return (
    <div className="rounded-m border border-line">
      <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-3 gap-y-1 border-line border-b px-3 py-2 text-s">
        {lines.map(([name, text]) => (
          <div key={name} className="contents">
            <dt className="text-ink-faint">{name}</dt>
            <dd className="wrap-anywhere">{text === '' ? t('preview.mailNobody') : text}</dd>
          </div>
        ))}
      </dl>
      <p className="wrap-anywhere whitespace-pre-wrap px-3 py-2">{body.trim()}</p>
      {digestMinutes !== '' && (
        <p className="border-line border-t px-3 py-2 text-ink-faint text-s">
          {t('preview.digest', { minutes: digestMinutes })}
        </p>
      )}
    </div>
  );
}

const lookOf: Readonly<Record<ReadMessage['lines'][number]['look'], string>> = {
  strong: 'font-semibold',
  plain: '',
  faint: 'text-ink-faint text-s',
};

/** As people read it there, roughly. */
function Message({ message: { color, lines } }: { message: ReadMessage }) {
  const t = useWords('endpoints');
  return (
    <figure>
      <figcaption className="mb-1 text-ink-soft text-s">{t('preview.reads')}</figcaption>
      <div
        className="rounded-m border border-line border-l-4 bg-surface px-3 py-2"
        {...(color !== null && { style: { borderLeftColor: color } })}
      >
        {lines.map(({ text, look }, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: lines of one text, which has no other order
          <p key={index} className={classes('wrap-anywhere whitespace-pre-wrap', lookOf[look])}>
            {text}
          </p>
        ))}
      </div>
    </figure>
  );
}

interface SentProps {
  readonly preview: Preview;
  readonly body: string;
  /** Behind how it reads. */
  readonly isAside: boolean;
}

/** The very bytes, their size, and the names of the headers. */
function Sent({ preview, body, isAside }: SentProps) {
  const t = useWords('endpoints');
  const formats = useFormats();
  const say = useSay();
  const { contentType, sizeBytes, limitBytes, headers, refused } = preview;
  const isTooLarge = sizeBytes !== null && limitBytes !== null && sizeBytes > limitBytes;
  const size = t('preview.size', { size: formats.size(sizeBytes ?? 0), type: contentType ?? '' });
  return (
    <>
      {isTooLarge && (
        <p role="status" className="rounded-m bg-bad-wash px-3 py-2 text-ink">
          {t('preview.tooLarge', { limit: formats.size(limitBytes) })}
        </p>
      )}
      {refused !== null && (
        <p role="status" className="rounded-m bg-bad-wash px-3 py-2 text-ink">
          {t('preview.refused', { why: say(refused) })}
        </p>
      )}
      <details open={!isAside}>
        <summary className="cursor-pointer font-medium text-s">{t('preview.body')}</summary>
        <p className="my-1.5 text-ink-faint text-s">{size}</p>
        <CodeBlock code={body} label={t('preview.body')} wraps />
      </details>
      <details>
        <summary className="cursor-pointer font-medium text-s">{t('preview.headers')}</summary>
        <ul className="mt-1.5 font-code text-ink-soft text-s">
          {headers.map((name) => (
            <li key={name}>{name}</li>
          ))}
        </ul>
      </details>
    </>
  );
}
