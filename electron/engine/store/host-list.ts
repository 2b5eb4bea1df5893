/** Names of hosts as `Host` headers have them, and as the settings keep them. */
import { RelayError } from '../../../shared/api.ts';
import { sentence } from '../../../shared/sentences/sentence.ts';

/**
 * A list of names for the settings, as `Host` headers have them: in lower case, without a port.
 * @throws RelayError `bad_input` that names the entry
 */
export function hostList(entries: readonly string[]): string[] {
  return entries.map((entry) => {
    const name = hostnameOf(entry.trim());
    if (name !== null && name === entry.trim().toLowerCase().replace(/\.$/, '')) return name;
    throw new RelayError('bad_input', sentence('problem.intake_host', { entry }), { member: 'intakeHosts' });
  });
}

/** The host of a `Host` header, without the port; null where it is no such thing. */
export function hostnameOf(host: string | undefined): string | null {
  const parts = /^(\[[\da-f:.]+\]|[a-z\d._-]+)(?::\d{1,5})?$/i.exec(host ?? '');
  // `localhost.` is localhost.
  return parts?.[1]?.toLowerCase().replace(/\.$/, '') ?? null;
}
