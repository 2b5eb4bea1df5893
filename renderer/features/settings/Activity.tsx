import { useInfiniteQuery } from '@tanstack/react-query';
import type { CallOutput } from '../../../shared/api.ts';
import { Button } from '../../components/Button.tsx';
import { Card } from '../../components/Card.tsx';
import { Failed } from '../../components/Failed.tsx';
import { Loading } from '../../components/Loading.tsx';
import { Table, Td, Th } from '../../components/Table.tsx';
import { Time } from '../../components/Time.tsx';
import { useWords } from '../../i18n/index.ts';
import { ask, type CallFailure, useClient } from '../../lib/queries.ts';
import { useActWords } from './useActWords.ts';

type Page = CallOutput<'audit.list'>;

/** Who did what, newest first. */
export function Activity() {
  const t = useWords('settings');
  const client = useClient();
  const pages = useInfiniteQuery<Page, CallFailure, { pages: Page[] }, ['audit.list'], string | null>({
    queryKey: ['audit.list'],
    initialPageParam: null,
    queryFn: ({ pageParam }) =>
      ask(client, 'audit.list', { limit: 50, ...(pageParam !== null && { cursor: pageParam }) }),
    getNextPageParam: ({ next }) => next,
  });
  if (pages.isError) return <Failed error={pages.error} again={() => void pages.refetch()} />;
  if (!pages.data) return <Loading />;
  const rows = pages.data.pages.flatMap((page) => page.rows);
  return (
    <Card title={t('activity.title')}>
      {rows.length === 0 ? <p className="text-ink-soft">{t('activity.none')}</p> : <Entries rows={rows} />}
      {pages.hasNextPage && (
        <Button onPress={() => void pages.fetchNextPage()} isPending={pages.isFetchingNextPage} className="mt-3">
          {t('common:act.loadMore')}
        </Button>
      )}
    </Card>
  );
}

function Entries({ rows }: { rows: Page['rows'] }) {
  const t = useWords('settings');
  const wordsOf = useActWords();
  return (
    <Table label={t('activity.title')}>
      <thead>
        <tr>
          <Th>{t('activity.when')}</Th>
          <Th>{t('activity.who')}</Th>
          <Th>{t('activity.what')}</Th>
          <Th>{t('activity.target')}</Th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ at, account, surface, act, target }, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: two acts of one millisecond may differ by nothing else.
          <tr key={`${at}-${index}`}>
            <Td className="text-ink-soft">
              <Time at={at} precise />
            </Td>
            <Td>
              {account} <span className="text-ink-faint text-s">({t(`surface.${surface}`)})</span>
            </Td>
            <Td>{wordsOf(act)}</Td>
            <Td className="break-all">{target}</Td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}
