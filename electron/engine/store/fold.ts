/**
 * How a guest's name is kept in `events.guest` for searching, and how what a person types is made comparable:
 * without case and without accents, so that "maria" finds "María".
 */
export const foldName = (name: string): string =>
  name.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase().replaceAll(/\s+/g, ' ').trim();
