/** The attempts of a delivery: a timeline, where the time of one went, and what was sent and answered. */
import { useState } from 'react';
import { harmless, harmlessLines } from '../../../shared/harmless.ts';
import type { Attempt, Delivery } from '../../../shared/schemas.ts';
import { attemptStateSaid, goneSaid, isUncounted } from '../../../shared/told.ts';
import { trySaid } from '../../../shared/tries.ts';
import { classes } from '../../components/classes.ts';
import { JsonViewer } from '../../components/JsonViewer.tsx';
import { Tabs } from '../../components/Tabs.tsx';
import { Time } from '../../components/Time.tsx';
import { useWords } from '../../i18n/index.ts';
import { useFormats } from '../../lib/formats-context.ts';
import { useSay } from '../../lib/sentences.ts';
import { Phases } from './Phases.tsx';
import { type TimelineEntry, timelineOf } from './timeline.ts';

export function Attempts({ delivery }: { delivery: Delivery }) {
  const t = useWords('deliveries');
  const say = useSay();
  const [unfoldedFor, setUnfoldedFor] = useState<string | null>(null);
  const [chosenId, setChosenId] = useState<string | null>(null);
  const attempts = delivery.attemptsMade;
  const entries = timelineOf(attempts, unfoldedFor === delivery.id);
  const latest = entries.at(-1);
  const gone = goneSaid(delivery);
  const chosen = attempts.find(({ id }) => id === chosenId) ?? (latest?.is === 'attempt' ? latest.attempt : undefined);
  return (
    <section className="mt-4">
      <h3 className="font-semibold text-ink-soft text-s">{t('detail.attempts')}</h3>
      {gone !== null && <p className="mt-1">{say(gone)}</p>}
      {attempts.length === 0 && <p className="mt-1 text-ink-soft">{t('detail.noAttempts')}</p>}
      <ol className="mt-1.5 flex flex-col">
        {entries.map((entry) => (
          <li key={entry.is === 'attempt' ? entry.attempt.id : 'more'}>
            {entry.is === 'attempt' ? (
              <AttemptRow
                entry={entry}
                isChosen={entry.attempt.id === chosen?.id}
                choose={() => setChosenId(entry.attempt.id)}
              />
            ) : (
              <FoldedRow entry={entry} unfold={() => setUnfoldedFor(delivery.id)} />
            )}
          </li>
        ))}
      </ol>
      {chosen ? (
        <OneAttempt
          attempt={chosen}
          body={gone === null ? (chosen.sentBody ?? delivery.body) : null}
          isLatest={chosen.id === attempts.at(-1)?.id}
        />
      ) : (
        gone === null && (
          <div className="mt-3">
            <JsonViewer text={delivery.body} label={t('code.label.request')} />
          </div>
        )
      )}
    </section>
  );
}

/** Beside the list there is room for two columns: the time stands below what was tried. */
const rowLook = [
  'grid w-full grid-cols-[minmax(0,1fr)_7rem] items-baseline gap-x-2 rounded-s px-1.5 py-1 text-left text-s',
  '@[420px]/details:grid-cols-[8.5rem_minmax(0,1fr)_7rem]',
].join(' ');
const timeLook = 'col-start-1 row-start-2 text-ink-soft @[420px]/details:row-start-1';
const cameLook = 'col-start-2 row-start-1 text-right font-semibold @[420px]/details:col-start-3';
const triedLook = 'col-start-1 row-start-1 min-w-0 @[420px]/details:col-start-2';

function AttemptRow(props: {
  entry: Extract<TimelineEntry, { is: 'attempt' }>;
  isChosen: boolean;
  choose: () => void;
}) {
  const { attempt, tried } = props.entry;
  const t = useWords('deliveries');
  const formats = useFormats();
  const say = useSay();
  const state = attemptStateSaid(attempt);
  const came = attempt.outcome === 'delivered' ? 'text-fine' : attempt.counts ? 'text-bad' : 'text-away';
  const took = attempt.timings === null ? null : formats.duration(attempt.timings.totalMs);
  return (
    <button
      type="button"
      aria-pressed={props.isChosen}
      onClick={props.choose}
      className={classes(rowLook, 'cursor-pointer hover:bg-ground aria-pressed:bg-sunken')}
    >
      <span className={timeLook}>
        <Time at={attempt.startedAt} precise />
      </span>
      <span className={triedLook}>
        {say(trySaid(tried))}
        {isUncounted(attempt) && <span className="text-ink-faint"> · {t('try.uncounted')}</span>}
      </span>
      <span className={classes(cameLook, attempt.outcome === null ? 'text-wait' : came)}>
        {state !== null
          ? say(state)
          : [attempt.status ?? t('try.noAnswer'), took].filter((part) => part !== null).join(' · ')}
      </span>
    </button>
  );
}

function FoldedRow({ entry, unfold }: { entry: Extract<TimelineEntry, { is: 'more' }>; unfold: () => void }) {
  const t = useWords('deliveries');
  const count = entry.attempts.length;
  return (
    <button
      type="button"
      aria-label={t('try.unfold')}
      onClick={unfold}
      className={classes(rowLook, 'cursor-pointer text-ink-faint hover:bg-ground hover:text-ink')}
    >
      <span className={triedLook}>
        {entry.status === null ? t('try.more', { count }) : t('try.moreAll', { count, status: entry.status })}
      </span>
    </button>
  );
}

type Side = 'answer' | 'request' | 'headers';

function OneAttempt({ attempt, body, isLatest }: { attempt: Attempt; body: string | null; isLatest: boolean }) {
  const t = useWords('deliveries');
  const [side, setSide] = useState<Side>('answer');
  return (
    <div className="mt-2.5">
      {attempt.timings && <Phases timings={attempt.timings} />}
      <Tabs<Side>
        label={t('tab.label', { ordinal: attempt.ordinal })}
        selected={side}
        onSelect={setSide}
        tabs={[
          {
            id: 'answer',
            label: t('tab.answer'),
            content: <Answer attempt={attempt} withSentence={!isLatest} isGone={body === null} />,
          },
          {
            id: 'request',
            label: t('tab.request'),
            content:
              body === null ? <p>{t('tab.gone')}</p> : <JsonViewer text={body} label={t('code.label.request')} />,
          },
          { id: 'headers', label: t('tab.headers'), content: <Headers attempt={attempt} /> },
        ]}
      />
    </div>
  );
}

interface AnswerProps {
  readonly attempt: Attempt;
  /** False where the same sentence stands above already. */
  readonly withSentence?: boolean;
  /** What was sent and answered went with what was forgotten. */
  readonly isGone?: boolean;
}

/** What the receiver said. */
export function Answer({ attempt, withSentence = true, isGone = false }: AnswerProps) {
  const t = useWords('deliveries');
  const say = useSay();
  return (
    <div className="flex flex-col gap-2">
      {withSentence && attempt.sentence && attempt.outcome !== 'delivered' && (
        <p className="text-s">{say(attempt.sentence)}</p>
      )}
      {attempt.detail && <p className="break-words font-code text-ink-soft text-xs">{harmlessLines(attempt.detail)}</p>}
      {attempt.responseBody ? (
        <JsonViewer text={attempt.responseBody} label={t('code.label.answer')} />
      ) : (
        <p className="text-ink-soft text-s">
          {attempt.status === null ? t('tab.noAnswer') : t(isGone ? 'tab.gone' : 'tab.emptyAnswer')}
        </p>
      )}
      {attempt.responseTruncated && <p className="text-ink-faint text-s">{t('tab.truncated')}</p>}
    </div>
  );
}

export function Headers({ attempt }: { attempt: Attempt }) {
  const t = useWords('deliveries');
  return (
    <div className="flex flex-col gap-3">
      <HeaderList title={t('tab.requestHeaders')} headers={attempt.requestHeaders} />
      <HeaderList title={t('tab.responseHeaders')} headers={attempt.responseHeaders ?? []} />
    </div>
  );
}

function HeaderList({ title, headers }: { title: string; headers: readonly (readonly [string, string])[] }) {
  const t = useWords('deliveries');
  return (
    <section>
      <h4 className="font-medium text-ink-soft text-s">{title}</h4>
      {headers.length === 0 && <p className="text-ink-faint text-s">{t('tab.noHeaders')}</p>}
      <dl className="mt-1 flex flex-col gap-1 font-code text-xs">
        {headers.map(([name, value], index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: headers may repeat, and the list of an attempt never changes.
          <div key={index} className="min-w-0">
            <dt className="inline text-away">{harmless(name)}: </dt>
            <dd className="inline break-all">{harmless(value)}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
