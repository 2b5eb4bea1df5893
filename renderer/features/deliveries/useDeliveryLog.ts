/** The log as one long list. */
import type { DeliveryId } from '../../../shared/domain.ts';
import type { DeliveryFilter, DeliveryRow } from '../../../shared/schemas.ts';
import { type EndlessList, useEndless } from '../../lib/endless.ts';
import { ask, useClient } from '../../lib/queries.ts';

export type DeliveryLog = EndlessList<DeliveryRow>;

export function useDeliveryLog(filter: DeliveryFilter, marked: DeliveryId | null): DeliveryLog {
  const client = useClient();
  return useEndless<DeliveryRow>(
    {
      area: 'deliveries',
      filter,
      page: (request) => ask(client, 'deliveries.list', { filter, ...request }),
      one: async (id) => {
        const found = await client.call('deliveries.get', { id });
        return found.ok && stillMatches(found.value, filter) ? found.value : null;
      },
      newer: (than) => ask(client, 'deliveries.newer', { filter, than }),
    },
    marked,
  );
}

/** False where a delivery has left the filter since it was listed: of what is filtered by, its state alone changes. */
function stillMatches(row: DeliveryRow, filter: DeliveryFilter): boolean {
  return filter.states === undefined || filter.states.includes(row.state);
}
