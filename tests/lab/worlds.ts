/** What a property finds out there: each has a world of its own, told apart by the address that it comes from. */

/** Receivers of unrelated sites, with the addresses of their names (RFC 5737, RFC 3849). */
export const receivers = {
  tower: { host: 'hooks.tower.example', address: '203.0.113.11', address6: '2001:db8:ffff::11' },
  harbour: { host: 'api.harbour-books.example', address: '203.0.113.12', address6: '2001:db8:ffff::12' },
  mango: { host: 'in.mango-mail.example', address: '203.0.113.13', address6: '2001:db8:ffff::13' },
} as const;
export type ReceiverName = keyof typeof receivers;

/** Where it may be asked whether the internet is there. */
export const probeHosts = {
  'up.one-probe.example': '203.0.113.81',
  'up.two-probe.example': '203.0.113.82',
  'up.three-probe.example': '203.0.113.83',
} as const;

/** As the settings take them. */
export const internetCheck = {
  use: 'own' as const,
  own: Object.keys(probeHosts).map((host) => ({ address: `http://${host}/`, expects: '204' })),
};

/** A door lock on the network of one property: with an address, and no name. */
export const lockOf = (no: number) => ({ address: `192.168.${100 + no}.2`, pc: `192.168.${100 + no}.1` });
export const mostProperties = 100;

export const nameServer = '192.0.2.53';
export const officeProxy = { address: '192.0.2.80', port: 3128 } as const;
export const signInHost = 'login.hotel-wifi.example';
/** Who signs in place of everybody where connections are looked into. */
export const inspector = 'Lobby Firewall Inspection';
/** The same, under the name of a product that is known for it. */
export const knownInspector = 'Sophos SSL CA_Lobby';

export interface World {
  readonly names: 'answered' | 'silent';
  /** Names lead to IPv6 addresses too. */
  readonly names6: boolean;
  /**
   * What answers on port 443: the receivers; a sign-in page with a certificate of its own name; somebody who looks into
   * connections, with a private authority, or one that is known; receivers by a clock three years ahead; nobody (refused).
   */
  readonly https: 'receivers' | 'sign_in_page' | 'inspected' | 'inspected_by_known' | 'years_ahead' | 'refused';
  /** What answers on port 80: the addresses that are asked whether the internet is there, a sign-in page, or nobody. */
  readonly http: 'probes' | 'sign_in_page' | 'refused';
  /** Whether anything that is sent to the internet's addresses comes out anywhere. */
  readonly reach: 'open' | 'swallowed';
  /** By how much the clocks of those who answer are ahead of this machine's, in milliseconds. */
  readonly clockAheadMs: number;
  /** What receivers answer. */
  readonly status: number;
  /** What one receiver alone does, while the others answer. */
  readonly trouble: { readonly of: ReceiverName; readonly is: 'no_name' | 'cut_off' | 'expired' } | null;
  /** What the office's proxy does: lets through, asks for a name (with these lines), or is gone. */
  readonly proxy: 'tunnels' | 'gone' | { readonly status: number; readonly asksFor: readonly string[] };
}

export const ordinary: World = {
  names: 'answered',
  names6: false,
  https: 'receivers',
  http: 'probes',
  reach: 'open',
  clockAheadMs: 0,
  status: 200,
  trouble: null,
  proxy: 'tunnels',
};

/** What a receiver got. */
export interface Arrived {
  readonly from: string;
  readonly host: string;
  readonly bookingId: string;
  readonly status: number;
}
