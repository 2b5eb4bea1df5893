/** Which names in a folder are files to be taken, and which are still being written. */
import { literally } from '../../../../../shared/literally.ts';

/** Beside a file that was moved: why. */
export const reasonEnding = '.reason.txt';

/** Names under which programs write a file before they give it its own. */
const unfinished = /\.(?:tmp|temp|part|partial|filepart|crdownload|download|writing|swp|lock)$/i;

export const isUnfinished = (name: string): boolean => unfinished.test(name);

/** Windows puts these into folders that somebody looks at. */
const ofWindows = /^(?:(?:eh)?thumbs\.db|desktop\.ini)$/i;

/** Hidden ones, and those that Windows, Office and editors put beside a file. */
export const isAside = (name: string): boolean =>
  name.startsWith('.') || name.startsWith('~') || name.endsWith('~') || ofWindows.test(name);

/** @param pattern `*` for any letters, `?` for one; capitals do not matter */
export function namesOf(pattern: string): (name: string) => boolean {
  const letters = [...pattern].map((one) => (one === '*' ? '.*' : one === '?' ? '.' : literally(one)));
  const whole = new RegExp(`^${letters.join('')}$`, 'iu');
  return (name) => whole.test(name) && !isUnfinished(name) && !isAside(name) && !name.endsWith(reasonEnding);
}

/** Whether a file that is taken can have such a name; brackets are no part of our patterns, and who writes one expects it. */
export const canMatch = (pattern: string): boolean =>
  !/[/[\]]/.test(pattern) && !isUnfinished(pattern) && !isAside(pattern) && !pattern.endsWith(reasonEnding);
