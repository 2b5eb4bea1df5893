/**
 * The addresses that are asked whether the internet is there, and what each answers where it is. They are asked after
 * something failed on its way, and while there is no way out; never while events arrive.
 */

export interface InternetCheck {
  /** A plain `http:` address: a sign-in page can answer in its place, which is what is looked for. */
  readonly address: string;
  /** The status that it answers (`204`), or the text that it answers with a 200. */
  readonly expects: string;
}

/**
 * What Android and Chrome, Windows, and Apple's systems ask whenever they join a network: three unrelated owners, of which
 * two decide.
 * https://www.chromium.org/chromium-os/chromiumos-design-docs/network-portal-detection/
 * https://learn.microsoft.com/troubleshoot/windows-client/networking/internet-explorer-edge-open-connect-corporate-public-network
 * https://support.apple.com/101555
 */
export const standardChecks: readonly InternetCheck[] = [
  { address: 'http://connectivitycheck.gstatic.com/generate_204', expects: '204' },
  { address: 'http://www.msftconnecttest.com/connecttest.txt', expects: 'Microsoft Connect Test' },
  {
    address: 'http://captive.apple.com/hotspot-detect.html',
    expects: '<HTML><HEAD><TITLE>Success</TITLE></HEAD><BODY>Success</BODY></HTML>',
  },
];

/** Those of the settings that are asked now; none where that is switched off. */
export function checksOf(setting: {
  readonly use: 'standard' | 'own' | 'off';
  readonly own: readonly InternetCheck[];
}): readonly InternetCheck[] {
  if (setting.use === 'standard') return standardChecks;
  return setting.use === 'own' ? setting.own : [];
}

/** What is expected as a status; null where a text is. */
export function expectedStatus(expects: string): number | null {
  return /^2\d\d$/.test(expects) ? Number(expects) : null;
}

/** One check as a person writes it, on one line: the address, a blank, and what it answers; 204 where nothing is given. */
export function checkOfLine(line: string): InternetCheck {
  const [, address = '', expects = ''] = /^\s*(\S*)\s*(.*?)\s*$/s.exec(line) ?? [];
  return { address, expects: expects === '' ? '204' : expects };
}

export const lineOfCheck = ({ address, expects }: InternetCheck): string => `${address} ${expects}`;
