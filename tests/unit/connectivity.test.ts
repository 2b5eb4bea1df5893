import { describe, expect, it } from 'vitest';
import { createConnectivity, type Reach, type Way } from '../../electron/engine/dispatch/connectivity.ts';
import type { EndpointId } from '../../shared/domain.ts';
import { createFakeClock } from '../support/clock.ts';
import { createKeptLog } from '../support/ports.ts';

const way = (name: string, local = false): Way => ({ id: name as EndpointId, host: name, port: 443, local });

function set(ways: readonly Way[], reach: Record<string, Reach>, up = true) {
  const clock = createFakeClock();
  const network = { up, reach };
  const connectivity = createConnectivity({
    clock,
    logger: createKeptLog(),
    ways: () => ways,
    network: { hasInterface: () => network.up, reach: async (host) => network.reach[host] ?? 'silent' },
  });
  return { clock, network, connectivity };
}

describe('the way out to the internet', () => {
  it.each<[string, Way[], Record<string, Reach>, boolean, string]>([
    ['one host of two answers', [way('a'), way('b')], { a: 'silent', b: 'reached' }, true, 'online'],
    ['none of two hosts answers', [way('a'), way('b')], {}, true, 'offline'],
    ['the only host is silent: that is its own trouble', [way('a')], {}, true, 'online'],
    ['there is no way to the only host', [way('a')], { a: 'no_network' }, true, 'offline'],
    ['no interface is up', [way('a')], { a: 'reached' }, false, 'offline'],
    ['only the local network is asked of', [way('a', true), way('b', true)], {}, true, 'online'],
  ])('%s', async (_, ways, reach, up, state) => {
    expect(await set(ways, reach, up).connectivity.probe()).toMatchObject({ state });
  });

  it('offline ends with the first host that can be reached, without anybody asking', async () => {
    const { clock, network, connectivity } = set([way('a'), way('b')], {});
    connectivity.watch();
    await connectivity.probe();
    const heard: string[] = [];
    connectivity.onChange(({ state }) => heard.push(state));
    await clock.advance(30_000);
    expect(heard).toEqual([]);
    network.reach = { b: 'reached' };
    await clock.advance(10_000);
    expect(heard).toEqual(['online']);
    connectivity.stop();
  });

  it('an answer of a host that is not local ends offline at once', async () => {
    const { connectivity } = set([way('a'), way('b')], {});
    await connectivity.probe();
    connectivity.sawAnswer('a' as EndpointId, null);
    expect(connectivity.current().state).toBe('online');
  });

  it('measures the clock by the Date of answers, of local endpoints too', () => {
    const { clock, connectivity } = set([way('a', true)], {});
    connectivity.sawAnswer('a' as EndpointId, new Date(clock.wallMs() - 600_000).toUTCString());
    expect(Math.round((connectivity.current().clockSkewMs ?? 0) / 1000)).toBe(600);
  });
});
