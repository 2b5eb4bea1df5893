/** The words are complete: no key is missing, none names a value that the other language does not, none is unused English. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type Area, english, filipino } from '../../../renderer/i18n/catalogues.ts';

const areas = Object.keys(english) as Area[];
const bare = (key: string) => key.replace(/_(one|other)$/, '');
const valuesOf = (text: string) => [...new Set(text.match(/\{\{\w+\}\}/g) ?? [])].sort();

describe.each(areas)('the words of %s', (area) => {
  const en = english[area] as Readonly<Record<string, string>>;
  const fil = filipino[area] as Readonly<Record<string, string>>;

  test('have the same keys in both languages', () => {
    expect(Object.keys(fil).sort()).toEqual([...new Set(Object.keys(en).map(bare))].sort());
  });

  test('are all said: no text is empty', () => {
    expect([...Object.entries(en), ...Object.entries(fil)].filter(([, text]) => text.trim() === '')).toEqual([]);
  });

  test('name the same values in both languages', () => {
    const differing = Object.entries(en)
      .filter(([key]) => !key.endsWith('_one'))
      .filter(([key, text]) => valuesOf(text).join() !== valuesOf(fil[bare(key)] ?? '').join())
      .map(([key]) => key);
    expect(differing).toEqual([]);
  });

  test('have both forms wherever English counts', () => {
    const halves = Object.keys(en).filter((key) => /_(one|other)$/.test(key));
    expect(halves.filter((key) => !(`${bare(key)}_one` in en && `${bare(key)}_other` in en))).toEqual([]);
  });
});

test('every key that the window asks for is there', () => {
  const missing = sources(join(import.meta.dirname, '../../../renderer')).flatMap((file) => {
    const text = readFileSync(file, 'utf8');
    const areaOf = /useWords(?:<'(\w+)'>)?\('?(\w+)?'?\)/.exec(text)?.[2] as Area | undefined;
    return [...text.matchAll(/\bt\(\s*'([^'$]+)'/g)].flatMap(([, key = '']) => {
      const [first, second] = key.includes(':') ? (key.split(':') as [Area, string]) : [areaOf, key];
      if (!first) return [];
      const words = english[first] as Readonly<Record<string, string>> | undefined;
      const known = words && (second in words || `${second}_other` in words);
      // A file with words of two areas is checked by the compiler alone.
      return known || severalAreas(text) ? [] : [`${file}: ${key}`];
    });
  });
  expect(missing).toEqual([]);
});

const severalAreas = (text: string) =>
  new Set([...text.matchAll(/useWords\('(\w+)'\)/g)].map(([, area]) => area)).size > 1;

/** Text between tags that no key stands for: a sentence written straight into a component. */
test('no component says anything that is not in the catalogues', () => {
  const said = sources(join(import.meta.dirname, '../../../renderer')).flatMap((file) =>
    file.endsWith('.tsx')
      ? [...readFileSync(file, 'utf8').matchAll(/>\s*([A-Za-z][A-Za-z ,.'’]{3,})\s*<\//g)].map(
          ([, text]) => `${file}: ${text}`,
        )
      : [],
  );
  expect(said).toEqual([]);
});

function sources(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name) && !entry.name.includes('words.'))
    .map((entry) => join(entry.parentPath, entry.name));
}
