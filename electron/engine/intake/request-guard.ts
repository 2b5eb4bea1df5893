/**
 * Keeps web pages out. A page in the manager's browser can make the browser post to loopback, and a host name
 * that is bound anew to 127.0.0.1 makes it look like home: what a browser adds, and what host it thinks it
 * talks to, tells both apart from a PMS.
 */

import type { IncomingHttpHeaders } from 'node:http';
import { hostname } from 'node:os';
import type { Sentence } from '../../../shared/domain.ts';
import { sentence } from '../../../shared/sentences/sentence.ts';
import { hostnameOf } from '../store/host-list.ts';
import { IntakeRefusal } from './refusal.ts';

/** Whether a `Host` header names this listener; `hostname` comes in lower case and without its port. */
export type KnowsHost = (hostname: string) => boolean;

/** Names that mean this PC everywhere; a container that is given `host.docker.internal` means the PC it runs on. */
const loopbackNames = new Set(['localhost', '[::1]', 'ip6-localhost', 'host.docker.internal']);

/** This PC's own names, in lower case: as it calls itself, and as its network does. */
export function ownNames(pc = hostname()): readonly string[] {
  const name = pc.toLowerCase();
  const short = name.split('.', 1)[0] ?? name;
  return [...new Set([name, short, `${short}.local`])];
}

/**
 * Whether a name is one of loopback, of this PC, or of those that a person listed (decision 41): none of them can
 * be bound anew by a page's owner.
 * @param listed as the settings have them now
 */
export const knowsOwnHost =
  (listed: () => readonly string[]): KnowsHost =>
  (name) =>
    loopbackNames.has(name) ||
    /^127(?:\.\d{1,3}){3}$/.test(name) ||
    ownNames().includes(name) ||
    listed().includes(name);

/** @throws IntakeRefusal 403 */
export function refuseBrowsers(headers: IncomingHttpHeaders, knowsHost: KnowsHost): void {
  if (headers.origin !== undefined || headers['sec-fetch-site'] !== undefined) {
    throw notAllowed(sentence('refusal.web_page'));
  }
  const hostname = hostnameOf(headers.host);
  if (hostname === null || !knowsHost(hostname)) {
    throw notAllowed(sentence('refusal.other_host'));
  }
}

const notAllowed = (says: Sentence): IntakeRefusal => new IntakeRefusal(403, 'not_allowed', says);
