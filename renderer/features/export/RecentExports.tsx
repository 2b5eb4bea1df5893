import { Ban, CircleCheck, CirclePause, CircleX, Download, type LucideIcon } from 'lucide-react';
import type { Tone } from '../../../shared/domain.ts';
import { Card } from '../../components/Card.tsx';
import { Chip } from '../../components/Chip.tsx';
import type { Job } from '../../components/JobProgress.tsx';
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

/** Exports that the engine still knows of; nothing where there were none. */
export function RecentExports() {
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
          {jobs.map(({ id, startedAt, state, done, file }) => (
            <tr key={id}>
              <Td>
                <Time at={startedAt} />
              </Td>
              <Td>
                <Chip {...looks[state]}>{t(`state.${state}`)}</Chip>
              </Td>
              <Td number>{number(done)}</Td>
              <Td className="break-all text-ink-soft text-s">{file}</Td>
            </tr>
          ))}
        </tbody>
      </Table>
    </Card>
  );
}
