import type { DeliveryFilter } from '../../../shared/schemas.ts';
import type { Job } from '../../components/JobProgress.tsx';
import { useFormats } from '../../lib/formats-context.ts';
import { ask, CallFailure, useClient, useRelayQuery } from '../../lib/queries.ts';
import { notify } from '../../lib/toasts.ts';
import type { Format } from './ExportPage.tsx';

/** A function that asks where to, and starts. In a browser the file lies in the data folder, to be downloaded. */
export function useStartExport(started: (job: Job) => void): (filter: DeliveryFilter, format: Format) => Promise<void> {
  const client = useClient();
  const { now } = useFormats();
  const desktop = useRelayQuery('surface.info', {}).data?.surface === 'desktop';
  return async (filter, format) => {
    try {
      const name = `deliveries-${new Date(now).toISOString().slice(0, 10)}.${format}`;
      const file = desktop ? (await ask(client, 'surface.chooseFile', { purpose: 'export', name })).file : null;
      if (desktop && file === null) return;
      started(await ask(client, 'export.start', { filter, format, file }));
    } catch (problem) {
      if (!(problem instanceof CallFailure)) throw problem;
      notify({ text: problem.message, tone: 'bad' });
    }
  };
}
