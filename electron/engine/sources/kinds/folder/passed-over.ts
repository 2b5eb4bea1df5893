/**
 * What lies in a folder as if it were a file of it, and is none: a link, which may name anything, a pipe, a device, or a
 * folder, in which nobody looks. Each is told once while it lies there.
 */
import type { Dirent } from 'node:fs';
import type { Sentence } from '../../../../../shared/domain.ts';
import { sentence } from '../../../../../shared/sentences/sentence.ts';
import { processedFolder, rejectedFolder } from '../../../files/moved-aside.ts';
import { isAside } from './names.ts';

/** So many are told by name. */
const mostNamed = 5;
const own: ReadonlySet<string> = new Set([processedFolder, rejectedFolder]);

/** @param isWanted whether a file of that name is taken; a folder of any name may hold some */
export const passedOver = (entries: readonly Dirent[], isWanted: (name: string) => boolean): readonly string[] =>
  entries
    .filter((entry) => {
      if (entry.isFile() || isAside(entry.name)) return false;
      return entry.isDirectory() ? !own.has(entry.name.toLowerCase()) : isWanted(entry.name);
    })
    .map(({ name }) => name)
    .sort();

export function passedOverSaid(folder: string, names: readonly string[]): Sentence {
  const more = names.length - mostNamed;
  const files = names.slice(0, mostNamed).join(', ');
  return more > 0
    ? sentence('source.passed_over_more', { folder, names: files, count: more })
    : sentence('source.passed_over', { folder, names: files });
}

/** @returns what is to be told of those that lie there now; null: nothing that was not told */
export function createPassedOver(folder: string): (names: readonly string[]) => Sentence | null {
  let told: ReadonlySet<string> = new Set();
  return (names) => {
    const news = names.filter((name) => !told.has(name));
    told = new Set(names);
    return news.length === 0 ? null : passedOverSaid(folder, news);
  };
}
