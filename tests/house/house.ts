/**
 * The measure of the house, printed by `npm run check`: files and lines of each room, and how many production files a
 * change of its kind opens. What a change opens is counted by a name: whoever adds another of its kind goes where one
 * that is there already is named. Ends with 1 where a room imports what it may not.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { importsUnder, violations } from './rooms.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** A kind of change, an example that is there, and how many files it should open, words aside. */
const changes: readonly (readonly [change: string, example: RegExp, goal: number, where?: RegExp])[] = [
  ['a new event type', /\binventory\.low\b/, 6],
  ['a new endpoint option', /\bhold(?:OlderThanHours|_older_than_hours|-older-than-hours)\b/, 5],
  // Beside the two files of its own, which nothing but these indexes names.
  ['a new endpoint kind', /from '\.\/webhook\.ts'|export const webhook\b/, 4],
  ['a new source kind', /from '\.\/spool\.ts'|export const spool:/, 4],
  ['a new condition', /\bvault_?plain\b/i, 4],
  // Its command is a change of its own: the window's call works without.
  ['a new call from window to engine', /'events\.story'/, 3, /^(?!electron\/cli\/)/],
  ['the command of a call', /'events\.story'/, 1, /^electron\/cli\//],
];

interface SourceFile {
  readonly path: string;
  readonly text: string;
}

function sourcesUnder(folder: string): SourceFile[] {
  return readdirSync(`${root}/${folder}`, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name))
    .map((name) => `${folder}/${name.replaceAll('\\', '/')}`)
    .map((path) => ({ path, text: readFileSync(`${root}/${path}`, 'utf8') }));
}

const files = ['electron', 'renderer', 'shared'].flatMap(sourcesUnder);
const lines = ({ text }: SourceFile): number => text.split('\n').length - 1;
const isWords = ({ path }: SourceFile): boolean => /\.(?:en|fil)\.ts$|\/migrations\//.test(path);

/** `electron/engine/queue`, `renderer/features/events`, `shared`. */
function roomOf({ path }: SourceFile): string {
  const folders = path.split('/').slice(0, -1);
  const deep = folders[0] === 'shared' ? 1 : folders[1] === 'engine' || folders[1] === 'features' ? 3 : 2;
  return folders.slice(0, deep).join('/');
}

const byRoom = Map.groupBy(files, roomOf);
console.log('files and lines of each room');
for (const [room, members] of [...byRoom].sort(([a], [b]) => a.localeCompare(b))) {
  const total = members.reduce((sum, file) => sum + lines(file), 0);
  console.log(`${String(members.length).padStart(5)}${String(total).padStart(7)}  ${room}`);
}

console.log('\nfiles that a change opens, words and migrations aside');
for (const [change, example, goal, where = /^/] of changes) {
  const opened = files.filter((file) => !isWords(file) && where.test(file.path) && example.test(file.text));
  console.log(`${String(opened.length).padStart(5)}  ${change} (goal ${goal})`);
  for (const { path } of opened) console.log(`         ${path}`);
}

const refused = violations(importsUnder(root, 'electron'));
console.log(refused.length === 0 ? '\nno room imports what it may not' : `\n${refused.join('\n')}`);
process.exitCode = refused.length === 0 ? 0 : 1;
