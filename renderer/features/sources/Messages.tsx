/** What a source sends and what becomes of it: left what came, right the events, where something is wrong in its place. */
import { useState } from 'react';
import { harmless } from '../../../shared/harmless.ts';
import type { MessagePreview, Source } from '../../../shared/schemas.ts';
import { presetOf } from '../../../shared/source-presets/index.ts';
import type { ShapingChange } from '../../../shared/source-shaping.ts';
import { Button } from '../../components/Button.tsx';
import { Card } from '../../components/Card.tsx';
import { Time } from '../../components/Time.tsx';
import { useWords } from '../../i18n/index.ts';
import { useRelayMutation, useRelayQuery } from '../../lib/queries.ts';
import { notify } from '../../lib/toasts.ts';
import { Becomes } from './Becomes.tsx';
import type { SourceAccess } from './fresh-access.ts';
import { ShapeEditor } from './ShapeEditor.tsx';
import { WaySteps } from './WaySteps.tsx';

/** So many messages are shown; the command line lists all. */
const shownMessages = 8;

/** Of a source with a shape, or that is read, or that is being set up. */
export const isRead = ({ kind, shaping, draft, kept }: Source): boolean =>
  draft || kept > 0 || kind === 'folder' || kind === 'sql' || shaping.preset !== null || shaping.shape !== null;

export function Messages({ source, access }: { source: Source; access: SourceAccess | null }) {
  const t = useWords('sources');
  const [tried, setTried] = useState<ShapingChange | null>(null);
  const { id } = source;
  const previews = useRelayQuery('sources.preview', {
    id,
    limit: shownMessages,
    ...(tried === null ? {} : { shaping: tried }),
  });
  return (
    <Card title={t('messages.title')}>
      <div className="flex flex-col gap-4">
        {source.revokedAt === null && (source.draft || source.lastEventAt === null) && (
          <Steps source={source} access={access} />
        )}
        <Kept source={source} tried={tried} />
        <ShapeEditor source={source} onTry={setTried} />
        {previews.data?.length === 0 && (
          <p role="status" className="rounded-m bg-sunken px-3 py-2">
            {t(source.kind === 'folder' || source.kind === 'sql' ? 'messages.waitingRead' : 'messages.waiting')}
          </p>
        )}
        <ul className="flex flex-col gap-4" aria-label={t('messages.list')}>
          {(previews.data ?? []).map((preview) => (
            <li key={preview.id}>
              <OneMessage preview={preview} />
            </li>
          ))}
        </ul>
      </div>
    </Card>
  );
}

/** How the system itself is set up, with this PC's address while it is known. */
function Steps({ source, access }: { source: Source; access: SourceAccess | null }) {
  const t = useWords('sources');
  const { kind, config, shaping, name } = source;
  const way = kind === 'folder' ? 'folder' : kind !== 'sql' ? 'post' : config.reads === 'table' ? 'table' : 'outbox';
  const preset = shaping.preset === null ? null : presetOf(shaping.preset);
  return (
    <WaySteps
      system={preset?.label ?? name}
      way={way}
      preset={way === 'outbox' ? null : shaping.preset}
      url={access?.secretUrl ?? t('messages.addressAbove')}
      folder={typeof config.folder === 'string' ? config.folder : ''}
    />
  );
}

/** What waits for a person, what would become of it, and the ways on. */
function Kept({ source, tried }: { source: Source; tried: ShapingChange | null }) {
  const t = useWords('sources');
  const { id, kept } = source;
  const draft = source.draft && source.revokedAt === null;
  const would = useRelayQuery(
    'sources.tryKept',
    { id, ...(tried === null ? {} : { shaping: tried }) },
    { enabled: kept > 0 },
  ).data;
  const take = useRelayMutation('sources.takeKept', {
    onSuccess: ({ events, kept: left }) => notify({ text: t('messages.took', { events, left }) }),
    onError: ({ message }) => notify({ text: message, tone: 'bad' }),
  });
  const switchOn = useRelayMutation('sources.change', {
    onSuccess: () => notify({ text: t('messages.on', { name: source.name }) }),
    onError: ({ message }) => notify({ text: message, tone: 'bad' }),
  });
  if (!draft && kept === 0) return null;
  const canTake = !draft && tried === null && would !== undefined && would.taken + would.ignored + would.duplicates > 0;
  return (
    <div role="status" className="flex flex-wrap items-center gap-2 rounded-m bg-wait-wash px-3 py-2">
      <p className="min-w-0 flex-1">
        {draft ? t('messages.draft') : t('messages.notUnderstood', { count: kept })}{' '}
        {kept > 0 && would && t('messages.would', { taken: would.taken + would.ignored, kept })}
      </p>
      {draft && (
        <Button kind="primary" isPending={switchOn.isPending} onPress={() => switchOn.mutate({ id, draft: false })}>
          {t('messages.switchOn')}
        </Button>
      )}
      {canTake && (
        <Button kind="primary" isPending={take.isPending} onPress={() => take.mutate({ id })}>
          {t('messages.takeIn')}
        </Button>
      )}
    </div>
  );
}

function OneMessage({ preview }: { preview: MessagePreview }) {
  const t = useWords('sources');
  const { id, raw, isCut, at, origin, state } = preview;
  return (
    <Becomes row={isCut ? { ...preview, raw: `${raw}…` } : preview} number={id}>
      <Time at={at} precise /> {harmless(origin)} · {t(`messages.state.${state}`)}
    </Becomes>
  );
}
