/** One endpoint: how it is, since when and why, what waits, what can be done, and how it is set up. */
import { CirclePause, CirclePlay, FastForward, FlaskConical, Pencil, RotateCw, Trash2, Undo2 } from 'lucide-react';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { endpointFace } from '../../../shared/endpoint-face.ts';
import { kindNamed, unverifiedBecause } from '../../../shared/endpoint-kinds/index.ts';
import { isGone } from '../../../shared/remedies.ts';
import type { Endpoint } from '../../../shared/schemas.ts';
import { Banner } from '../../components/Banner.tsx';
import { Button, ButtonLink } from '../../components/Button.tsx';
import { Card } from '../../components/Card.tsx';
import { EndpointChip, endpointIcons } from '../../components/Chip.tsx';
import { Confirm } from '../../components/Dialog.tsx';
import { Menu } from '../../components/Menu.tsx';
import { PageHeader } from '../../components/PageHeader.tsx';
import { useWords } from '../../i18n/index.ts';
import { useFormats } from '../../lib/formats-context.ts';
import { useRelayQuery } from '../../lib/queries.ts';
import { useSay } from '../../lib/sentences.ts';
import { useConditions } from '../../lib/situation.ts';
import { ConditionCards } from '../today/ConditionCards.tsx';
import { EndpointDeliveries } from './EndpointDeliveries.tsx';
import { EndpointNumbers } from './EndpointNumbers.tsx';
import { EnterAgain } from './EnterAgain.tsx';
import { HeldCard } from './HeldCard.tsx';
import { PauseDialog } from './PauseDialog.tsx';
import { RotationCard } from './Rotation.tsx';
import { SetUpCard } from './SetUpCard.tsx';
import { Snippets } from './Snippets.tsx';
import { useEndpointActs } from './useEndpointActs.ts';
import { WithEndpoint } from './WithEndpoint.tsx';

export function EndpointDetail() {
  return <WithEndpoint>{(endpoint) => <Detail key={endpoint.id} endpoint={endpoint} />}</WithEndpoint>;
}

function Detail({ endpoint }: { endpoint: Endpoint }) {
  const t = useWords('endpoints');
  const conditions = useConditions().filter(
    // That a person paused it is said by the banner, with by whom; what is too old by its list.
    ({ about, kind }) => about === endpoint.id && kind !== 'endpoint_paused' && kind !== 'events_too_old',
  );
  return (
    <>
      <PageHeader
        title={endpoint.name}
        note={<EndpointChip state={endpointFace(endpoint)} />}
        actions={<Acts endpoint={endpoint} />}
      />
      <div className="flex flex-col gap-4">
        <StateBanner endpoint={endpoint} />
        <OtherKind endpoint={endpoint} />
        <FromBefore endpoint={endpoint} />
        <ConditionCards conditions={conditions} />
        <HeldCard endpoint={endpoint} />
        {endpoint.unreadable.length > 0 && <EnterAgain endpoint={endpoint} />}
        {endpoint.rotation && <RotationCard endpoint={endpoint} rotation={endpoint.rotation} />}
        <div className="grid items-start gap-4 min-[1100px]:grid-cols-[minmax(0,1fr)_380px]">
          <div className="flex min-w-0 flex-col gap-4">
            <EndpointNumbers endpoint={endpoint} />
            <EndpointDeliveries endpoint={endpoint} />
            {unverifiedBecause(endpoint.kind) === null && (
              <Card title={t('detail.snippets')}>
                <Snippets />
              </Card>
            )}
          </div>
          <SetUpCard endpoint={endpoint} />
        </div>
      </div>
    </>
  );
}

/** Just enabled, and nothing has gone there yet: what came before can be sent. */
function FromBefore({ endpoint }: { endpoint: Endpoint }) {
  const t = useWords('endpoints');
  const formats = useFormats();
  const { id, switch: switchedTo, successRate, lastAnswer } = endpoint;
  const enabled = switchedTo === 'on' && successRate === null && lastAnswer === null;
  const total = useRelayQuery('endpoints.countPast', { id }, { enabled }).data?.total ?? 0;
  if (!enabled || total === 0) return null;
  return (
    <Banner tone="still" action={<ButtonLink to={`/endpoints/${id}/past`}>{t('past.menu')}</ButtonLink>}>
      {t('past.before', { count: total, formatted: formats.number(total) })}
    </Banner>
  );
}

/** Its address belongs to a service that cannot take what it is sent. */
function OtherKind({ endpoint: { id, suggestedKind } }: { endpoint: Endpoint }) {
  const t = useWords('endpoints');
  const say = useSay();
  if (suggestedKind === null) return null;
  const kind = say({ key: kindNamed(suggestedKind).words.name, params: {} });
  return (
    <Banner tone="wait" action={<ButtonLink to={`/endpoints/${id}/edit`}>{t('common:act.change')}</ButtonLink>}>
      {t('detail.otherKind', { kind })}
    </Banner>
  );
}

/** What a person decided about it, in a line: draft, paused by whom and until when, removed. */
function StateBanner({ endpoint }: { endpoint: Endpoint }) {
  const t = useWords('endpoints');
  const formats = useFormats();
  const acts = useEndpointActs();
  if (endpoint.switch === 'removed')
    return (
      <Banner
        tone="still"
        icon={Trash2}
        action={
          <>
            <Button icon={Undo2} onPress={() => acts.restore(endpoint)}>
              {t('detail.restore')}
            </Button>
            {acts.dialog}
          </>
        }
      >
        {t('detail.removedBanner', { time: endpoint.removedAt === null ? '' : formats.time(endpoint.removedAt) })}
      </Banner>
    );
  if (endpoint.switch === 'draft')
    return (
      <Banner
        tone="still"
        icon={endpointIcons.draft}
        action={
          <ButtonLink to={`/endpoints/${endpoint.id}/test`} kind="primary">
            {t('step.test')}
          </ButtonLink>
        }
      >
        {t('detail.draftBanner')}
      </Banner>
    );
  if (endpoint.switch !== 'paused') return null;
  const until = endpoint.pausedUntil === null ? null : formats.time(endpoint.pausedUntil);
  const by = endpoint.pausedBy;
  const text =
    by !== null
      ? until === null
        ? t('detail.pausedBy', { by })
        : t('detail.pausedByUntil', { by, time: until })
      : until === null
        ? t(isGone(endpoint) ? 'detail.pausedGone' : 'detail.pausedBanner')
        : t('detail.pausedUntil', { time: until });
  return (
    <Banner
      tone="still"
      icon={endpointIcons.paused}
      action={
        <Button icon={CirclePlay} onPress={() => acts.resume(endpoint)}>
          {t('detail.resume')}
        </Button>
      }
    >
      {text}
    </Banner>
  );
}

function Acts({ endpoint }: { endpoint: Endpoint }) {
  const t = useWords('endpoints');
  const navigate = useNavigate();
  const acts = useEndpointActs();
  const [asking, setAsking] = useState<'pause' | 'remove' | null>(null);
  const close = () => setAsking(null);
  if (endpoint.switch === 'removed') return null;
  const isOn = endpoint.switch === 'on';
  const waits = isOn && endpoint.waiting + endpoint.needsAttention > 0;
  return (
    <>
      {waits && (
        <>
          <Button icon={RotateCw} onPress={() => acts.tryNow(endpoint)}>
            {t('detail.tryNow')}
          </Button>
          <Button icon={FastForward} onPress={() => acts.sendWaiting(endpoint)}>
            {t('detail.sendWaiting')}
          </Button>
        </>
      )}
      {isOn && (
        <Button icon={CirclePause} onPress={() => setAsking('pause')}>
          {t('detail.pause')}
        </Button>
      )}
      <ButtonLink to={`/endpoints/${endpoint.id}/edit`} icon={Pencil}>
        {t('detail.change')}
      </ButtonLink>
      <Menu
        label={t('detail.more')}
        acts={[
          {
            id: 'test',
            label: t('detail.test'),
            icon: FlaskConical,
            act: () => void navigate(`/endpoints/${endpoint.id}/test`),
          },
          {
            id: 'bench',
            label: t('detail.bench'),
            icon: FlaskConical,
            act: () => void navigate(`/bench?endpoint=${endpoint.id}`),
          },
          ...(endpoint.switch === 'draft'
            ? []
            : [
                {
                  id: 'past',
                  label: t('past.menu'),
                  icon: FastForward,
                  act: () => void navigate(`/endpoints/${endpoint.id}/past`),
                },
              ]),
          { id: 'remove', label: t('detail.remove'), icon: Trash2, danger: true, act: () => setAsking('remove') },
        ]}
      />
      {asking === 'pause' && <PauseDialog endpoint={endpoint} onClose={close} />}
      <RemoveDialog endpoint={endpoint} isOpen={asking === 'remove'} onClose={close} />
    </>
  );
}

function RemoveDialog({ endpoint, isOpen, onClose }: { endpoint: Endpoint; isOpen: boolean; onClose: () => void }) {
  const t = useWords('endpoints');
  const formats = useFormats();
  const acts = useEndpointActs();
  const { name, host, waiting: count } = endpoint;
  return (
    <Confirm
      isOpen={isOpen}
      onClose={onClose}
      title={t('remove.title', { name })}
      verb={t('remove.act', { name })}
      onConfirm={() => {
        onClose();
        acts.remove(endpoint);
      }}
    >
      <p>{t('remove.text', { count, formatted: formats.number(count), host })}</p>
      <p className="mt-2 text-ink-soft">{t('remove.undo')}</p>
    </Confirm>
  );
}
