/** The product's own contract: four members, `data` byte for byte as it came, and what an answer's status says. */
import { sentence } from '../../../../shared/sentences/sentence.ts';
import { counted } from '../../evidence/judgement.ts';
import type { EventForBody, SharedBodies } from './kind.ts';
import { echoOf } from './script-echo.ts';

const headers = ['Content-Type', 'application/json'] as const;

export const webhook: SharedBodies = {
  isShared: true,
  shape: (event) => ({ body: Buffer.from(bodyText(event), 'utf8'), headers }),
  // The answer of a script of Google's, which its own kind knows how to fetch (`apps-script.ts`).
  judge: ({ status, headers }, { name }) =>
    echoOf(status, headers) === null ? null : counted('setup', sentence('outcome.script_redirect', { name, status })),
};

/** The exact text that is signed and sent. */
export function bodyText(event: EventForBody): string {
  return `{"event":${JSON.stringify(event.event)},"timestamp":${JSON.stringify(event.timestamp)},"data":${event.dataText},"property_id":${JSON.stringify(event.propertyId)}}`;
}
