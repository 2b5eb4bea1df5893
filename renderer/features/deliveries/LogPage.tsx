/** The delivery log: what is shown stands in the address, so that Back works and a link leads a colleague there. */
import { Download, Send } from 'lucide-react';
import { type CSSProperties, useEffect, useMemo, useRef } from 'react';
import { useSearchParams } from 'react-router';
import type { DeliveryId } from '../../../shared/domain.ts';
import { Button, ButtonLink } from '../../components/Button.tsx';
import { DenseSwitch, useDense } from '../../components/DenseSwitch.tsx';
import { Divider } from '../../components/Divider.tsx';
import { EmptyState } from '../../components/EmptyState.tsx';
import type { EndlessTableHandle } from '../../components/EndlessTable.tsx';
import { Failed } from '../../components/Failed.tsx';
import { Loading } from '../../components/Loading.tsx';
import { NewPill } from '../../components/NewPill.tsx';
import { Page } from '../../components/Page.tsx';
import { PageHeader } from '../../components/PageHeader.tsx';
import { useWords } from '../../i18n/index.ts';
import { narrowings } from '../../lib/filter-address.ts';
import { useFormats } from '../../lib/formats-context.ts';
import { useKeys } from '../../lib/keys.ts';
import { useRelayQuery } from '../../lib/queries.ts';
import { useRememberedNumber } from '../../lib/remembered.ts';
import { useAskedFilter } from '../../lib/useAskedFilter.ts';
import { emptyView, type LogView, paramsOf, viewOf } from './address.ts';
import { BulkResend } from './BulkResend.tsx';
import { DetailPanel } from './DetailPanel.tsx';
import { LogFilters } from './LogFilters.tsx';
import { LogTable } from './LogTable.tsx';
import { PickedBar } from './PickedBar.tsx';
import { canResend, useDeliveryActs } from './useDeliveryActs.ts';
import { useDeliveryCount } from './useDeliveryCount.ts';
import { type DeliveryLog, useDeliveryLog } from './useDeliveryLog.ts';
import { usePicked } from './usePicked.ts';
import { useWork, WorkStrips } from './Work.tsx';

export function LogPage() {
  const t = useWords('deliveries');
  const { view, show } = useView();
  const filter = useAskedFilter(view);
  const log = useDeliveryLog(filter, view.delivery);
  const narrowed = narrowings(view) > 0;
  const counted = useDeliveryCount(filter, { enabled: narrowed });
  const count = narrowed ? (counted.data?.total ?? null) : null;
  const work = useWork();
  const picked = usePicked(JSON.stringify(filter));
  const [share, setShare] = useRememberedNumber('details-width', detailsShare);
  const acts = useDeliveryActs();
  const dense = useDense();
  const table = useRef<EndlessTableHandle>(null);
  const search = useRef<HTMLInputElement>(null);

  const open = (id: DeliveryId | null) => {
    if (id !== null) log.mark(id);
    // Going from one open delivery to the next is one step for Back.
    show({ ...view, delivery: id }, view.delivery !== null && id !== null);
  };
  const move = (by: number) => {
    table.current?.focus();
    table.current?.move(by);
  };
  const atHand = log.rowAt(log.placeOf(view.delivery ?? log.marked));
  useKeys([
    { key: '/', label: t('common:keys.search'), group: 'here', act: () => search.current?.focus() },
    { key: 'j', label: t('keys.down'), group: 'here', act: () => move(1) },
    { key: 'k', label: t('keys.up'), group: 'here', act: () => move(-1) },
    // Printed on the sheet only, no keyboard sends it: Enter itself belongs to the list while it has the focus.
    { key: '↵', label: t('keys.open'), group: 'here', act: () => table.current?.open() },
    // Space and Shift with the arrows belong to the list likewise.
    { key: '␣', label: t('keys.pick'), group: 'here', act: () => undefined },
    { key: '⇧+↓', label: t('keys.pickOn'), group: 'here', act: () => undefined },
    { key: 'n', label: t('keys.newest'), group: 'here', act: () => showNewest(log, table.current) },
    { key: 'r', label: t('keys.resend'), group: 'here', act: () => atHand && canResend(atHand) && acts.resend(atHand) },
    {
      key: 'Escape',
      label: t('keys.close'),
      group: 'here',
      act: () => {
        if (view.delivery === null) return picked.clear();
        open(null);
        table.current?.focus();
      },
    },
  ]);

  // Scrolling renders this page often, and neither the filters nor the details have changed by it.
  const toShow = useRef(show);
  useEffect(() => {
    toShow.current = show;
  });
  const filters = useMemo(
    () => (
      <LogFilters
        view={view}
        // Back leads to before the search, not through its letters.
        onChange={(next, typing) => toShow.current(next, typing && view.filter.text !== undefined)}
        searchRef={search}
      />
    ),
    [view],
  );

  return (
    <Page fill>
      <PageHeader
        title={t('title')}
        note={<Note count={count} narrowed={narrowed} />}
        actions={
          <>
            <DenseSwitch />
            <ButtonLink to={`/export?${paramsOf({ ...view, delivery: null })}`} icon={Download}>
              {t('export')}
            </ButtonLink>
            {narrowed && <BulkResend filter={filter} count={count} onStarted={work.show} />}
          </>
        }
      />
      {filters}
      <PickedBar picked={picked} onStarted={work.show} />
      <WorkStrips work={work} />
      <div
        className="@container/log flex min-h-0 flex-1"
        // Both panes stay wide enough to be read.
        style={{ '--details': `clamp(320px, ${share}%, calc(100% - 330px))` } as CSSProperties}
      >
        <div
          className={`relative min-h-0 min-w-0 flex-1 flex-col ${view.delivery ? 'hidden @[720px]/log:flex' : 'flex'}`}
        >
          <NewPill {...log.newer} show={() => showNewest(log, table.current)} />
          {log.state === 'failed' && log.failure ? (
            <Failed error={log.failure} again={log.again} />
          ) : log.state === 'loading' ? (
            <Loading />
          ) : log.count === 0 && !log.more ? (
            <Nothing narrowed={narrowed} clear={() => show({ ...emptyView, delivery: view.delivery }, false)} />
          ) : (
            <LogTable
              key={log.identity}
              list={log}
              opened={view.delivery}
              dense={dense}
              picking={picked}
              onMark={(row) => (view.delivery === null ? log.mark(row.id) : open(row.id))}
              onOpen={(row) => open(row.id)}
              handle={table}
            />
          )}
        </div>
        {view.delivery !== null && (
          <Divider
            {...detailsShare}
            label={t('detail.divider')}
            value={share}
            onChange={setShare}
            className="hidden @[720px]/log:block"
          />
        )}
        {view.delivery !== null && (
          <div className="flex min-h-0 w-full shrink-0 flex-col @[720px]/log:w-(--details)">
            <DetailPanel
              key={view.delivery}
              id={view.delivery}
              acts={acts}
              onClose={() => {
                open(null);
                table.current?.focus();
              }}
            />
          </div>
        )}
      </div>
    </Page>
  );
}

/** How much of the page the details have, in percent. */
const detailsShare = { initial: 36, min: 20, max: 70 };

function showNewest(log: DeliveryLog, table: EndlessTableHandle | null): void {
  log.showNewest();
  table?.toTop();
}

/** The view that the address says, and a function that goes to another one. */
function useView(): { view: LogView; show: (view: LogView, replace: boolean) => void } {
  const [params, setParams] = useSearchParams();
  const view = useMemo(() => viewOf(params), [params]);
  return { view, show: (next, replace) => setParams(paramsOf(next), { replace }) };
}

function Note({ count, narrowed }: { count: number | null; narrowed: boolean }) {
  const t = useWords('deliveries');
  const formats = useFormats();
  if (!narrowed || count === null) return t('live');
  return t('count.shown', { count, formatted: formats.number(count) });
}

function Nothing({ narrowed, clear }: { narrowed: boolean; clear: () => void }) {
  const t = useWords('deliveries');
  const endpoints = useRelayQuery('endpoints.list', {}).data;
  if (narrowed)
    return (
      <EmptyState icon={Send} title={t('empty.filtered.title')} text={t('empty.filtered.text')}>
        <Button onPress={clear}>{t('common:filter.clear')}</Button>
      </EmptyState>
    );
  // What the next step is depends on them.
  if (endpoints === undefined) return <Loading />;
  if (endpoints.length === 0)
    return (
      <EmptyState icon={Send} title={t('empty.title')} text={t('empty.noEndpoint')}>
        <ButtonLink kind="primary" to="/endpoints/new">
          {t('empty.addEndpoint')}
        </ButtonLink>
      </EmptyState>
    );
  return (
    <EmptyState icon={Send} title={t('empty.title')} text={t('empty.text')}>
      <ButtonLink kind="primary" to="/events/test">
        {t('empty.sendTest')}
      </ButtonLink>
    </EmptyState>
  );
}
