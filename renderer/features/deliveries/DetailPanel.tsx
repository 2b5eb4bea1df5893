/** One delivery beside the list: what came of it in a sentence, what can be done, and everything for debugging. */
import { ArrowLeft, Ban, BookOpen, RotateCw, Send, Terminal, Undo2, X } from 'lucide-react';
import { useState } from 'react';
import type { DeliveryId } from '../../../shared/domain.ts';
import { remedyOfDelivery } from '../../../shared/remedies.ts';
import type { Delivery } from '../../../shared/schemas.ts';
import { sentence } from '../../../shared/sentences/sentence.ts';
import { deliveryFace, saidOfDelivery } from '../../../shared/told.ts';
import { Button, ButtonLink } from '../../components/Button.tsx';
import { DeliveryChip } from '../../components/Chip.tsx';
import { Confirm } from '../../components/Dialog.tsx';
import { Failed } from '../../components/Failed.tsx';
import { Icon } from '../../components/Icon.tsx';
import { IdLine } from '../../components/IdLine.tsx';
import { Loading } from '../../components/Loading.tsx';
import { NextStep } from '../../components/NextStep.tsx';
import { TextLink } from '../../components/TextLink.tsx';
import { Time } from '../../components/Time.tsx';
import { useWords } from '../../i18n/index.ts';
import { useFormats } from '../../lib/formats-context.ts';
import { useRelayQuery } from '../../lib/queries.ts';
import { useSay } from '../../lib/sentences.ts';
import { useSituation } from '../../lib/situation.ts';
import { useDescribe } from '../events/useDescribe.ts';
import { Attempts } from './Attempts.tsx';
import { canCancel, canResend, type DeliveryActs } from './useDeliveryActs.ts';
import { isHeld, useNext } from './useNext.ts';

export interface DetailPanelProps {
  readonly id: DeliveryId;
  readonly acts: DeliveryActs;
  readonly onClose: () => void;
}

export function DetailPanel({ id, acts, onClose }: DetailPanelProps) {
  const t = useWords('deliveries');
  const delivery = useRelayQuery('deliveries.get', { id });
  return (
    <aside
      aria-label={t('detail.label')}
      className="@container/details min-h-0 overflow-y-auto rounded-l border border-line bg-surface px-4.5 py-4 shadow-card"
    >
      <Button kind="quiet" icon={ArrowLeft} onPress={onClose} className="-ml-3 mb-2 @[720px]/log:hidden">
        {t('detail.back')}
      </Button>
      {delivery.data ? (
        <Details delivery={delivery.data} acts={acts} onClose={onClose} />
      ) : delivery.error ? (
        <Failed error={delivery.error} again={() => void delivery.refetch()} />
      ) : (
        <Loading />
      )}
    </aside>
  );
}

function Details({ delivery, acts, onClose }: { delivery: Delivery; acts: DeliveryActs; onClose: () => void }) {
  const t = useWords('deliveries');
  const say = useSay();
  const describe = useDescribe();
  return (
    <>
      <div className="flex items-start justify-between gap-2">
        <h2 className="min-w-0 font-semibold text-l">{describe.headline(delivery)}</h2>
        <div className="flex shrink-0 items-center gap-1">
          <DeliveryChip row={delivery} held={isHeld(delivery)} />
          <Button
            kind="quiet"
            icon={X}
            aria-label={t('detail.close')}
            onPress={onClose}
            className="-mr-2 hidden @[720px]/log:inline-flex"
          />
        </div>
      </div>
      <p className="text-ink-soft text-s">
        <TextLink to={`/endpoints/${delivery.endpointId}`} className="hover:underline">
          {t('detail.to', { endpoint: delivery.endpointName })}
        </TextLink>
        {' · '}
        <Time at={delivery.at} />
        {' · '}
        {delivery.event}
      </p>
      <WhatCameOfIt delivery={delivery} />
      <Acts delivery={delivery} acts={acts} />
      <Attempts delivery={delivery} />
      {delivery.hints.length > 0 && (
        <section className="mt-4">
          <h3 className="font-semibold text-ink-soft text-s">{t('detail.hints')}</h3>
          <ul className="mt-1 list-disc pl-4 text-ink-soft text-s">
            {delivery.hints.map((hint) => (
              <li key={JSON.stringify(hint)}>{say(hint)}</li>
            ))}
          </ul>
        </section>
      )}
      <p className="mt-4 flex flex-wrap gap-x-4 gap-y-1 text-s">
        <TextLink to={`/events/${delivery.eventId}`}>{t('detail.event')}</TextLink>
        {delivery.entity !== null && (
          <TextLink to={`/events/story?about=${encodeURIComponent(delivery.entity.id)}`}>
            <span className="inline-flex items-center gap-1">
              <Icon of={BookOpen} size={14} />
              {t('detail.story')}
            </span>
          </TextLink>
        )}
      </p>
      <section aria-label={t('detail.ids')} className="mt-4 border-line border-t pt-3">
        <dl className="flex flex-col gap-2">
          {delivery.pmsId !== null && <IdLine name={t('detail.pmsId')} id={delivery.pmsId} />}
          {delivery.entity !== null && <IdLine name={t('detail.about')} id={delivery.entity.id} />}
          <IdLine name={t('detail.eventId')} id={delivery.eventId} />
          <IdLine name={t('detail.id')} id={delivery.id} />
        </dl>
      </section>
    </>
  );
}

function WhatCameOfIt({ delivery }: { delivery: Delivery }) {
  const say = useSay();
  const next = useNext();
  const { remedy, facts } = useRemedy(delivery);
  const t = useWords('deliveries');
  const { time } = useFormats();
  const { skipped } = delivery;
  const sentences = [
    // What it answered before is no reason of a person's.
    skipped === null && delivery.sentence && say(delivery.sentence),
    skipped === null ? next.sentence(delivery) : t('why.skippedBy', { by: skipped.by.account, time: time(skipped.at) }),
  ].filter(Boolean);
  const said = skipped === null ? saidOfDelivery(delivery) : null;
  return (
    <>
      {sentences.length > 0 && <p className="mt-2.5">{sentences.join(' ')}</p>}
      {said !== null && <p className="mt-1 break-words font-medium">{say(said)}</p>}
      <div className="mt-1">
        <NextStep remedy={remedy} facts={facts} />
      </div>
    </>
  );
}

/** The same remedy as on the card of its endpoint. */
function useRemedy(delivery: Delivery) {
  const endpoint = useSituation().endpoints.find(({ id }) => id === delivery.endpointId) ?? null;
  const remedy = remedyOfDelivery(delivery, endpoint);
  const facts = {
    id: delivery.endpointId,
    name: delivery.endpointName,
    sinceAt: endpoint?.trouble?.since ?? delivery.at,
    status: delivery.status ?? 0,
  };
  return { remedy, facts };
}

function Acts({ delivery, acts }: { delivery: Delivery; acts: DeliveryActs }) {
  const t = useWords('deliveries');
  const describe = useDescribe();
  const [asking, setAsking] = useState(false);
  const say = useSay();
  const act = useRemedy(delivery).remedy?.act;
  // What was refused for its address is refused again until the address is another.
  const isSetUp = act === 'change_address' || act === 'change_set_up';
  const isTooOld = deliveryFace(delivery) === 'too_old';
  const primary = !isSetUp && (delivery.state === 'needs_attention' || delivery.state === 'waiting');
  return (
    <div className="mt-3.5 flex flex-wrap gap-2">
      {isSetUp && (
        <ButtonLink kind="primary" to={`/endpoints/${delivery.endpointId}/edit`}>
          {say(sentence(`conditions.actions.${act}`))}
        </ButtonLink>
      )}
      {isTooOld && (
        <Button kind="primary" icon={Send} onPress={() => acts.sendHeld(delivery)} isPending={acts.isPending}>
          {t('detail.sendHeld')}
        </Button>
      )}
      {canResend(delivery) && !isTooOld && (
        <Button
          kind={primary ? 'primary' : 'plain'}
          icon={RotateCw}
          onPress={() => acts.resend(delivery)}
          isPending={acts.isPending}
        >
          {t('detail.resend')}
        </Button>
      )}
      {delivery.state === 'cancelled' && (
        <Button kind="primary" icon={Undo2} onPress={() => acts.restore(delivery)} isPending={acts.isPending}>
          {t('detail.restore')}
        </Button>
      )}
      <Button icon={Terminal} onPress={() => acts.copyAsCurl(delivery)}>
        {t('detail.curl')}
      </Button>
      {canCancel(delivery) && (
        <Button icon={Ban} onPress={() => setAsking(true)}>
          {t(isTooOld ? 'detail.skip' : 'detail.cancel')}
        </Button>
      )}
      <Confirm
        isOpen={asking}
        onClose={() => setAsking(false)}
        title={t(isTooOld ? 'cancel.skipTitle' : 'cancel.title')}
        verb={t(isTooOld ? 'detail.skip' : 'detail.cancel')}
        onConfirm={() => {
          setAsking(false);
          acts.cancel(delivery);
        }}
      >
        <p>{t('cancel.text', { what: describe.headline(delivery), endpoint: delivery.endpointName })}</p>
      </Confirm>
    </div>
  );
}
