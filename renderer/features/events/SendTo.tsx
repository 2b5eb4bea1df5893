/** One event sent to endpoints that a person chooses: what that means there is said first, what came of it after. */
import { Send } from 'lucide-react';
import { useState } from 'react';
import type { CallOutput } from '../../../shared/api.ts';
import type { EndpointId } from '../../../shared/domain.ts';
import type { DeliveryRow, Endpoint } from '../../../shared/schemas.ts';
import { Banner } from '../../components/Banner.tsx';
import { Button, ButtonLink } from '../../components/Button.tsx';
import { Checkbox } from '../../components/Checkbox.tsx';
import { DeliveryChip } from '../../components/Chip.tsx';
import { Dialog } from '../../components/Dialog.tsx';
import { Failed } from '../../components/Failed.tsx';
import { Loading } from '../../components/Loading.tsx';
import { useWords } from '../../i18n/index.ts';
import { useFormats } from '../../lib/formats-context.ts';
import { CallFailure, useRelayMutation, useRelayQuery } from '../../lib/queries.ts';
import { useSay } from '../../lib/sentences.ts';
import { isHeld, useNext } from '../deliveries/useNext.ts';
import { useDescribe } from './useDescribe.ts';

type Event = CallOutput<'events.get'>;

export function SendTo({ event }: { event: Event }) {
  const t = useWords('events');
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button icon={Send} onPress={() => setOpen(true)}>
        {t('send.open')}
      </Button>
      {isOpen && <SendDialog event={event} onClose={() => setOpen(false)} />}
    </>
  );
}

interface Outcome {
  readonly sent: readonly DeliveryRow[];
  /** Wants a person's yes: why, in the engine's own sentence. */
  readonly asked: readonly Refused[];
  readonly refused: readonly Refused[];
}

interface Refused {
  readonly endpoint: Endpoint;
  readonly text: string;
}

/** To each of them in turn: one that is refused holds up no other. */
function useSend(event: Event) {
  const send = useRelayMutation('events.send');
  const [outcome, setOutcome] = useState<Outcome | null>(null);
  const [isPending, setPending] = useState(false);
  const run = async (endpoints: readonly Endpoint[], confirmed: boolean) => {
    setPending(true);
    const [sent, asked, refused]: [DeliveryRow[], Refused[], Refused[]] = [[...(outcome?.sent ?? [])], [], []];
    for (const endpoint of endpoints) {
      try {
        sent.push(await send.mutateAsync({ id: event.id, endpointId: endpoint.id, confirmed }));
      } catch (problem) {
        if (!(problem instanceof CallFailure)) throw problem;
        (problem.error.code === 'not_confirmed' ? asked : refused).push({ endpoint, text: problem.message });
      }
    }
    setOutcome({ sent, asked, refused: [...(outcome?.refused ?? []), ...refused] });
    setPending(false);
  };
  return {
    outcome,
    isPending,
    run: (endpoints: readonly Endpoint[], confirmed: boolean) => void run(endpoints, confirmed),
    leaveOut: () => outcome && setOutcome({ ...outcome, asked: [] }),
  };
}

function SendDialog({ event, onClose }: { event: Event; onClose: () => void }) {
  const t = useWords('events');
  const describe = useDescribe();
  const listed = useRelayQuery('endpoints.list', {});
  const [chosen, setChosen] = useState<ReadonlySet<EndpointId>>(new Set());
  const { outcome, isPending, run, leaveOut } = useSend(event);
  const endpoints = listed.data?.filter((endpoint) => endpoint.switch !== 'draft') ?? [];
  const wanted = endpoints.filter(({ id }) => chosen.has(id));
  const [only] = wanted;
  const title = t('send.title', { what: describe.headline(event) });
  const close = <Button onPress={onClose}>{t(outcome === null ? 'common:act.cancel' : 'common:act.close')}</Button>;
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={title}
      actions={
        outcome === null ? (
          <>
            {close}
            {endpoints.length > 0 && (
              <Button
                kind="primary"
                icon={Send}
                isDisabled={wanted.length === 0}
                isPending={isPending}
                onPress={() => run(wanted, false)}
              >
                {wanted.length === 1 && only
                  ? t('test.send', { endpoint: only.name })
                  : wanted.length === 0
                    ? t('test.sendNowhere')
                    : t('send.toMany', { count: wanted.length })}
              </Button>
            )}
          </>
        ) : outcome.asked.length > 0 ? (
          <>
            <Button onPress={leaveOut}>{t('send.leaveOut')}</Button>
            <Button
              kind="primary"
              icon={Send}
              isPending={isPending}
              onPress={() =>
                run(
                  outcome.asked.map(({ endpoint }) => endpoint),
                  true,
                )
              }
            >
              {t('send.allTheSame')}
            </Button>
          </>
        ) : (
          close
        )
      }
    >
      {listed.error ? (
        <Failed error={listed.error} again={() => void listed.refetch()} />
      ) : !listed.data ? (
        <Loading />
      ) : outcome !== null ? (
        <WhatCameOfIt outcome={outcome} />
      ) : endpoints.length === 0 ? (
        <div className="flex flex-col items-start gap-3">
          <p>{t('send.noEndpoints')}</p>
          <ButtonLink to="/endpoints">{t('detail.subscribe')}</ButtonLink>
        </div>
      ) : (
        <fieldset className="flex flex-col gap-2.5">
          <legend className="mb-2.5 text-ink-soft">{t('send.text')}</legend>
          {endpoints.map((endpoint) => (
            <Choice
              key={endpoint.id}
              endpoint={endpoint}
              event={event}
              isChosen={chosen.has(endpoint.id)}
              onChange={(isChosen) =>
                setChosen(new Set(isChosen ? [...chosen, endpoint.id] : [...chosen].filter((id) => id !== endpoint.id)))
              }
            />
          ))}
        </fieldset>
      )}
    </Dialog>
  );
}

interface ChoiceProps {
  readonly endpoint: Endpoint;
  readonly event: Event;
  readonly isChosen: boolean;
  readonly onChange: (isChosen: boolean) => void;
}

function Choice({ endpoint, event, isChosen, onChange }: ChoiceProps) {
  const t = useWords('events');
  const row = event.deliveryRows.find(({ endpointId }) => endpointId === endpoint.id);
  const waits = row?.state === 'waiting' || row?.state === 'sending';
  const hints = [
    waits && t('send.waits'),
    row?.state === 'delivered' && t('send.hasHad'),
    row?.state === 'needs_attention' && t('send.didNotTake'),
    !row && !endpoint.events.includes(event.event) && t('send.notSubscribed'),
    endpoint.toBench !== null && t('send.toBench'),
    endpoint.switch === 'paused' && t('send.paused'),
  ].filter((hint) => hint !== false);
  return (
    <Checkbox isSelected={isChosen} isDisabled={waits} onChange={onChange} hint={hints.join(' ')}>
      {endpoint.name}
    </Checkbox>
  );
}

function WhatCameOfIt({ outcome: { sent, asked, refused } }: { outcome: Outcome }) {
  return (
    <div role="status" className="flex flex-col gap-3">
      {asked.map(({ endpoint, text }) => (
        <Banner key={endpoint.id} tone="wait">
          {text}
        </Banner>
      ))}
      {sent.map((row) => (
        <Sent key={row.id} row={row} />
      ))}
      {refused.map(({ endpoint, text }) => (
        <Banner key={endpoint.id} tone="bad">
          {text}
        </Banner>
      ))}
    </div>
  );
}

/** How it goes on, as it happens. */
function Sent({ row }: { row: DeliveryRow }) {
  const t = useWords('events');
  const formats = useFormats();
  const say = useSay();
  const next = useNext();
  const delivery = useRelayQuery('deliveries.get', { id: row.id }).data;
  const now = delivery ?? row;
  const duration = now.durationMs === null ? '' : formats.duration(now.durationMs);
  const sentence = delivery?.sentence ? say(delivery.sentence) : null;
  const after = next.sentence(now);
  return (
    <div>
      <p className="flex flex-wrap items-center gap-2">
        <span className="font-medium">{now.endpointName}</span>
        <DeliveryChip row={now} held={isHeld(now)} />
      </p>
      <p className="mt-0.5 text-ink-soft">
        {now.state === 'delivered' && now.status !== null
          ? t('test.ok', { endpoint: now.endpointName, status: now.status, duration })
          : [sentence, after].filter(Boolean).join(' ') || t('send.goesOut', { endpoint: now.endpointName })}
      </p>
    </div>
  );
}
