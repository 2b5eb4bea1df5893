import { Plug, Plus } from 'lucide-react';
import { useState } from 'react';
import { harmless } from '../../../shared/harmless.ts';
import type { Source } from '../../../shared/schemas.ts';
import { ButtonLink } from '../../components/Button.tsx';
import { Card } from '../../components/Card.tsx';
import { Checkbox } from '../../components/Checkbox.tsx';
import { EmptyState } from '../../components/EmptyState.tsx';
import { Failed } from '../../components/Failed.tsx';
import { Loading } from '../../components/Loading.tsx';
import { PageHeader } from '../../components/PageHeader.tsx';
import { Table, Td, Th } from '../../components/Table.tsx';
import { TextLink } from '../../components/TextLink.tsx';
import { Time } from '../../components/Time.tsx';
import { useWords } from '../../i18n/index.ts';
import { useFormats } from '../../lib/formats-context.ts';
import { useRelayQuery } from '../../lib/queries.ts';
import { useSay } from '../../lib/sentences.ts';
import { Refusals } from './Refusals.tsx';
import { SourceChip } from './SourceChip.tsx';

/** All sources, and what was refused lately. */
export function SourceList() {
  const t = useWords('sources');
  const [revoked, setRevoked] = useState(false);
  const sources = useRelayQuery('sources.list', { revoked: true });
  const shown = sources.data?.filter(({ revokedAt }) => revoked || revokedAt === null) ?? [];
  return (
    <>
      <PageHeader
        title={t('title')}
        note={t('note')}
        actions={
          shown.length > 0 && (
            <ButtonLink to="/sources/new" kind="primary" icon={Plus}>
              {t('add')}
            </ButtonLink>
          )
        }
      />
      {sources.isError ? (
        <Failed error={sources.error} again={() => void sources.refetch()} />
      ) : !sources.data ? (
        <Loading />
      ) : (
        <div className="flex flex-col gap-4.5">
          <Card>
            {shown.length === 0 ? (
              <EmptyState icon={Plug} title={t('empty.title')} text={t('empty.text')}>
                <ButtonLink to="/sources/new" kind="primary" icon={Plus}>
                  {t('add')}
                </ButtonLink>
              </EmptyState>
            ) : (
              <SourceTable sources={shown} />
            )}
            {sources.data.some(({ revokedAt }) => revokedAt !== null) && (
              <div className="pt-3 text-ink-soft text-s">
                <Checkbox isSelected={revoked} onChange={setRevoked}>
                  {t('showRevoked')}
                </Checkbox>
              </div>
            )}
          </Card>
          {sources.data.length > 0 && <Refusals sources={sources.data} />}
        </div>
      )}
    </>
  );
}

function SourceTable({ sources }: { sources: readonly Source[] }) {
  const t = useWords('sources');
  const say = useSay();
  const { number } = useFormats();
  return (
    <Table label={t('title')}>
      <thead>
        <tr>
          <Th>{t('column.source')}</Th>
          <Th>{t('column.state')}</Th>
          <Th number>{t('column.today')}</Th>
          <Th>{t('column.last')}</Th>
          <Th>{t('column.refusal')}</Th>
        </tr>
      </thead>
      <tbody>
        {sources.map((source) => (
          <tr key={source.id}>
            <Td>
              <TextLink to={`/sources/${source.id}`} className="rounded-s font-semibold text-ink hover:underline">
                {source.name}
              </TextLink>
              {source.propertyId && <span className="block text-ink-faint text-s">{source.propertyId}</span>}
            </Td>
            <Td>
              <SourceChip source={source} />
              {source.kept > 0 && (
                <span className="block text-ink-soft text-s">{t('column.kept', { count: source.kept })}</span>
              )}
            </Td>
            <Td number>{number(source.eventsToday)}</Td>
            <Td className="text-ink-soft">
              {source.lastEventAt === null ? t('never') : <Time at={source.lastEventAt} />}
            </Td>
            <Td className="text-ink-soft">
              {source.lastRefusal === null ? (
                t('noRefusal')
              ) : (
                <>
                  <Time at={source.lastRefusal.at} />
                  {source.lastRefusal.file !== null && (
                    <span className="block text-s wrap-anywhere">{harmless(source.lastRefusal.file)}</span>
                  )}
                  <span className="block text-s">{say(source.lastRefusal.says)}</span>
                </>
              )}
            </Td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}
