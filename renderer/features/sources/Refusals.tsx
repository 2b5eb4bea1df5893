import { useState } from 'react';
import { harmless } from '../../../shared/harmless.ts';
import type { Source } from '../../../shared/schemas.ts';
import { Button } from '../../components/Button.tsx';
import { Card } from '../../components/Card.tsx';
import { Table, Td, Th } from '../../components/Table.tsx';
import { Time } from '../../components/Time.tsx';
import { useWords } from '../../i18n/index.ts';
import { useRelayQuery } from '../../lib/queries.ts';
import { useSay } from '../../lib/sentences.ts';
import { MessageDialog } from './MessageDialog.tsx';
import { type NotTaken, notTakenOf } from './not-taken.ts';
import { RefusalDialog } from './RefusalDialog.tsx';

/** So many rows are shown; the command line lists all that are kept. */
const mostRows = 200;

/** What was not taken in, of one source or of all, refused or kept, with the member at fault and why; each can be opened. */
export function Refusals({ sources, of }: { sources: readonly Source[]; of?: Source }) {
  const t = useWords('sources');
  const one = of ? { id: of.id } : {};
  const refusals = useRelayQuery('sources.refusals', one).data;
  const kept = useRelayQuery('sources.messages', { ...one, keptOnly: true, limit: mostRows }).data;
  const [open, setOpen] = useState<Pick<NotTaken, 'what' | 'id' | 'place'> | null>(null);
  const rows = notTakenOf(refusals ?? [], kept ?? []).slice(0, mostRows);
  // Before both are known nothing says that there is none.
  const isKnown = refusals !== undefined && kept !== undefined;
  const close = () => setOpen(null);
  return (
    <Card title={t('refusals.title')}>
      {rows.length === 0 ? (
        isKnown && <p className="text-ink-soft">{t('refusals.none')}</p>
      ) : (
        <>
          <p className="mb-2 text-ink-soft text-s">{t('refusals.kept')}</p>
          <Table label={t('refusals.title')}>
            <thead>
              <tr>
                <Th>{t('refusals.when')}</Th>
                {!of && <Th>{t('refusals.from')}</Th>}
                <Th>{t('refusals.member')}</Th>
                <Th>{t('refusals.why')}</Th>
                <Th>
                  <span className="sr-only">{t('refusals.open')}</span>
                </Th>
              </tr>
            </thead>
            <tbody>
              {rows.map((row) => (
                <Row
                  key={`${row.what} ${row.id}`}
                  row={row}
                  from={of ? null : (sources.find(({ id }) => id === row.sourceId)?.name ?? t('refusals.unknown'))}
                  onOpen={() => setOpen(row)}
                />
              ))}
            </tbody>
          </Table>
        </>
      )}
      {open?.what === 'refusal' && <RefusalDialog id={open.id} isFile={open.place !== ''} onClose={close} />}
      {open?.what === 'message' && <MessageDialog id={open.id} onClose={close} />}
    </Card>
  );
}

/** @param from the source's name; null where all are of one */
function Row({ row, from, onOpen }: { row: NotTaken; from: string | null; onOpen: () => void }) {
  const t = useWords('sources');
  const say = useSay();
  const { what, id, at, times, place, member, says, status, isTaken, canOpen } = row;
  return (
    <tr>
      <Td className="text-ink-soft">
        <Time at={at} precise /> {times > 1 && t('refusals.times', { times })}
      </Td>
      {from !== null && <Td>{harmless(from)}</Td>}
      <Td>
        {place !== '' && <span className="block wrap-anywhere">{harmless(place)}</span>}
        {member !== null && <code className="break-all font-code text-s">{harmless(member)}</code>}
        {place === '' && member === null && t(what === 'refusal' ? 'refusals.whole' : 'refusals.wholeMessage')}
      </Td>
      <Td>
        {says !== null && say(says)}{' '}
        <span className="text-ink-faint text-s">({status === null ? t('messages.state.kept') : status})</span>
        {isTaken && <span className="block text-fine text-s">{t('refusals.taken')}</span>}
      </Td>
      <Td>
        {canOpen && (
          <Button
            aria-label={t(
              what === 'message' ? 'refusals.openMessage' : place === '' ? 'refusals.openOne' : 'refusals.openFile',
              { number: id },
            )}
            onPress={onOpen}
          >
            {t('refusals.open')}
          </Button>
        )}
      </Td>
    </tr>
  );
}
