/** What is too old for its endpoint, oldest first: a person says of each, of some or of all whether it is sent. */
import { Ban, Send } from 'lucide-react';
import { useState } from 'react';
import type { CallOutput } from '../../../shared/api.ts';
import type { DeliveryId } from '../../../shared/domain.ts';
import type { Endpoint } from '../../../shared/schemas.ts';
import { Button } from '../../components/Button.tsx';
import { Card } from '../../components/Card.tsx';
import { Checkbox } from '../../components/Checkbox.tsx';
import { Confirm } from '../../components/Dialog.tsx';
import { Failed } from '../../components/Failed.tsx';
import { Loading } from '../../components/Loading.tsx';
import { TextLink } from '../../components/TextLink.tsx';
import { Time } from '../../components/Time.tsx';
import { useWords } from '../../i18n/index.ts';
import { useFormats } from '../../lib/formats-context.ts';
import { useRelayMutation, useRelayQuery } from '../../lib/queries.ts';
import { notify } from '../../lib/toasts.ts';
import { pathToLog } from '../deliveries/address.ts';
import { EventIcon } from '../events/EventIcon.tsx';
import { useDescribe } from '../events/useDescribe.ts';
import { sayProblem } from './useEndpointActs.ts';

type HeldRow = CallOutput<'held.list'>['rows'][number];

export function HeldCard({ endpoint }: { endpoint: Endpoint }) {
  const t = useWords('endpoints');
  const { id: endpointId, tooOld } = endpoint;
  const list = useRelayQuery('held.list', { endpointId }, { enabled: tooOld !== null });
  if (tooOld === null) return null;
  return (
    <Card title={t('held.title', { count: tooOld.count })}>
      {list.error ? (
        <Failed error={list.error} again={() => void list.refetch()} />
      ) : !list.data ? (
        <Loading />
      ) : (
        <HeldList endpoint={endpoint} count={tooOld.count} rows={list.data.rows} />
      )}
    </Card>
  );
}

interface HeldListProps {
  readonly endpoint: Endpoint;
  readonly count: number;
  readonly rows: readonly HeldRow[];
}

function HeldList({ endpoint, count, rows }: HeldListProps) {
  const t = useWords('endpoints');
  const formats = useFormats();
  const acts = useHeldActs(endpoint);
  const [ticked, setTicked] = useState<ReadonlySet<DeliveryId>>(new Set());
  const [asking, setAsking] = useState<'send' | 'skip' | null>(null);
  // What was dealt with meanwhile is not there any more.
  const picked = rows.filter(({ id }) => ticked.has(id)).map(({ id }) => id);
  const isAll = picked.length === 0;
  const many = isAll ? count : picked.length;
  const tick = (id: DeliveryId, on: boolean) => {
    const next = new Set(ticked);
    if (on) next.add(id);
    else next.delete(id);
    setTicked(next);
  };
  const act = (what: 'send' | 'skip') => {
    setAsking(null);
    setTicked(new Set());
    acts[what](isAll ? null : picked);
  };
  return (
    <>
      <p className="text-ink-soft">
        {endpoint.holdOlderThanHours === null
          ? t('held.textAny')
          : t('held.text', { name: endpoint.name, hours: formats.number(endpoint.holdOlderThanHours) })}
      </p>
      <div className="mt-3 flex flex-wrap items-center gap-2">
        <span className="mr-2">
          <Checkbox
            isSelected={picked.length === rows.length}
            isIndeterminate={picked.length > 0 && picked.length < rows.length}
            onChange={(on) => setTicked(new Set(on ? rows.map(({ id }) => id) : []))}
          >
            {picked.length === 0 ? t('held.pick') : t('held.picked', { count: picked.length })}
          </Checkbox>
        </span>
        <Button icon={Send} isPending={acts.isPending} onPress={() => setAsking('send')}>
          {isAll ? t('held.sendAll') : t('held.send')}
        </Button>
        <Button icon={Ban} isPending={acts.isPending} onPress={() => setAsking('skip')}>
          {isAll ? t('held.skipAll') : t('held.skip')}
        </Button>
      </div>
      <ul className="mt-3 flex max-h-[420px] flex-col overflow-y-auto" aria-label={t('held.list')}>
        {rows.map((row) => (
          <HeldLine key={row.id} row={row} isTicked={ticked.has(row.id)} onTick={(on) => tick(row.id, on)} />
        ))}
      </ul>
      {count > rows.length && (
        <p className="mt-2 text-ink-faint text-s">{t('held.more', { count: count - rows.length })}</p>
      )}
      <Confirm
        isOpen={asking !== null}
        onClose={() => setAsking(null)}
        title={t(`held.${asking ?? 'send'}Title`, { count: many, name: endpoint.name })}
        verb={t(`held.${asking ?? 'send'}Verb`, { count: many })}
        onConfirm={() => act(asking ?? 'send')}
      >
        <p>{t(asking === 'skip' ? 'held.skipText' : isAll ? 'held.sendAllText' : 'held.sendText')}</p>
      </Confirm>
    </>
  );
}

interface HeldLineProps {
  readonly row: HeldRow;
  readonly isTicked: boolean;
  readonly onTick: (on: boolean) => void;
}

function HeldLine({ row, isTicked, onTick }: HeldLineProps) {
  const t = useWords('endpoints');
  const describe = useDescribe();
  const what = describe.headline(row);
  return (
    <li className="grid grid-cols-[auto_18px_minmax(0,1fr)] items-start gap-x-3 border-line border-t py-2 first:border-t-0">
      <Checkbox isSelected={isTicked} onChange={onTick} aria-label={what} />
      <EventIcon event={row.event} className="mt-0.5 text-ink-soft" />
      <div className="min-w-0">
        <TextLink
          to={pathToLog({ endpointIds: [row.endpointId], tooOld: true }, row.id)}
          className="block truncate font-medium text-ink hover:underline"
        >
          {what}
        </TextLink>
        <p className="text-ink-faint text-s">
          <Time at={row.takenAt} precise /> · {row.event}
        </p>
        {row.overtaken && <p className="text-bad text-s">{t('held.overtaken')}</p>}
      </div>
    </li>
  );
}

function useHeldActs({ id: endpointId, name }: Endpoint) {
  const t = useWords('endpoints');
  const send = useRelayMutation('held.send', {
    onError: sayProblem,
    onSuccess: ({ deliveries, overtaken }) =>
      notify({
        text: [t('held.sent', { count: deliveries, name }), overtaken > 0 && t('held.stayed', { count: overtaken })]
          .filter(Boolean)
          .join(' '),
      }),
  });
  const skip = useRelayMutation('held.skip', {
    onError: sayProblem,
    onSuccess: ({ deliveries }) => notify({ text: t('held.skipped', { count: deliveries, name }), tone: 'still' }),
  });
  const asked = (ids: readonly DeliveryId[] | null) => ({ endpointId, ...(ids === null ? {} : { ids: [...ids] }) });
  return {
    send: (ids: readonly DeliveryId[] | null) => send.mutate(asked(ids)),
    skip: (ids: readonly DeliveryId[] | null) => skip.mutate(asked(ids)),
    isPending: send.isPending || skip.isPending,
  };
}
