import { networkInterfaces } from 'node:os';
import { expect, test } from 'vitest';
import { allAddresses, ownAddresses } from '../../electron/engine/intake/own-addresses.ts';

const on = (address: string, internal = false) => [
  {
    ...{ address, internal, netmask: '', mac: '00:15:5d:00:00:01', cidr: null },
    ...(address.includes(':') ? { family: 'IPv6' as const, scopeid: 0 } : { family: 'IPv4' as const }),
  },
];
const addressesOf = (interfaces: Parameters<typeof ownAddresses>[0]) =>
  ownAddresses(interfaces).map(({ address }) => address);

test.each([
  'vEthernet (WSL (Hyper-V firewall))',
  'vEthernet (Default Switch)',
  'vEthernet (nat)',
  'VirtualBox Host-Only Network',
  'VMware Network Adapter VMnet8',
  'OpenVPN TAP-Windows6',
  'Tailscale',
  'Office VPN',
  'docker0',
  'br-1a2b3c4d5e6f',
  'virbr0',
  'wg0',
  'tun0',
  'utun3',
])('%s is no network of the property', (network) => {
  expect(addressesOf({ [network]: on('172.20.0.1'), Ethernet: on('192.168.1.20') })).toEqual(['192.168.1.20']);
});

test.each([
  'Ethernet',
  'Ethernet 2',
  'Wi-Fi',
  'WLAN',
  'LAN-Verbindung',
  'eth0',
  'enp3s0',
  'wlan0',
  'en0',
  'br0',
  'bond0',
])('%s is one', (network) => {
  expect(addressesOf({ docker0: on('172.17.0.1'), [network]: on('10.0.0.7') })).toEqual(['10.0.0.7']);
});

test('loopback, and what a machine gives itself where nobody gives it an address, are of no use to others', () => {
  const interfaces = {
    lo: on('127.0.0.1', true),
    Bluetooth: on('169.254.10.2'),
    'Wi-Fi': [...on('fe80::1'), ...on('fd00::7'), ...on('192.168.1.20')],
  };
  expect(addressesOf(interfaces)).toEqual(['192.168.1.20', 'fd00::7']);
  expect(allAddresses(interfaces).map(({ address }) => address)).toEqual(['192.168.1.20', 'fd00::7']);
});

test('a PC whose cable is in a switch of Hyper-V’s has its address there, and one that has a tunnel alone has that', () => {
  const inner = { 'vEthernet (WSL)': on('172.20.0.1') };
  expect(addressesOf({ ...inner, 'vEthernet (Front office)': on('192.168.1.20') })).toEqual(['192.168.1.20']);
  expect(addressesOf({ ...inner, 'vEthernet (VMs)': on('10.9.0.1'), Ethernet: on('192.168.1.20') })).toEqual([
    '192.168.1.20',
  ]);
  expect(addressesOf({ wg0: on('10.8.0.2') })).toEqual(['10.8.0.2']);
});

test('a container may call this PC by an address that others cannot use', () => {
  const interfaces = { docker0: on('172.17.0.1'), eth0: on('192.168.1.20') };
  expect(allAddresses(interfaces).map(({ address }) => address)).toEqual(['172.17.0.1', '192.168.1.20']);
});

test('this PC’s own are read', () => {
  const real = Object.values(networkInterfaces()).flatMap((addresses = []) => addresses.map(({ address }) => address));
  for (const { address } of ownAddresses()) expect(real).toContain(address);
});
