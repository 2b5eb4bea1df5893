import type { Source } from '../../../shared/schemas.ts';
import { Card } from '../../components/Card.tsx';
import { Table, Td, Th } from '../../components/Table.tsx';
import { Time } from '../../components/Time.tsx';
import { useWords } from '../../i18n/index.ts';
import { useRelayQuery } from '../../lib/queries.ts';
import { useSay } from '../../lib/sentences.ts';

/** What was refused lately and why, of one source or of all, with the member at fault. */
export function Refusals({ sources, of }: { sources: readonly Source[]; of?: Source }) {
  const t = useWords('sources');
  const say = useSay();
  const refusals = useRelayQuery('sources.refusals', of ? { id: of.id } : {}).data ?? [];
  const nameOf = (id: string | null) => sources.find((source) => source.id === id)?.name ?? t('refusals.unknown');
  return (
    <Card title={t('refusals.title')}>
      {refusals.length === 0 ? (
        <p className="text-ink-soft">{t('refusals.none')}</p>
      ) : (
        <Table label={t('refusals.title')}>
          <thead>
            <tr>
              <Th>{t('refusals.when')}</Th>
              {!of && <Th>{t('refusals.from')}</Th>}
              <Th>{t('refusals.member')}</Th>
              <Th>{t('refusals.why')}</Th>
            </tr>
          </thead>
          <tbody>
            {refusals.map(({ at, sourceId, status, member, says }, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: two refusals of one millisecond differ by nothing else.
              <tr key={`${at}-${index}`}>
                <Td className="text-ink-soft">
                  <Time at={at} precise />
                </Td>
                {!of && <Td>{nameOf(sourceId)}</Td>}
                <Td>{member === null ? t('refusals.whole') : <code className="font-code text-s">{member}</code>}</Td>
                <Td>
                  {say(says)} <span className="text-ink-faint text-s">({status})</span>
                </Td>
              </tr>
            ))}
          </tbody>
        </Table>
      )}
    </Card>
  );
}
