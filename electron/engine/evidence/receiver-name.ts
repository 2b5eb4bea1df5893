/** What the manager reads as the receiver's name. */
import { knownReceiver } from '../../../shared/endpoint-kinds/index.ts';
import type { Evidence } from './evidence.ts';

/** A service that people know, else what the property calls the endpoint, else the host. */
export function receiverName(evidence: Pick<Evidence, 'host' | 'name'>): string {
  return knownReceiver(evidence.host)?.name ?? evidence.name ?? evidence.host;
}
