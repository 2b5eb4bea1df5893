/** What a proxy asks for with its 407: the ways to sign in that it names (RFC 9110, 11.7.1). */
import { harmless } from '../../../../shared/harmless.ts';

export interface ProxyChallenge {
  /** `Basic`, `NTLM` …, as the proxy writes them, each once. */
  readonly schemes: readonly string[];
  /** What it says that the name and password are for; null where it says nothing. */
  readonly realm: string | null;
}

const mostSchemes = 6;
const longestRealm = 80;
/** A scheme stands at the beginning or behind a comma, and is no parameter, which has an equals sign. */
const scheme = /(?:^|,)\s*([A-Za-z][A-Za-z\d-]{0,30})(?=\s|,|$)(?!\s*=)/g;

/** @param lines the values of `Proxy-Authenticate` */
export function readChallenge(lines: readonly string[]): ProxyChallenge {
  const texts = lines.map((line) => line.slice(0, 4096));
  const bare = texts.map((text) => text.replace(/"(?:[^"\\]|\\.)*"/g, '""'));
  const schemes = bare.flatMap((text) => [...text.matchAll(scheme)].flatMap(([, name]) => name ?? []));
  const once = [...new Map(schemes.map((name) => [name.toLowerCase(), name])).values()].slice(0, mostSchemes);
  const realm = texts.map((text) => /\brealm\s*=\s*"((?:[^"\\]|\\.)*)"/i.exec(text)?.[1]).find((one) => one);
  return {
    schemes: once,
    realm: realm === undefined ? null : harmless(realm.replace(/\\(.)/g, '$1')).slice(0, longestRealm),
  };
}

/** Whether name and password could be given: by Basic, or where it does not say how. */
export const takesPassword = ({ schemes }: ProxyChallenge): boolean =>
  schemes.length === 0 || schemes.some((name) => name.toLowerCase() === 'basic');

/** `Basic “Office proxy”, NTLM`; empty where nothing was named. */
export const challengeText = ({ schemes, realm }: ProxyChallenge): string =>
  `${schemes.join(', ')}${realm === null ? '' : ` “${realm}”`}`.trim();
