/** A text as names are compared, and where each letter of that stands in the text itself: what is found can be cut. */
import { foldName } from '../store/fold.ts';

interface Folded {
  /** As foldName, each white space as one. */
  readonly folded: string;
  /** Where in the text the sign stands from which a letter of it came; accents of their own belong to the letter before. */
  placeOf(letter: number): number;
}

export function foldedWithPlaces(text: string): Folded {
  if (/^[ -_a-~\s]*$/.test(text)) {
    return { folded: text.toLowerCase().replaceAll(/\s/g, ' '), placeOf: (letter) => letter };
  }
  let folded = '';
  let place = 0;
  const places: number[] = [];
  for (const sign of text) {
    const one = /\s/.test(sign) ? ' ' : foldName(sign);
    for (let i = 0; i < one.length; i += 1) places.push(place);
    folded += one;
    place += sign.length;
  }
  return { folded, placeOf: (letter) => places[letter] ?? text.length };
}
