/** A guest is forgotten: found, shown with what has not arrived, and taken out after a second yes. */
import { useEffect, useRef, useState } from 'react';
import { useSearchParams } from 'react-router';
import type { EventId } from '../../../shared/domain.ts';
import { type ForgetPreview, foundBy, type Sought, sought as soughtSchema } from '../../../shared/schemas.ts';
import { Banner } from '../../components/Banner.tsx';
import { Button } from '../../components/Button.tsx';
import { Card } from '../../components/Card.tsx';
import { Checkbox } from '../../components/Checkbox.tsx';
import { Confirm } from '../../components/Dialog.tsx';
import { Page } from '../../components/Page.tsx';
import { PageHeader } from '../../components/PageHeader.tsx';
import { Table, Td, Th } from '../../components/Table.tsx';
import { TextField } from '../../components/TextField.tsx';
import { TextLink } from '../../components/TextLink.tsx';
import { Time } from '../../components/Time.tsx';
import { useWords } from '../../i18n/index.ts';
import { useFormats } from '../../lib/formats-context.ts';
import { ask, CallFailure, useClient, useRelayMutation, useRelayQuery } from '../../lib/queries.ts';
import { useBegun } from '../../lib/remembered.ts';
import { notify } from '../../lib/toasts.ts';

type Typed = Readonly<Record<(typeof foundBy)[number], string>>;

const soughtOf = (typed: Typed): Sought =>
  Object.fromEntries(foundBy.flatMap((by) => (typed[by].trim() === '' ? [] : [[by, typed[by].trim()]]))) as Sought;

/** What was typed, what was found by it, and what of that is not to go. */
interface Begun {
  readonly typed: Typed;
  readonly found: { readonly sought: Sought; readonly preview: ForgetPreview } | null;
  readonly leftOut: ReadonlySet<EventId>;
}

const none: ReadonlySet<EventId> = new Set();

export function ForgetPage() {
  const t = useWords('settings');
  const client = useClient();
  const [params] = useSearchParams();
  const given = (by: string) => params.get(by) ?? '';
  const [begun, change] = useBegun<Begun>('forget', () => ({
    typed: { booking: given('booking'), name: given('name'), mail: given('mail'), phone: given('phone') },
    found: null,
    leftOut: none,
  }));
  const { typed, found, leftOut } = begun;
  const [isLooking, setLooking] = useState(false);
  const sought = soughtOf(typed);
  const isEnough = soughtSchema.safeParse(sought).success;

  /** @returns whether it could be looked for */
  async function look(leaveOut: ReadonlySet<EventId>): Promise<boolean> {
    setLooking(true);
    try {
      const preview = await ask(client, 'forget.look', { sought, leaveOut: [...leaveOut] });
      // Of what was typed meanwhile nothing was found yet.
      change((now) => (now.typed === typed ? { ...now, found: { sought, preview } } : now));
      return true;
    } catch (problem) {
      if (!(problem instanceof CallFailure)) throw problem;
      notify({ text: problem.message, tone: 'bad' });
      return false;
    } finally {
      setLooking(false);
    }
  }

  // Whoever comes back may have been away for long: what was found is looked at anew.
  const isBack = useRef(found !== null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when the page is there again.
  useEffect(() => {
    if (isBack.current) void look(leftOut);
    isBack.current = false;
  }, []);

  return (
    <Page>
      <PageHeader title={t('forget.title')} note={t('forget.note')} />
      <div className="flex max-w-3xl flex-col gap-4.5">
        <Card title={t('forget.whom')}>
          <form
            className="flex flex-col gap-4"
            onSubmit={(event) => {
              event.preventDefault();
              if (!isEnough) return;
              change((now) => ({ ...now, leftOut: none }));
              void look(none);
            }}
          >
            <div className="grid gap-4 sm:grid-cols-2">
              {foundBy.map((by) => (
                <TextField
                  key={by}
                  label={t(`forget.${by}`)}
                  value={typed[by]}
                  onChange={(text) =>
                    change((now) => ({ typed: { ...now.typed, [by]: text }, found: null, leftOut: none }))
                  }
                />
              ))}
            </div>
            <p className="text-ink-soft text-s">{t('forget.any')}</p>
            <Button type="submit" className="self-start" isPending={isLooking} isDisabled={!isEnough}>
              {t('forget.look')}
            </Button>
          </form>
        </Card>
        {found && (
          <Found
            {...found}
            leftOut={leftOut}
            leaveOut={(chosen) => change((now) => ({ ...now, leftOut: chosen }))}
            isLooking={isLooking}
            look={() => look(leftOut)}
            done={() => change((now) => ({ ...now, found: null, leftOut: none }))}
          />
        )}
        <Before />
      </div>
    </Page>
  );
}

interface FoundProps {
  readonly sought: Sought;
  readonly preview: ForgetPreview;
  readonly leftOut: ReadonlySet<EventId>;
  readonly leaveOut: (chosen: ReadonlySet<EventId>) => void;
  readonly isLooking: boolean;
  /** Once more, without what is left out: what then goes is said anew. */
  readonly look: () => Promise<boolean>;
  readonly done: () => void;
}

function Found({ sought, preview, leftOut, leaveOut, isLooking, look, done }: FoundProps) {
  const t = useWords('settings');
  const { number, time } = useFormats();
  const [isAsked, setAsked] = useState(false);
  const forget = useRelayMutation('forget.start', {
    onError: (failure) => notify({ text: failure.message, tone: 'bad' }),
    onSuccess: done,
  });
  const { events, deliveries, some, undelivered, elsewhere, atBench, rows, files } = preview;
  if (some.length === 0 && atBench === 0 && rows.length === 0 && files.length === 0) {
    return <Banner tone="still">{t('forget.nothing')}</Banner>;
  }
  const waiting = undelivered.map((one) => (
    <li key={one.name}>{t('forget.undelivered', { count: one.deliveries, name: one.name })}</li>
  ));
  const unlisted = events + preview.leftOut - some.length;
  const askWithout = async () => {
    const isSaidAlready = some.every((one) => one.isLeftOut === leftOut.has(one.id));
    if (isSaidAlready || (await look())) setAsked(true);
  };
  const keep = (id: EventId, goes: boolean) => {
    const now = new Set(leftOut);
    if (goes) now.delete(id);
    else now.add(id);
    leaveOut(now);
  };
  const ofDeliveries = t('forget.deliveries', { count: deliveries, shown: number(deliveries) });
  return (
    <Card title={t('forget.what')}>
      <div className="flex flex-col gap-3" role="status">
        {waiting.length > 0 && (
          <Banner tone="bad">
            <ul>{waiting}</ul>
          </Banner>
        )}
        <p className="font-semibold">
          {t('forget.events', { count: events, shown: number(events), deliveries: ofDeliveries })}
        </p>
        {some.length > 0 && <p className="text-ink-soft text-s">{t('forget.tick')}</p>}
        <ul className="flex max-h-96 flex-col gap-1.5 overflow-y-auto p-1">
          {some.map((one) => {
            const event = t(`common:event.${one.event as 'order.created'}`);
            const said = [one.guest, one.about].filter((part) => part !== null).join(' · ');
            return (
              <li key={one.id} className="flex items-start gap-2.5">
                <Checkbox
                  aria-label={[event, said, time(one.at)].join(', ')}
                  isSelected={!leftOut.has(one.id)}
                  onChange={(goes) => keep(one.id, goes)}
                />
                <span className={leftOut.has(one.id) ? 'text-ink-faint' : undefined}>
                  <Time at={one.at} /> <TextLink to={`/events/${one.id}`}>{event}</TextLink> {said}
                </span>
              </li>
            );
          })}
          {unlisted > 0 && <li>{t('forget.more', { count: unlisted, shown: number(unlisted) })}</li>}
        </ul>
        {leftOut.size > 0 && (
          <p className="font-semibold">{t('forget.leftOut', { count: leftOut.size, shown: number(leftOut.size) })}</p>
        )}
        <ul className="list-disc pl-5 text-ink-soft">
          {atBench > 0 && <li>{t('forget.atBench', { count: atBench, shown: number(atBench) })}</li>}
          {rows.map((one) => (
            <li key={one.table}>{t('forget.rows', { count: one.rows, shown: number(one.rows), table: one.table })}</li>
          ))}
          {files.map(({ path, what }) => (
            <li key={path} className="break-all">
              {t(`forget.file.${what}`, { path })}
            </li>
          ))}
        </ul>
        {elsewhere.map((one) => (
          <Banner key={`${one.kind} ${one.value}`} tone="wait">
            {t('forget.elsewhere', { count: one.events, shown: number(one.events), value: one.value })}
          </Banner>
        ))}
        <p className="text-ink-soft text-s">{t('forget.stays')}</p>
        <Button
          kind="danger"
          className="self-start"
          onPress={() => void askWithout()}
          isPending={isLooking || forget.isPending}
        >
          {t('forget.do')}
        </Button>
      </div>
      <Confirm
        isOpen={isAsked}
        onClose={() => setAsked(false)}
        title={t('forget.sure')}
        verb={t('forget.verb')}
        onConfirm={() => {
          setAsked(false);
          forget.mutate({ sought, leaveOut: [...leftOut], confirmed: true });
        }}
      >
        {waiting.length > 0 && <ul className="mb-2">{waiting}</ul>}
        <p className="mb-2">{t('forget.events', { count: events, shown: number(events), deliveries: ofDeliveries })}</p>
        {preview.leftOut > 0 && (
          <p className="mb-2">
            {t('forget.leftOut', { count: preview.leftOut, shown: number(preview.leftOut) })}{' '}
            <StillNaming count={preview.stillNaming} />
          </p>
        )}
        <p>{t('forget.stays')}</p>
      </Confirm>
    </Card>
  );
}

/** Whether the name stays in what was left out. */
function StillNaming({ count }: { readonly count: number }) {
  const t = useWords('settings');
  const { number } = useFormats();
  return count === 0 ? t('forget.stillNamingNone') : t('forget.stillNaming', { count, shown: number(count) });
}

/** What was forgotten, and how far the last one is. */
function Before() {
  const t = useWords('settings');
  const formats = useFormats();
  const all =
    useRelayQuery(
      'forget.list',
      {},
      { refetchInterval: ({ state }) => (state.data?.some(({ endedAt }) => endedAt === null) ? 1000 : false) },
    ).data ?? [];
  if (all.length === 0) return null;
  return (
    <Card title={t('forget.before')}>
      <Table label={t('forget.before')}>
        <thead>
          <tr>
            <Th>{t('forget.when')}</Th>
            <Th>{t('forget.by')}</Th>
            <Th number>{t('forget.count')}</Th>
            <Th>{t('forget.state')}</Th>
          </tr>
        </thead>
        <tbody>
          {all.map(({ id, askedAt, foundBy: by, events, leftOut, endedAt, step, tracesTonight, ...one }) => (
            <tr key={id}>
              <Td>
                <Time at={askedAt} />
              </Td>
              <Td>{by.map((one) => t(`forget.${one}`)).join(', ')}</Td>
              <Td number>{formats.number(events)}</Td>
              <Td>
                {endedAt === null
                  ? t(`forget.step.${step}`)
                  : t(tracesTonight ? 'forget.doneTonight' : 'forget.done', { at: formats.time(endedAt) })}
                {leftOut > 0 && (
                  <span className="block text-s">
                    {t('forget.leftOut', { count: leftOut, shown: formats.number(leftOut) })}{' '}
                    <StillNaming count={one.stillNaming} />
                  </span>
                )}
                {one.remaining > 0 && (
                  <span className="block text-s">
                    {t('forget.remaining', { count: one.remaining, shown: formats.number(one.remaining) })}
                  </span>
                )}
                {one.filesLeft.length > 0 && (
                  <span className="block break-all text-s">
                    {t('forget.filesLeft', { names: one.filesLeft.join(', ') })}
                  </span>
                )}
                {one.backupsLeft.length > 0 && (
                  <span className="block break-all text-s">
                    {t('forget.backupsLeft', { names: one.backupsLeft.join(', ') })}
                  </span>
                )}
              </Td>
            </tr>
          ))}
        </tbody>
      </Table>
    </Card>
  );
}
