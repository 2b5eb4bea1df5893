import { QueryClient, QueryObserver } from '@tanstack/react-query';
import { expect, test, vi } from 'vitest';
import { tellUnlocked, withPin } from '../../../renderer/lib/pin.ts';
import { ask, keepCurrent, queryKey } from '../../../renderer/lib/queries.ts';
import type { Job } from '../../../shared/schemas.ts';
import { createDouble, refusal } from '../../ui/support/double.ts';
import { idOf, morning } from '../../ui/support/sample-data.ts';

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

test('a first answer that a change overtook is asked for again at once, however long another takes', async () => {
  const double = createDouble();
  const queries = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  const stop = keepCurrent(double, queries);
  const never = Promise.withResolvers<never>();
  const gate = Promise.withResolvers<void>();
  let asked = 0;
  double.answer('deliveries.list', () => never.promise);
  double.answer('deliveries.newer', async () => {
    asked += 1;
    const count = asked;
    if (count === 1) await gate.promise;
    return { count, more: false };
  });
  const slow = { filter: {}, limit: 1 };
  const quick = { filter: {}, than: 'x' };
  const endings = [
    new QueryObserver(queries, {
      queryKey: queryKey('deliveries.list', slow),
      queryFn: () => ask(double, 'deliveries.list', slow),
    }).subscribe(() => {}),
    new QueryObserver(queries, {
      queryKey: queryKey('deliveries.newer', quick),
      queryFn: () => ask(double, 'deliveries.newer', quick),
    }).subscribe(() => {}),
  ];
  double.push({ name: 'changed', payload: { topics: ['deliveries'] } });
  gate.resolve();
  await expect.poll(() => queries.getQueryData(queryKey('deliveries.newer', quick))).toMatchObject({ count: 2 });
  for (const end of endings) end();
  stop();
});

test('a page that was left while its answer was on its way is not shown the state of before when it is come back to', async () => {
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
  const key = queryKey('deliveries.newer', input);
  const observer = new QueryObserver(queries, {
    queryKey: key,
    queryFn: () => ask(double, 'deliveries.newer', input),
  });
  observer.subscribe(() => {})();
  double.push({ name: 'changed', payload: { topics: ['deliveries'] } });
  gate.resolve();
  await expect.poll(() => queries.isFetching()).toBe(0);
  const unsubscribe = observer.subscribe(() => {});
  await expect.poll(() => queries.getQueryData(key)).toMatchObject({ count: 2 });
  unsubscribe();
  stop();
});

test('an answer from before a push, which comes after it, does not take its place', async () => {
  const double = createDouble();
  const queries = new QueryClient({
    defaultOptions: { queries: { retry: false, staleTime: Number.POSITIVE_INFINITY } },
  });
  const stop = keepCurrent(double, queries);
  const done: Job = {
    ...{
      id: idOf('job_', 1),
      kind: 'resend',
      endpointId: null,
      state: 'done',
      total: 3,
      done: 3,
      delivered: 3,
      failed: 0,
    },
    ...{ startedAt: morning, endedAt: morning, file: null, sizeBytes: null, problem: null },
  };
  const gate = Promise.withResolvers<void>();
  let asked = 0;
  double.answer('jobs.get', async () => {
    asked += 1;
    if (asked > 1) return done;
    await gate.promise;
    return { ...done, state: 'running', done: 0, endedAt: null };
  });
  const key = queryKey('jobs.get', { id: done.id });
  const observer = new QueryObserver(queries, {
    queryKey: key,
    queryFn: () => ask(double, 'jobs.get', { id: done.id }),
  });
  const unsubscribe = observer.subscribe(() => {});
  double.push({ name: 'job', payload: done });
  gate.resolve();
  await expect.poll(() => queries.isFetching()).toBe(0);
  expect(queries.getQueryData(key)).toMatchObject({ state: 'done', done: 3 });
  unsubscribe();
  stop();
});

test('what a locked window asks is answered once it is unlocked, without a refusal in between; an act is refused', async () => {
  const double = createDouble();
  let isLocked = true;
  let looked = 0;
  const client = withPin(double, () => {
    looked += 1;
  });
  for (const name of ['endpoints.list', 'relay.resume'] as const)
    double.answer(name, () => {
      if (isLocked) throw refusal('locked', 'it is locked');
      return name === 'relay.resume' ? null : [];
    });
  const queries = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  const observer = new QueryObserver(queries, {
    queryKey: queryKey('endpoints.list', {}),
    queryFn: () => ask(client, 'endpoints.list', {}),
  });
  const states: string[] = [];
  const told = Promise.withResolvers<void>();
  const unsubscribe = observer.subscribe(({ status }) => {
    states.push(status);
    if (status === 'success') told.resolve();
  });
  await expect(ask(client, 'relay.resume', {})).rejects.toMatchObject({ error: { code: 'locked' } });
  expect(looked).toBe(2);
  // Another window's lock may have been what was told of: it asks, and waits on.
  tellUnlocked();
  await vi.waitFor(() => expect(looked).toBe(3));
  isLocked = false;
  tellUnlocked();
  await told.promise;
  expect(states).not.toContain('error');
  unsubscribe();
});
