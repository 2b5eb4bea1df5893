/** What engines that hand events on have in common: JSON in which `data` stands digit for digit, a token, a known id. */
import { sentence } from '../../../../shared/sentences/sentence.ts';
import { counted, type Judgement, uncounted } from '../../evidence/judgement.ts';
import type { ShapeScope } from '../../shaping/scope.ts';
import type { Answer, OwnBodies, Receiver } from './kind.ts';
import { notItsAnswer, objectIn, textOf } from './proof.ts';

/** A member's value as JSON text. */
type Member = readonly [name: string, json: string];

const jsonHeaders = ['Content-Type', 'application/json'] as const;

/**
 * @param membersOf the body's members in their order: each name, and its value as JSON text
 * @param more what its answers mean, and what is said of them
 */
export const engine = (
  membersOf: (event: ShapeScope, config: Readonly<Record<string, unknown>>) => readonly Member[],
  { says, ...more }: Partial<Pick<OwnBodies, 'judge' | 'headersOf' | 'says'>> = {},
): OwnBodies => ({
  isShared: false,
  shape: (event, { config }) => ({
    ok: true,
    body: Buffer.from(objectText(membersOf(event, config)), 'utf8'),
    headers: jsonHeaders,
  }),
  headersOf: ({ config: { token } }) =>
    typeof token === 'string' ? [{ name: 'Authorization', value: `Bearer ${token}` }] : [],
  judge: () => null,
  says: {
    'outcome.key_refused': 'outcome.token_refused',
    'outcome.credentials_wanted': 'outcome.token_refused',
    ...says,
  },
  ...more,
});

export const objectText = (members: readonly Member[]): string =>
  `{${members.map(([name, json]) => `${JSON.stringify(name)}:${json}`).join(',')}}`;

/** The event as a webhook's receiver gets it, for whoever is behind the engine. */
export const eventText = ({ event, timestamp, dataText, propertyId }: ShapeScope): string =>
  objectText([
    ['event', JSON.stringify(event)],
    ['timestamp', JSON.stringify(timestamp)],
    ['data', dataText],
    ['property_id', JSON.stringify(propertyId)],
  ]);

/**
 * It has an event with this id already: an earlier attempt arrived, whose answer did not. A page that says 409 is somebody
 * else's, and the event would be gone.
 */
export function knownAlready(answer: Answer, at: Receiver): Judgement | null {
  if (answer.status !== 409) return null;
  const isItsOwn = textOf(answer) === '' || objectIn(answer) !== null;
  return isItsOwn
    ? uncounted('delivered', sentence('outcome.known_already', { name: at.name }))
    : notItsAnswer(answer, at);
}

/** It was taken, and nobody behind the engine gets it: that is no delivery. */
export const forNobody = (name: string): Judgement => counted('setup', sentence('outcome.for_nobody', { name }));
