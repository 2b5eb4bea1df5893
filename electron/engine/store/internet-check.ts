/** What may be kept as addresses that are asked whether the internet is there: a slip is said when it is typed. */
import { RelayError } from '../../../shared/api.ts';
import type { Settings } from '../../../shared/schemas.ts';
import { sentence } from '../../../shared/sentences/sentence.ts';

/** So much of what was typed is said again. */
const mostShown = 200;

/** @throws RelayError `bad_input` that names the address at fault */
export function refuseUnusableChecks(setting: Settings['internetCheck'] | undefined): void {
  if (setting === undefined) return;
  if (setting.use === 'own' && setting.own.length === 0) {
    throw new RelayError('bad_input', sentence('problem.internet_check_none'), { member: 'internetCheck.own' });
  }
  const seen = new Set<string>();
  for (const [index, { address, expects }] of setting.own.entries()) {
    const member = `internetCheck.own[${index}]`;
    const shown = address.slice(0, mostShown);
    if (/^https:/i.test(address)) {
      throw new RelayError('bad_input', sentence('problem.internet_check_https', { address: shown }), {
        member: `${member}.address`,
      });
    }
    if (!isPlainAddress(address)) {
      throw new RelayError('bad_input', sentence('problem.internet_check_address', { address: shown }), {
        member: `${member}.address`,
      });
    }
    if (seen.has(new URL(address).href)) {
      throw new RelayError('bad_input', sentence('problem.internet_check_twice', { address: shown }), {
        member: `${member}.address`,
      });
    }
    seen.add(new URL(address).href);
    // What redirects is what a sign-in page does: it could not be told from one.
    if (/^\d+$/.test(expects) && !/^2\d\d$/.test(expects)) {
      throw new RelayError('bad_input', sentence('problem.internet_check_status', { expects }), {
        member: `${member}.expects`,
      });
    }
  }
}

function isPlainAddress(text: string): boolean {
  // By its text too: URL takes `http:host`, spaces around it and backslashes.
  if (!/^http:\/\/[^\s/\\@]+(?:\/[^\s\\]*)?$/i.test(text) || !URL.canParse(text)) return false;
  return new URL(text).hash === '';
}
