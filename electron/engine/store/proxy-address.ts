/** What may be kept as the proxy: what can be gone through, so that a slip is said when it is typed. */
import { RelayError } from '../../../shared/api.ts';
import { sentence } from '../../../shared/sentences/sentence.ts';
import { hiddenPassword } from './proxy-password.ts';

/** So much of what was typed is said again. */
const mostShown = 200;

/** @throws RelayError `bad_input` for what is neither `system`, `none` nor a proxy's address; no password is in it */
export function refuseUnusableProxy(proxy: string): void {
  if (proxy === 'system' || proxy === 'none' || isProxyAddress(proxy)) return;
  const shown = { proxy: withoutPassword(proxy).slice(0, mostShown) };
  const says = /^socks/i.test(proxy) ? sentence('problem.proxy_socks', shown) : sentence('problem.proxy', shown);
  throw new RelayError('bad_input', says, { member: 'proxy' });
}

function isProxyAddress(text: string): boolean {
  // By its text too: URL takes `http:host`, spaces around it and backslashes, and the sender goes by the text.
  if (!/^https?:\/\/[^\s/\\]+\/?$/i.test(text) || !URL.canParse(text)) return false;
  const { hostname } = new URL(text);
  return hostname !== '';
}

/** What stands before an `@` may be a password, however broken the rest is. */
const withoutPassword = (text: string): string =>
  text.replace(/^([a-z][a-z\d+.-]*:\/*)?(.*)@/is, (_whole, scheme: string | undefined, user: string) => {
    const colon = user.indexOf(':');
    return `${scheme ?? ''}${colon < 0 ? hiddenPassword : `${user.slice(0, colon)}:${hiddenPassword}`}@`;
  });
