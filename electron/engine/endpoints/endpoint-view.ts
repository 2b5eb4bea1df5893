/** An endpoint as the API shows it: a pure function of its row, its secrets and what else is known. */
import { endpointState, type UtcMs } from '../../../shared/domain.ts';
import { endpointName } from '../../../shared/endpoint-face.ts';
import { type EndpointKindName, kindNamed, kindOf, usualKind } from '../../../shared/endpoint-kinds/index.ts';
import type { EventType } from '../../../shared/events.ts';
import { isPlainLoopback } from '../../../shared/plain-loopback.ts';
import type { Endpoint, SealedPart } from '../../../shared/schemas.ts';
import { troubleView } from '../evidence/trouble.ts';
import { parseOwnTrust } from '../sending/trust.ts';
import type { EndpointRow } from '../store/endpoints.ts';
import type { SecretRow } from '../store/secrets.ts';
import { optionsOf } from './endpoint-options.ts';

export interface EndpointSurroundings {
  /** What of it cannot be decrypted. */
  readonly unreadable: readonly SealedPart[];
  /** What a person's clock shows at an engine time. */
  readonly toWall: (engineMs: number) => UtcMs;
  /** What a person's clock shows now. */
  readonly wallMs: number;
  /** Whether programs on this very PC may be reached over plain HTTP. */
  readonly mayBePlain: boolean;
}

/** What the deliveries of an endpoint amount to is left at nothing: the log counts it (`withEndpointFacts`). */
export function endpointView(row: EndpointRow, secrets: readonly SecretRow[], around: EndpointSurroundings): Endpoint {
  const next = secrets.find(({ role }) => role === 'next');
  const failing = row.health === 'failing';
  const { kind, options, config, fellBack } = optionsOf(row);
  const { caPem, ...shown } = options;
  return {
    id: row.id,
    kind,
    config,
    kindSecrets: JSON.parse(row.kindSecretNames) as Endpoint['kindSecrets'],
    suggestedKind: suggestedFor(kind, row.host),
    name: endpointName(row),
    description: row.description,
    host: row.host,
    address: row.maskedAddress,
    local: row.local === 1,
    plain: isPlainRow(row) ? (around.mayBePlain ? 'allowed' : 'off') : null,
    events: JSON.parse(row.events) as EventType[],
    state: endpointState(row.switch, row.health),
    switch: row.switch,
    health: row.health,
    failingSince: failing ? row.failingSince : null,
    nextTrialAt: failing && row.nextTrialAt !== null ? around.toWall(row.nextTrialAt) : null,
    pausedUntil: row.switch === 'paused' ? row.pausedUntil : null,
    pausedBy: row.switch === 'paused' ? row.pausedBy : null,
    headers: JSON.parse(row.headerNames) as Endpoint['headers'],
    secretTail: secrets.find(({ role }) => role === 'current')?.tail ?? '',
    unreadable: [...around.unreadable],
    rotation: next
      ? {
          startedAt: next.addedAt,
          endsAt: around.toWall(next.switchAt ?? next.addedAt),
          nextTail: next.tail,
          testedAt: next.testedAt,
        }
      : null,
    ca: certificateOf(caPem),
    ...shown,
    atDefault: [...fellBack],
    testedAt: row.testedAt,
    toBench:
      row.benchUrl === null
        ? null
        : { since: row.benchSince ?? row.createdAt, until: around.toWall(row.benchUntil ?? 0) },
    benchCutOff: row.benchUrl === null && row.benchKept !== null ? benchCutOff(row.benchKept) : null,
    swallowed: 0,
    waiting: 0,
    retrying: 0,
    retried: null,
    needsAttention: 0,
    tooOld: null,
    oldestWaitingAt: null,
    nextAttemptAt: null,
    heldUntil: null,
    lastAnswer:
      row.lastAnswerAt === null || row.lastOutcome === null || row.lastSentence === null
        ? null
        : {
            at: row.lastAnswerAt,
            status: row.lastStatus,
            outcome: row.lastOutcome,
            durationMs: row.lastDurationMs,
            sentence: JSON.parse(row.lastSentence),
          },
    trouble: troubleView(row.trouble, around.wallMs),
    attention: null,
    successRate: null,
    createdAt: row.createdAt,
    removedAt: row.removedAt,
  };
}

/** Of its own address, not of the test bench's. Where the path is masked, scheme and host are not. */
export const isPlainRow = ({ maskedAddress }: Pick<EndpointRow, 'maskedAddress'>): boolean =>
  URL.canParse(maskedAddress) && isPlainLoopback(new URL(maskedAddress));

/** Where both send the same, nothing is to be told. */
function suggestedFor(kind: EndpointKindName, host: string): EndpointKindName | null {
  const told = kindOf(`https://${host}/`);
  return kind === usualKind && told !== kind && !kindNamed(told).sendsEvents ? told : null;
}

/** @param kept of an endpoint that does not point at the test bench any more */
const benchCutOff = (kept: string): Endpoint['benchCutOff'] =>
  (JSON.parse(kept) as { readonly cutOff?: NonNullable<Endpoint['benchCutOff']> }).cutOff ?? null;

function certificateOf(pem: string | null): Endpoint['ca'] {
  if (pem === null) return null;
  const { subject, fingerprint, validTo } = parseOwnTrust(pem).facts;
  return { subject, fingerprint, expiresAt: validTo };
}
