import { Ban, CircleCheck, CirclePause, CircleX, Download, type LucideIcon } from 'lucide-react';
import type { Tone } from '../../../shared/domain.ts';
import { Card } from '../../components/Card.tsx';
import { Chip } from '../../components/Chip.tsx';
import { type Job, JobControls, JobFile } from '../../components/JobProgress.tsx';
import { Table, Td, Th } from '../../components/Table.tsx';
import { Time } from '../../components/Time.tsx';
import { useWords } from '../../i18n/index.ts';
import { useFormats } from '../../lib/formats-context.ts';
import { useRelayQuery } from '../../lib/queries.ts';

const looks: Record<Job['state'], { readonly tone: Tone; readonly icon: LucideIcon }> = {
  running: { tone: 'wait', icon: Download },
  paused: { tone: 'still', icon: CirclePause },
  done: { tone: 'fine', icon: CircleCheck },
  cancelled: { tone: 'still', icon: Ban },
  failed: { tone: 'bad', icon: CircleX },
};

/**
 * Exports that the engine still knows of, each with what can be done with it; nothing where there were none.
 * @param shown the id of the one whose progress stands above, with its buttons
 */
export function RecentExports({ shown }: { shown: string | null }) {
  const t = useWords('export');
  const { number } = useFormats();
  const jobs = (useRelayQuery('jobs.list', {}).data ?? []).filter(({ kind }) => kind === 'export');
  if (jobs.length === 0) return null;
  return (
    <Card title={t('recent.title')}>
      <Table label={t('recent.title')}>
        <thead>
          <tr>
            <Th>{t('recent.when')}</Th>
            <Th>{t('recent.state')}</Th>
            <Th number>{t('recent.rows')}</Th>
            <Th>{t('recent.file')}</Th>
          </tr>
        </thead>
        <tbody>
          {jobs.map((job) => (
            <tr key={job.id}>
              <Td>
                <Time at={job.startedAt} />
              </Td>
              <Td>
                <Chip {...looks[job.state]}>{t(`state.${job.state}`)}</Chip>
              </Td>
              <Td number>{number(job.done)}</Td>
              <Td className="break-all text-ink-soft text-s">
                {job.id === shown || !hasMore(job) ? (
                  job.file
                ) : job.state === 'done' ? (
                  <JobFile job={job} />
                ) : (
                  <JobControls job={job} />
                )}
              </Td>
            </tr>
          ))}
        </tbody>
      </Table>
    </Card>
  );
}

/** Something can be done with it: gone on with, stopped, fetched. */
const hasMore = ({ state }: Job): boolean => state === 'running' || state === 'paused' || state === 'done';
