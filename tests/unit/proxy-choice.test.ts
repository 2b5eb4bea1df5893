import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createProxyChoice } from '../../electron/engine/sending/proxy/proxy.ts';
import { canGoBy, parseProxyList } from '../../electron/engine/sending/proxy/proxy-list.ts';
import { createFakeClock } from '../support/clock.ts';
import { createKeptLog, createTestMishaps } from '../support/ports.ts';

const secretAddress = 'https://hooks.example.com/T0/very-secret?key=1';
const first = 'http://one.hotel.local:3128';
const second = 'http://two.hotel.local:8080';

describe('what a PAC file answers', () => {
  test.each<[string, readonly (string | null)[]]>([
    ['DIRECT', [null]],
    ['PROXY proxy.hotel.local:3128; DIRECT', ['http://proxy.hotel.local:3128', null]],
    ['  proxy a:1 ;direct; ', ['http://a:1', null]],
    ['HTTPS proxy.hotel.local:443;HTTP 10.0.0.2:80', ['https://proxy.hotel.local:443', 'http://10.0.0.2:80']],
    ['PROXY [fd00::1]:3128', ['http://[fd00::1]:3128']],
    ['PROXY proxy.hotel.local', ['http://proxy.hotel.local']],
    ['SOCKS a:1080; SOCKS4 b:1080; SOCKS5 c:1080', ['socks://a:1080', 'socks4://b:1080', 'socks5://c:1080']],
    ['', []],
    ['PROXY', []],
    ['PROXY ; PROXY a:b; PROXY a/b:1; PROXY name@a:1; PROXY a:1 b; QUIC a:1; DIRECT now', []],
  ])('%j', (list, ways) => {
    expect(parseProxyList(list)).toEqual(ways);
  });

  test('what is of another kind than HTTP cannot be gone by', () => {
    expect(['http://a:1', 'https://a:1', null, 'socks5://a:1', 'socks://a:1'].map(canGoBy)).toEqual([
      ...[true, true, true],
      ...[false, false],
    ]);
  });
});

describe('as the system has it', () => {
  beforeEach(() => {
    for (const name of ['https_proxy', 'HTTPS_PROXY', 'all_proxy', 'ALL_PROXY', 'no_proxy', 'NO_PROXY']) {
      vi.stubEnv(name, '');
    }
  });
  afterEach(() => vi.unstubAllEnvs());

  function choosing({ setting = 'system', hasDesktop = true } = {}) {
    const clock = createFakeClock();
    const logger = createKeptLog();
    const state = { list: 'DIRECT', network: 'cable', asked: [] as string[], changes: 0, isSilent: false };
    const choice = createProxyChoice({
      ...{ clock, logger, own: createTestMishaps().own },
      settings: { proxyAddress: () => setting },
      system: hasDesktop
        ? {
            async resolve(origin) {
              state.asked.push(origin);
              if (state.isSilent) await new Promise(() => {});
              if (state.list === '') throw new Error('ERR_FAILED');
              return state.list;
            },
          }
        : undefined,
      network: () => state.network,
    });
    choice.onChange(() => {
      state.changes += 1;
    });
    return { choice, clock, state, logger };
  }

  test('the system is asked with the origin alone, believed for a minute, and then asked again', async () => {
    const { choice, clock, state } = choosing();
    state.list = 'PROXY one.hotel.local:3128; DIRECT';
    expect(await Promise.all([choice.wayTo(secretAddress), choice.wayTo(secretAddress)])).toEqual([first, first]);
    expect(state.asked).toEqual(['https://hooks.example.com']);
    state.list = 'DIRECT';
    expect(choice.wayTo(secretAddress)).toBe(first);
    await clock.advance(60_000);
    expect(await choice.wayTo(secretAddress)).toBe(null);
    expect(state.asked).toHaveLength(2);
    // Once when the first word came, once when it was another.
    expect(state.changes).toBe(2);
  });

  test('another network, and waking up, are asked about anew', async () => {
    const { choice, clock, state } = choosing();
    await choice.wayTo(secretAddress);
    state.list = 'PROXY one.hotel.local:3128';
    state.network = 'Wi-Fi';
    await clock.advance(5_000);
    expect(await choice.wayTo(secretAddress)).toBe(first);
    state.list = 'PROXY two.hotel.local:8080';
    choice.forget();
    expect(await choice.wayTo(secretAddress)).toBe(second);
  });

  test('a proxy that is not there gives way to what stands behind it, for five minutes', async () => {
    const { choice, clock, state } = choosing();
    state.list = 'PROXY one.hotel.local:3128; PROXY two.hotel.local:8080; DIRECT';
    expect(await choice.wayTo(secretAddress)).toBe(first);
    choice.notReached(first);
    expect(choice.wayTo(secretAddress)).toBe(second);
    choice.notReached(second);
    expect(choice.wayTo(secretAddress)).toBe(null);
    await clock.advance(300_000);
    expect(await choice.wayTo(secretAddress)).toBe(first);
  });

  test('one that stands alone stays the way, there or not', async () => {
    const { choice, state } = choosing();
    state.list = 'PROXY one.hotel.local:3128';
    await choice.wayTo(secretAddress);
    const { changes } = state;
    choice.notReached(first);
    expect(choice.wayTo(secretAddress)).toBe(first);
    expect(state.changes).toBe(changes);
  });

  test('SOCKS is passed over where there is another way, and named where there is none', async () => {
    const { choice, state } = choosing();
    state.list = 'SOCKS5 s.hotel.local:1080; PROXY one.hotel.local:3128';
    expect(await choice.wayTo(secretAddress)).toBe(first);
    state.list = 'SOCKS5 s.hotel.local:1080';
    choice.forget();
    expect(await choice.wayTo(secretAddress)).toBe('socks5://s.hotel.local:1080');
  });

  test('who does not answer leaves the last word standing, after ten seconds and with a line in the log', async () => {
    const { choice, clock, state, logger } = choosing();
    state.list = 'PROXY one.hotel.local:3128';
    await choice.wayTo(secretAddress);
    choice.forget();
    state.isSilent = true;
    const way = choice.wayTo(secretAddress);
    await clock.advance(10_000);
    expect(await way).toBe(first);
    state.isSilent = false;
    state.list = '';
    expect(await choice.wayTo(secretAddress)).toBe(first);
    expect(logger.lines.filter((line) => line.startsWith('warn'))).toHaveLength(2);
    expect(logger.lines.join()).not.toContain('very-secret');
  });

  test('what is only looked at is told as far as it is known, and asked for in passing', async () => {
    const { choice, state } = choosing();
    state.list = 'PROXY one.hotel.local:3128';
    expect(choice.knownWayTo(secretAddress)).toBe(null);
    await expect.poll(() => choice.knownWayTo(secretAddress)).toBe(first);
    expect(state.asked).toHaveLength(1);
    expect(state.changes).toBe(1);
  });

  test('a variable of this program’s environment wins, and alone tells where there is no desktop', async () => {
    const desktop = choosing();
    const headless = choosing({ hasDesktop: false });
    desktop.state.list = 'PROXY one.hotel.local:3128';
    expect(await headless.choice.wayTo(secretAddress)).toBe(null);
    vi.stubEnv('HTTPS_PROXY', second);
    vi.stubEnv('NO_PROXY', 'lock.hotel.local');
    for (const { choice } of [desktop, headless]) {
      expect(choice.wayTo(secretAddress)).toBe(second);
      expect(choice.knownWayTo('https://lock.hotel.local/')).toBe(null);
    }
    expect(desktop.state.asked).toEqual([]);
  });

  // As curl and Go's http take them, of which an IT helper copies one.
  test.each([
    ['hotel.local', 'https://lock.hotel.local/', true],
    ['.hotel.local', 'https://lock.hotel.local/', true],
    ['*.hotel.local', 'https://lock.hotel.local/', true],
    ['hotel.local', 'https://hotel.local/', true],
    ['hotel.local', 'https://myhotel.local/', false],
    ['LOCK.hotel.local', 'https://lock.hotel.local/', true],
    ['lock.hotel.local:8443', 'https://lock.hotel.local:8443/', true],
    ['lock.hotel.local:8443', 'https://lock.hotel.local/', false],
    ['a.example, lock.hotel.local', 'https://lock.hotel.local/', true],
    ['a.example lock.hotel.local', 'https://lock.hotel.local/', true],
    ['*', 'https://lock.hotel.local/', true],
    ['192.168.1.20', 'https://192.168.1.20/', true],
    ['', 'https://lock.hotel.local/', false],
  ])('NO_PROXY=%s and %s: direct is %s', (list, address, isDirect) => {
    vi.stubEnv('HTTPS_PROXY', second);
    for (const name of ['NO_PROXY', 'no_proxy']) {
      vi.stubEnv('NO_PROXY', '');
      vi.stubEnv('no_proxy', '');
      vi.stubEnv(name, list);
      expect(choosing({ hasDesktop: false }).choice.wayTo(address)).toBe(isDirect ? null : second);
    }
  });

  test('another setting asks nobody', () => {
    expect(choosing({ setting: 'none' }).choice.wayTo(secretAddress)).toBe(null);
    expect(choosing({ setting: second }).choice.wayTo(secretAddress)).toBe(second);
  });
});
