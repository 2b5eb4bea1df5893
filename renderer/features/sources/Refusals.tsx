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
import { RefusalDialog } from './RefusalDialog.tsx';

/** So many rows are shown; the command line lists all that are kept. */
const mostRows = 200;

/** What was refused lately and why, of one source or of all, with the member at fault; each can be opened. */
export function Refusals({ sources, of }: { sources: readonly Source[]; of?: Source }) {
  const t = useWords('sources');
  const say = useSay();
  const refusals = useRelayQuery('sources.refusals', of ? { id: of.id } : {}).data ?? [];
  const [open, setOpen] = useState<number | null>(null);
  const nameOf = (id: string | null) => sources.find((source) => source.id === id)?.name ?? t('refusals.unknown');
  return (
    <Card title={t('refusals.title')}>
      {refusals.length === 0 ? (
        <p className="text-ink-soft">{t('refusals.none')}</p>
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
              {refusals
                .slice(0, mostRows)
                .map(({ id, at, sourceId, status, member, says, times, takenAt, hasBody }) => (
                  <tr key={id}>
                    <Td className="text-ink-soft">
                      <Time at={at} precise /> {times > 1 && t('refusals.times', { times })}
                    </Td>
                    {!of && <Td>{nameOf(sourceId)}</Td>}
                    <Td>
                      {member === null ? (
                        t('refusals.whole')
                      ) : (
                        <code className="break-all font-code text-s">{harmless(member)}</code>
                      )}
                    </Td>
                    <Td>
                      {say(says)} <span className="text-ink-faint text-s">({status})</span>
                      {takenAt !== null && <span className="block text-fine text-s">{t('refusals.taken')}</span>}
                    </Td>
                    <Td>
                      {(hasBody || sourceId !== null) && (
                        <Button aria-label={t('refusals.openOne', { number: id })} onPress={() => setOpen(id)}>
                          {t('refusals.open')}
                        </Button>
                      )}
                    </Td>
                  </tr>
                ))}
            </tbody>
          </Table>
        </>
      )}
      {open !== null && <RefusalDialog id={open} onClose={() => setOpen(null)} />}
    </Card>
  );
}
