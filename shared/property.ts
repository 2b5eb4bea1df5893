/** Which property an event is of where it does not say: one answer for the intake, the doctor and the first steps. */
import type { Situation, Source } from './schemas.ts';

type Origin = Pick<Source, 'propertyId' | 'revokedAt'>;

const inUse = (sources: readonly Origin[]): readonly Origin[] => sources.filter(({ revokedAt }) => revokedAt === null);

/** Those that the sources in use have, each once. */
export const propertiesOf = (sources: readonly Origin[]): readonly string[] => [
  ...new Set(inUse(sources).flatMap(({ propertyId }) => propertyId ?? [])),
];

/** Whether each source in use has its own; false where there is none. */
export function eachHasItsOwn(sources: readonly Origin[]): boolean {
  const used = inUse(sources);
  return used.length > 0 && used.every(({ propertyId }) => propertyId !== null);
}

/** Whether no event can come in without its property being known. */
export const isPropertyKnown = ({ propertyId, sources }: Pick<Situation, 'propertyId' | 'sources'>): boolean =>
  propertyId !== null || eachHasItsOwn(sources);
