/**
 * Keeps web pages out. A page in the manager's browser can make the browser post to loopback, and a host name
 * that is bound anew to 127.0.0.1 makes it look like home: what a browser adds, and what host it thinks it
 * talks to, tells both apart from a PMS.
 */
import type { IncomingHttpHeaders } from 'node:http';
import type { Sentence } from '../../../shared/domain.ts';
import { sentence } from '../../../shared/sentences/sentence.ts';
import { IntakeRefusal } from './refusal.ts';

/** Whether a `Host` header names this listener; `hostname` comes in lower case and without its port. */
export type KnowsHost = (hostname: string) => boolean;

export const isLoopbackHost: KnowsHost = (hostname) =>
  hostname === '127.0.0.1' || hostname === 'localhost' || hostname === '[::1]';

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

/** The host of a `Host` header, without the port; null where it is no such thing. */
export function hostnameOf(host: string | undefined): string | null {
  const parts = /^(\[[\da-f:.]+\]|[a-z\d._-]+)(?::\d{1,5})?$/i.exec(host ?? '');
  return parts?.[1]?.toLowerCase() ?? null;
}

const notAllowed = (says: Sentence): IntakeRefusal => new IntakeRefusal(403, 'not_allowed', says);
