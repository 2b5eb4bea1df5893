/**
 * Products that stand between a PC and the internet and answer with certificates of their own: told by the words that
 * their authorities' names hold, so that a manager reads a name that they know from the corner of their screen.
 */
const interceptors: readonly (readonly [words: RegExp, name: string])[] = [
  [/kaspersky/i, 'Kaspersky'],
  [/\beset\b/i, 'ESET'],
  [/\bavast\b/i, 'Avast'],
  [/\bavg\b/i, 'AVG'],
  [/bitdefender/i, 'Bitdefender'],
  [/dr\.?\s?web/i, 'Dr.Web'],
  [/\bnorton(lifelock| (web|internet|security|antivirus|360|family)\b)/i, 'Norton'],
  [/trend ?micro/i, 'Trend Micro'],
  [/mcafee|skyhigh/i, 'McAfee'],
  [/sophos/i, 'Sophos'],
  [/adguard/i, 'AdGuard'],
  [/fortinet|fortigate/i, 'Fortinet'],
  [/zscaler/i, 'Zscaler'],
  [/netskope/i, 'Netskope'],
  [/cisco umbrella|opendns/i, 'Cisco Umbrella'],
  [/gateway ca - cloudflare/i, 'Cloudflare Gateway'],
  [/palo alto/i, 'Palo Alto Networks'],
  [/check ?point/i, 'Check Point'],
  [/sonicwall/i, 'SonicWall'],
  [/watchguard/i, 'WatchGuard'],
  [/blue ?coat/i, 'Blue Coat'],
  [/barracuda (networks|web|cloudgen|central|firewall)/i, 'Barracuda'],
  [/forcepoint|websense/i, 'Forcepoint'],
  [/mikrotik/i, 'MikroTik'],
  [/mitmproxy/i, 'mitmproxy'],
];

/** @param issuer who made the certificate, as it says, with all its parts; null where it does not */
export function interceptorNamed(issuer: string | null): string | null {
  if (issuer === null) return null;
  return interceptors.find(([words]) => words.test(issuer))?.[1] ?? null;
}
