/** What can be wrong between a property and the internet: each row once for real, in the lab. */
import type { Outage } from '../../shared/schemas.ts';
import type { Property, PropertyOptions } from './lab.ts';
import { proxyAddress } from './lab.ts';
import { officeProxy } from './worlds.ts';

export interface Row {
  readonly name: string;
  readonly property?: PropertyOptions;
  /** Before its trouble everything is well, unless it begins with it. */
  readonly beginsWithIt?: boolean;
  /** Quick enough for the suite; the others are in `npm run lab`. */
  readonly inSuite?: true;
  begins(property: Property): Promise<unknown>;
  /** Whom the trouble does not keep from getting what comes meanwhile. */
  readonly goesOn?: Parameters<Property['arrivedAt']>[0];
  ends(property: Property): Promise<unknown>;
  /** What Today opens with, the command line repeats and the doctor details. */
  readonly headline: RegExp;
  readonly doctor: RegExp;
  /** Null for what makes no story, since it is not known to have been this PC's. */
  readonly outage: Outage['kind'] | null;
}

const safe = '2 events are safe and waiting';
const hourMs = 3_600_000;
const threeYearsMs = 3 * 365 * 24 * hourMs;
const asProxy: PropertyOptions = { settings: { proxy: proxyAddress } };
const proxyName = `${officeProxy.address}:${officeProxy.port}`;

export const rows: readonly Row[] = [
  {
    name: 'the link is down',
    begins: async ({ network }) => network.cable('down'),
    ends: async ({ network }) => network.cable('up'),
    headline: new RegExp(`^This PC has had no network connection since .*${safe}`),
    doctor: /PROBLEM +Internet: .*has no network connection.*\n.*network cable/,
    outage: 'offline',
  },
  {
    name: 'one endpoint and the addresses of the check are silent from the first start',
    property: { endpoints: ['harbour'], world: { reach: 'swallowed' } },
    beginsWithIt: true,
    begins: async () => {},
    ends: (property) => property.finds({ reach: 'open' }),
    headline: new RegExp(`^Nothing has answered since .*: neither api.harbour-books.example nor .*${safe}`),
    doctor: /PROBLEM +Internet: Nothing answers, .*not known/,
    outage: null,
  },
  {
    name: 'the name server answers nothing',
    begins: (property) => property.finds({ names: 'silent' }),
    ends: (property) => property.finds({ names: 'answered' }),
    headline: new RegExp(`^No internet since .*names of websites are not found.*${safe}`),
    doctor: /PROBLEM +Internet: .*no name leads to an address.*\n.*DNS server/,
    outage: 'offline',
  },
  {
    name: 'the name server answers nothing from the first start, with one endpoint',
    property: { endpoints: ['harbour'], world: { names: 'silent' } },
    beginsWithIt: true,
    begins: async () => {},
    ends: (property) => property.finds({ names: 'answered' }),
    headline: new RegExp(`^No internet since .*names of websites are not found.*${safe}`),
    doctor: /PROBLEM +Internet: .*no name leads to an address.*\n.*DNS server/,
    outage: 'offline',
  },
  {
    name: 'names are answered, and nothing behind them answers',
    begins: (property) => property.finds({ reach: 'swallowed' }),
    ends: (property) => property.finds({ reach: 'open' }),
    headline: new RegExp(`^No internet since \\S+\\. .*${safe}`),
    doctor: /PROBLEM +Internet: .*nothing out there answers.*\n.*internet provider/,
    outage: 'offline',
  },
  {
    name: 'the internet is away, and a lock on the property’s own network goes on',
    property: { lock: true },
    begins: (property) => property.finds({ reach: 'swallowed' }),
    goesOn: 'lock',
    ends: (property) => property.finds({ reach: 'open' }),
    headline: new RegExp(`^No internet since .*${safe}`),
    doctor: /PROBLEM +Internet: /,
    outage: 'offline',
  },
  {
    name: 'this PC’s connection into the property’s own network is gone, and the internet is there',
    property: { lock: true },
    begins: async ({ network }) => network.lockCable('down'),
    goesOn: 'tower',
    ends: async ({ network }) => network.lockCable('up'),
    headline:
      /^This PC has not reached the property's own network since .*Events for 192\.168\.\d+\.2 are safe and wait/,
    doctor: /own network/,
    outage: 'local_network',
  },
  {
    name: 'a sign-in page answers 302 to everything',
    inSuite: true,
    begins: (property) => property.finds({ http: 'sign_in_page', https: 'refused' }),
    ends: (property) => property.finds({ http: 'probes', https: 'receivers' }),
    headline: new RegExp(`sign-in.*${safe}`),
    doctor: /PROBLEM +Internet: .*sign-in/,
    outage: 'sign_in_page',
  },
  {
    name: 'a sign-in page answers TLS with its own name',
    begins: (property) => property.finds({ http: 'refused', https: 'sign_in_page' }),
    ends: (property) => property.finds({ http: 'probes', https: 'receivers' }),
    headline: new RegExp(`sign-in.*${safe}`),
    doctor: /PROBLEM +Internet: .*sign-in/,
    outage: 'sign_in_page',
  },
  {
    name: 'a sign-in page answers TLS alone',
    begins: (property) => property.finds({ https: 'sign_in_page' }),
    ends: (property) => property.finds({ https: 'receivers' }),
    headline: new RegExp(`sign-in.*${safe}`),
    doctor: /PROBLEM +Internet: .*sign-in.*in the place of .*plain HTTP are let through \(\S+\)\.\n/,
    outage: 'sign_in_page',
  },
  {
    name: 'the proxy wants a password',
    inSuite: true,
    property: asProxy,
    begins: (property) =>
      property.finds({ proxy: { status: 407, asksFor: ['Negotiate', 'Basic realm="Tower Hotel proxy"'] } }),
    ends: (property) => property.finds({ proxy: 'tunnels' }),
    headline: new RegExp(`proxy.*${proxyName} asks for a password.*${safe}`),
    doctor: new RegExp(
      `PROBLEM +Internet: .*${proxyName} asks for a password \\(407: Negotiate, Basic “Tower Hotel proxy”\\)`,
      's',
    ),
    outage: 'proxy',
  },
  {
    name: 'the proxy wants a sign-in of Windows',
    property: asProxy,
    begins: (property) => property.finds({ proxy: { status: 407, asksFor: ['Negotiate', 'NTLM'] } }),
    ends: (property) => property.finds({ proxy: 'tunnels' }),
    headline: new RegExp(`proxy.*${proxyName} asks for Negotiate, NTLM, which.*${safe}`),
    doctor: new RegExp(`PROBLEM +Internet: .*${proxyName} asks for Negotiate, NTLM \\(407\\)`, 's'),
    outage: 'proxy',
  },
  {
    name: 'the proxy is gone',
    property: asProxy,
    begins: (property) => property.finds({ proxy: 'gone' }),
    ends: (property) => property.finds({ proxy: 'tunnels' }),
    headline: new RegExp(`proxy.*${proxyName} cannot be reached.*${safe}`),
    doctor: new RegExp(`PROBLEM +Internet: .*${proxyName} has not been reached`, 's'),
    outage: 'proxy',
  },
  {
    name: 'this PC’s clock is three years back',
    inSuite: true,
    property: { clockAheadMs: -threeYearsMs, world: { https: 'years_ahead' } },
    beginsWithIt: true,
    begins: async () => {},
    async ends(property) {
      await property.finds({ https: 'receivers' });
      await property.moveClock('right');
    },
    headline: new RegExp(`clock is wrong.*${safe}`),
    doctor: /PROBLEM +Clock: /,
    outage: 'clock',
  },
  {
    name: 'this PC’s clock is an hour ahead',
    property: { clockMovesMs: hourMs },
    async begins(property) {
      await property.finds({ status: 401 });
      await property.moveClock('moved');
    },
    async ends(property) {
      await property.moveClock('right');
      await property.finds({ status: 200 });
    },
    headline: new RegExp(`clock is wrong.*${safe}`),
    doctor: /PROBLEM +Clock: /,
    outage: 'clock',
  },
  {
    name: 'connections are looked into, with one endpoint',
    property: { endpoints: ['harbour'] },
    begins: (property) => property.finds({ https: 'inspected' }),
    ends: (property) => property.finds({ https: 'receivers' }),
    headline: new RegExp(`intercepting.*${safe}`),
    doctor: /PROBLEM +Internet: .*intercepting.*Lobby Firewall Inspection/s,
    outage: 'interception',
  },
  {
    name: 'connections are looked into by a known product from the first start, with one endpoint',
    property: { endpoints: ['harbour'], world: { https: 'inspected_by_known' } },
    beginsWithIt: true,
    begins: async () => {},
    ends: (property) => property.finds({ https: 'receivers' }),
    headline: new RegExp(`^Sophos has been intercepting .*Sophos.*${safe}`),
    doctor: /PROBLEM +Internet: Sophos is intercepting.*Sophos SSL CA_Lobby.*api\.harbour-books\.example/s,
    outage: 'interception',
  },
  {
    name: 'connections are looked into, with three endpoints',
    property: { world: { https: 'inspected' } },
    beginsWithIt: true,
    begins: async () => {},
    ends: (property) => property.finds({ https: 'receivers' }),
    headline: new RegExp(`intercepting.*${safe}`),
    doctor: /PROBLEM +Internet: .*intercepting.*Lobby Firewall Inspection/s,
    outage: 'interception',
  },
  {
    name: 'connections are looked into, and IT allows it in the settings',
    inSuite: true,
    property: { world: { https: 'inspected' } },
    beginsWithIt: true,
    begins: async () => {},
    async ends(property) {
      const file = await property.file('inspector.pem', property.inspectorPem);
      const set = await property.relay('settings', 'set', '--ca-file', file);
      if (!/Trusts too +Lobby Firewall Inspection/.test(set.out)) throw new Error(set.out + set.err);
    },
    headline: new RegExp(`intercepting.*${safe}`),
    doctor: /PROBLEM +Internet: .*intercepting/s,
    outage: 'interception',
  },
  {
    name: 'connections are looked into, and IT allows it in the system’s store',
    property: { world: { https: 'inspected' }, ownStore: true },
    beginsWithIt: true,
    begins: async () => {},
    ends: (property) => property.file('store.pem', property.inspectorPem),
    headline: new RegExp(`intercepting.*${safe}`),
    doctor: /PROBLEM +Internet: .*intercepting/s,
    outage: 'interception',
  },
  {
    name: 'the internet’s IPv6 leads nowhere, and then its IPv4 too',
    property: { world: { names6: true }, ipv6: 'nowhere' },
    begins: (property) => property.finds({ reach: 'swallowed' }),
    ends: (property) => property.finds({ reach: 'open' }),
    headline: new RegExp(`^No internet since .*${safe}`),
    doctor: /PROBLEM +Internet: /,
    outage: 'offline',
  },
  {
    name: 'a VPN takes the default route, and leads nowhere until it is up',
    begins: async ({ network }) => network.vpn('nowhere'),
    ends: async ({ network }) => network.vpn('through'),
    headline: new RegExp(`^No internet since .*${safe}`),
    doctor: /PROBLEM +Internet: /,
    outage: 'offline',
  },
];
