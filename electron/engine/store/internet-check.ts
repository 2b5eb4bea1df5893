/** What may be kept as addresses that are asked whether the internet is there: a slip is said when it is typed. */
import { RelayError } from '../../../shared/api.ts';
import type { Sentence } from '../../../shared/domain.ts';
import { expectedStatus } from '../../../shared/internet-check.ts';
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
    const member = `internetCheck.own[${index}].address`;
    const said = { member, address: address.slice(0, mostShown) };
    if (/^https:/i.test(address)) throw refused(member, sentence('problem.internet_check_https', said));
    if (!isPlainAddress(address)) throw refused(member, sentence('problem.internet_check_address', said));
    const { href } = new URL(address);
    if (seen.has(href)) throw refused(member, sentence('problem.internet_check_twice', said));
    seen.add(href);
    // What redirects is what a sign-in page does: it could not be told from one.
    if (/^\d+$/.test(expects) && expectedStatus(expects) === null) {
      const at = `internetCheck.own[${index}].expects`;
      throw refused(at, sentence('problem.internet_check_status', { member: at, expects }));
    }
  }
}

const refused = (member: string, says: Sentence) => new RelayError('bad_input', says, { member });

function isPlainAddress(text: string): boolean {
  // By its text too: URL takes `http:host`, spaces around it and backslashes.
  if (!/^http:\/\/[^\s/\\@]+(?:\/[^\s\\]*)?$/i.test(text) || !URL.canParse(text)) return false;
  return new URL(text).hash === '';
}
