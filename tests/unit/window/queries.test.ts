import { QueryClient, QueryObserver } from '@tanstack/react-query';
import { expect, test } from 'vitest';
import { ask, keepCurrent, queryKey } from '../../../renderer/lib/queries.ts';
import { createDouble } from '../../ui/support/double.ts';

test('a first answer that a change overtook on its way is asked for again', async () => {
  const double = createDouble();
  const queries = new QueryClient({
    defaultOptions: { queries: { retry: false, staleTime: Number.POSITIVE_INFINITY } },
  });
  const stop = keepCurrent(double, queries);
  const gate = Promise.withResolvers<void>();
  let asked = 0;
  double.answer('deliveries.newer', async () => {
    asked += 1;
    const count = asked;
    if (count === 1) await gate.promise;
    return { count, more: false };
  });
  const input = { filter: {}, than: 'x' };
  const observer = new QueryObserver(queries, {
    queryKey: queryKey('deliveries.newer', input),
    queryFn: () => ask(double, 'deliveries.newer', input),
  });
  const told = Promise.withResolvers<number>();
  const unsubscribe = observer.subscribe(({ data }) => data && data.count > 1 && told.resolve(data.count));
  double.push({ name: 'changed', payload: { topics: ['deliveries'] } });
  gate.resolve();
  expect(await told.promise).toBe(2);
  expect(asked).toBe(2);
  unsubscribe();
  stop();
});
