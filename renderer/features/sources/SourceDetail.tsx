import { Ban, FileUp, KeyRound, Pencil, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { useParams } from 'react-router';
import { bookingNames } from '../../../shared/events.ts';
import type { Source } from '../../../shared/schemas.ts';
import { sourceKindOf } from '../../../shared/source-kinds/index.ts';
import { Banner } from '../../components/Banner.tsx';
import { Button, ButtonLink } from '../../components/Button.tsx';
import { Card } from '../../components/Card.tsx';
import { Failed } from '../../components/Failed.tsx';
import { Loading } from '../../components/Loading.tsx';
import { PageHeader } from '../../components/PageHeader.tsx';
import { Time } from '../../components/Time.tsx';
import { TroubleCard } from '../../components/TroubleCard.tsx';
import { useWords } from '../../i18n/index.ts';
import { useFormats } from '../../lib/formats-context.ts';
import { useRelayQuery } from '../../lib/queries.ts';
import { AccessCard } from './AccessCard.tsx';
import { useFreshAccess } from './fresh-access.ts';
import { Gone } from './Gone.tsx';
import { HowTo } from './HowTo.tsx';
import { LeftBehind } from './LeftBehind.tsx';
import { isRead, Messages } from './Messages.tsx';
import { PlaceCard, SigningCard } from './PlaceCard.tsx';
import { Refusals } from './Refusals.tsx';
import { SourceChip } from './SourceChip.tsx';
import { RenameDialog, ReplaceDialog, RevokeDialog } from './SourceDialogs.tsx';

/** One source: what came from it, its token right after it was made, and how to send. */
export function SourceDetail() {
  const { id } = useParams();
  const sources = useRelayQuery('sources.list', { revoked: true });
  if (sources.isError) return <Failed error={sources.error} again={() => void sources.refetch()} />;
  if (!sources.data) return <Loading />;
  const source = sources.data.find((one) => one.id === id);
  return source ? <Detail source={source} all={sources.data} /> : <Gone />;
}

function Detail({ source, all }: { source: Source; all: readonly Source[] }) {
  const t = useWords('sources');
  const { time } = useFormats();
  const { access } = useFreshAccess();
  const [open, setOpen] = useState<'rename' | 'replace' | 'revoke' | null>(null);
  const close = () => setOpen(null);
  const { name, revokedAt, quietSince, usualByNow } = source;
  const isPosted = sourceKindOf(source.kind)?.isPosted ?? true;
  const fresh = access?.id === source.id ? access : null;
  return (
    <>
      <PageHeader
        title={name}
        note={<SourceChip source={source} />}
        actions={
          revokedAt === null && (
            <>
              <ButtonLink to={`/sources/${source.id}/paste`} icon={FileUp}>
                {t('paste.open')}
              </ButtonLink>
              <Button icon={Pencil} onPress={() => setOpen('rename')}>
                {t('detail.rename')}
              </Button>
              {isPosted && (
                <Button icon={KeyRound} onPress={() => setOpen('replace')}>
                  {t('detail.replace')}
                </Button>
              )}
              <Button icon={Trash2} kind="danger" onPress={() => setOpen('revoke')}>
                {t('detail.revoke')}
              </Button>
            </>
          )
        }
      />
      <div className="grid grid-cols-[minmax(0,1fr)_320px] items-start gap-4.5 max-[1099px]:grid-cols-1">
        <div className="flex min-w-0 flex-col gap-4.5">
          {revokedAt !== null && (
            <Banner tone="still" icon={Ban}>
              {t('detail.revokedText', { at: time(revokedAt) })}{' '}
              {source.kept > 0 && t('detail.revokedKept', { count: source.kept })}
            </Banner>
          )}
          {revokedAt !== null && <LeftBehind source={source} />}
          {quietSince !== null && revokedAt === null && (
            <TroubleCard
              tone="away"
              title={t('detail.quiet', { name })}
              meaning={
                usualByNow === null
                  ? t('detail.quietTextPlain')
                  : t('detail.quietText', { usual: Math.round(usualByNow) })
              }
              turn="manager"
            />
          )}
          {revokedAt === null && isPosted && <AccessCard access={fresh} />}
          {revokedAt === null && !isPosted && <PlaceCard source={source} />}
          {(revokedAt === null || source.kept > 0) && isRead(source) && <Messages source={source} access={fresh} />}
          {revokedAt === null && isPosted && !isRead(source) && <HowTo access={fresh} />}
          {revokedAt === null && source.kind === 'http' && <SigningCard source={source} />}
        </div>
        <div className="flex min-w-0 flex-col gap-4.5">
          <Facts source={source} />
        </div>
      </div>
      <div className="mt-4.5">
        <Refusals sources={all} of={source} />
      </div>
      <RenameDialog source={source} isOpen={open === 'rename'} onClose={close} />
      <ReplaceDialog source={source} isOpen={open === 'replace'} onClose={close} />
      <RevokeDialog source={source} isOpen={open === 'revoke'} onClose={close} />
    </>
  );
}

function Facts({ source }: { source: Source }) {
  const t = useWords('sources');
  const { number } = useFormats();
  const { id, eventsToday, usualByNow, lastEventAt, lastTestAt, unordered, createdAt, propertyId } = source;
  const facts = [
    [t('detail.today'), number(eventsToday)],
    [t('detail.usual'), usualByNow === null ? t('detail.usualUnknown') : number(Math.round(usualByNow))],
    [t('detail.last'), lastEventAt === null ? t('never') : <Time key="last" at={lastEventAt} />],
    ...(lastTestAt === null ? [] : [[t('detail.lastTest'), <Time key="test" at={lastTestAt} />] as const]),
    ...(unordered === 0 ? [] : [[t('detail.unordered'), number(unordered)] as const]),
    [t('detail.since'), <Time key="since" at={createdAt} />],
    [t('detail.property'), propertyId ?? t('detail.propertyDefault')],
  ] as const;
  return (
    <Card title={t('detail.facts')}>
      <dl className="mb-3">
        {facts.map(([term, value]) => (
          <div key={term} className="flex flex-wrap justify-between gap-x-3 border-line border-t py-2">
            <dt className="text-ink-soft">{term}</dt>
            <dd className="break-all font-medium">{value}</dd>
          </div>
        ))}
      </dl>
      {unordered > 0 && (
        <p className="mb-3 text-ink-soft text-s">{t('detail.unorderedHint', { names: bookingNames.join(', ') })}</p>
      )}
      <ButtonLink to={`/events?source=${id}`}>{t('detail.events')}</ButtonLink>
    </Card>
  );
}
