import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isLocalAddress, isLoopbackAddress } from '../../electron/engine/locality.ts';

const hostOf = (url: string) => new URL(url).hostname;

import { knownReceiver } from '../../shared/endpoint-kinds/index.ts';

describe('the property’s own network', () => {
  test.each([
    '127.0.0.1',
    '127.8.9.10',
    '10.0.0.7',
    '172.16.0.1',
    '172.31.255.255',
    '192.168.1.20',
    '169.254.3.4',
    '[::1]',
    '[fe80::1]',
    '[fd12:3456::1]',
    '[::ffff:192.168.1.20]',
    'localhost',
    'kitchen.localhost',
    'pos.local',
    'POS.Local',
    'pos.local.',
    'nas.lan',
    'nas.home.arpa',
    'nas',
  ])('%s is local', (host) => {
    expect(isLocalAddress(hostOf(`https://${host}/hooks`))).toBe(true);
  });

  test.each([
    '8.8.8.8',
    '172.15.0.1',
    '172.32.0.1',
    '192.169.0.1',
    '11.0.0.1',
    '[2001:db8::1]',
    '[::ffff:8.8.8.8]',
    'hooks.slack.com',
    'local.example.com',
    'mylocal.com',
  ])('%s is not', (host) => {
    expect(isLocalAddress(hostOf(`https://${host}/hooks`))).toBe(false);
  });

  test('every address of the private ranges is, however it is written as a URL', () => {
    const byte = fc.integer({ min: 0, max: 255 });
    fc.assert(
      fc.property(byte, byte, byte, fc.integer({ min: 16, max: 31 }), (a, b, c, d) => {
        for (const address of [`10.${a}.${b}.${c}`, `192.168.${a}.${b}`, `172.${d}.${a}.${b}`]) {
          expect(isLocalAddress(hostOf(`https://${address}`))).toBe(true);
          expect(isLocalAddress(hostOf(`https://[::ffff:${address}]`))).toBe(true);
          expect(isLoopbackAddress(hostOf(`https://${address}`))).toBe(false);
        }
      }),
    );
  });

  test('loopback is less: names that only look like it are not', () => {
    expect(['localhost', '127.0.0.1', '127.1.2.3', '[::1]'].map(isLoopbackAddress)).toEqual([true, true, true, true]);
    expect(['127.0.0.1.example.com', 'localhost.example.com', '10.0.0.1'].map(isLoopbackAddress)).toEqual([
      false,
      false,
      false,
    ]);
  });
});

describe('known receivers', () => {
  test.each([
    ['hooks.slack.com', 'Slack'],
    ['HOOKS.ZAPIER.COM', 'Zapier'],
    ['hook.eu2.make.com', 'Make.com'],
    ['contoso.webhook.office.com', 'Teams'],
    ['prod-12.westeurope.logic.azure.com', 'Power Automate'],
    ['hotel.app.n8n.cloud', 'n8n'],
    ['discord.com', 'Discord'],
  ])('%s is %s', (host, name) => {
    expect(knownReceiver(host)?.name).toBe(name);
  });

  test.each(['notmake.com', 'hooks.slack.com.evil.example', 'example.com', 'make.com.example'])(
    '%s is none of them',
    (host) => {
      expect(knownReceiver(host)).toBeNull();
    },
  );
});
