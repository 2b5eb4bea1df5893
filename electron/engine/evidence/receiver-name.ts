/** What the manager reads as the receiver's name. */
import type { Evidence } from './evidence.ts';
import { knownService } from './known-services.ts';

/** A service that people know, else what the property calls the endpoint, else the host. */
export function receiverName(evidence: Pick<Evidence, 'host' | 'name'>): string {
  return knownService(evidence.host)?.name ?? evidence.name ?? evidence.host;
}
