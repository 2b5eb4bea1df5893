/** How many deliveries match. Never asked anew at every push: of a million deliveries counting takes its time. */
import { type UseQueryOptions, useQuery } from '@tanstack/react-query';
import type { CallOutput } from '../../../shared/api.ts';
import type { DeliveryFilter } from '../../../shared/schemas.ts';
import { ask, type CallFailure, useClient } from '../../lib/queries.ts';

/** How often the matches are counted again where they are shown, in milliseconds. */
const countEveryMs = 10_000;

type CountOptions = Omit<UseQueryOptions<CallOutput<'deliveries.count'>, CallFailure>, 'queryKey' | 'queryFn'>;

/** Counted again now and then. */
export function useDeliveryCount(
  filter: DeliveryFilter,
  options: Pick<CountOptions, 'enabled' | 'placeholderData'> = {},
) {
  return useCount('now and then', filter, { ...options, refetchInterval: countEveryMs, gcTime: countEveryMs });
}

/** Counted once for as long as the component is there: numbers that a person agrees to must not move. */
export function useDeliveryCountOnce(filter: DeliveryFilter) {
  return useCount('once', filter, { staleTime: Number.POSITIVE_INFINITY, gcTime: 0 });
}

/** The same, with what of them cannot be sent again. */
export function useResendCount(filter: DeliveryFilter) {
  return useCount('for a resend', filter, { staleTime: Number.POSITIVE_INFINITY, gcTime: 0 });
}

function useCount(often: 'now and then' | 'once' | 'for a resend', filter: DeliveryFilter, options: CountOptions) {
  const client = useClient();
  const forResend = often === 'for a resend';
  return useQuery({
    ...options,
    // Not named like the call: what is, is asked again at every push.
    queryKey: ['delivery count', often, filter],
    queryFn: () => ask(client, 'deliveries.count', forResend ? { filter, forResend } : { filter }),
  });
}
