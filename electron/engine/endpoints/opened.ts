/** The endpoints as they are stored, with their health and with what could be opened of them. */
import type { EngineContext } from '../context.ts';
import { createEndpointStore, type EndpointStore } from '../store/endpoints.ts';
import { createSecretStore, type SecretStore } from '../store/secrets.ts';
import { createHealthLedger, type HealthLedger } from './health-ledger.ts';
import { createTargets, type Targets } from './targets.ts';

export interface OpenedEndpoints {
  readonly endpoints: EndpointStore;
  readonly secrets: SecretStore;
  readonly ledger: HealthLedger;
  readonly targets: Targets;
}

export function openEndpoints({
  writer,
  commit,
  vault,
  logger,
}: Pick<EngineContext, 'writer' | 'commit' | 'vault' | 'logger'>): OpenedEndpoints {
  const endpoints = createEndpointStore(writer);
  const secrets = createSecretStore(writer);
  const ledger = createHealthLedger(commit, endpoints);
  return { endpoints, secrets, ledger, targets: createTargets({ endpoints, secrets, vault, ledger, logger }) };
}
