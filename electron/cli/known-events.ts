/** Event types as a person types them. */
import { allEventTypes, type EventType, eventTypes } from '../../shared/events.ts';
import { CommandError } from './command-error.ts';

/** Names, lists with commas, and patterns such as `booking.*`. All of them are what a PMS says: notices are asked for by name. */
export function knownEvents(given: readonly string[], option = '--events'): EventType[] {
  const chosen = given
    .flatMap((text) => text.split(','))
    .map((text) => text.trim())
    .filter((text) => text !== '')
    .flatMap((text): readonly EventType[] => {
      if (text === '*' || text === 'all') return eventTypes;
      if (text.endsWith('.*')) return allEventTypes.filter((type) => type.startsWith(text.slice(0, -1)));
      return allEventTypes.filter((type) => type === text);
    });
  const unknown = given.flatMap((text) => text.split(',')).find((text) => !isKnownPattern(text.trim()));
  if (unknown !== undefined || chosen.length === 0) {
    const message = `${option}: "${unknown ?? ''}" is not an event. Expected one of ${allEventTypes.join(', ')}.`;
    throw new CommandError('bad_input', message, { member: option });
  }
  return [...new Set(chosen)];
}

const isKnownPattern = (text: string): boolean =>
  text === '' ||
  text === '*' ||
  text === 'all' ||
  allEventTypes.some((type) => type === text) ||
  (text.endsWith('.*') && allEventTypes.some((type) => type.startsWith(text.slice(0, -1))));
