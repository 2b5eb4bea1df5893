/** A support bundle as one zip, and what says what is in it. */
import { createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { ZipFile } from 'yazl';
import { type NamedFile, orDiscard } from '../files/named-file.ts';
import type { SupportFile } from './support-file.ts';

const about = `Roost Relay: support bundle

Each file can be read with any editor. Guests are "Guest 1" and so on; contact data, documents, notes, answers,
addresses behind their host, header values, secrets and tokens were taken out. What the property keeps in its own
exports by rules of its own (settings.json, privacyRules) is taken out here as well.

versions.json     of the product and of what it runs on
settings.json     what was set up, without secrets
situation.json    states and facts, each with since when (only while the engine ran)
doctor.json       what the doctor found (only while the engine ran)
endpoints.json    where events go, and how each is
facts.json        what is known of the world, what is in trouble, and what was out
errors.json       the last attempts that failed, and requests that were refused
acts.json         what people did last, without who
integrity.json    whether the database is whole
sizes.json        of files, tables and the disk
timings.json      answers by the hour
deliveries.jsonl  the newest deliveries with their attempts
log.txt           the end of the engine's own log
`;

/** All files of a bundle in the order in which they are read. */
export const bundleOf = (files: readonly SupportFile[]): SupportFile[] => [
  { name: 'README.txt', text: about + unreadIn(files) },
  ...files,
];

/** The files that could not be read. */
export const unreadOf = (files: readonly SupportFile[]): string[] =>
  files.filter(({ problem }) => problem !== undefined).map(({ name }) => name);

function unreadIn(files: readonly SupportFile[]): string {
  const lines = files.flatMap(({ name, problem }) => (problem === undefined ? [] : [`  ${name}: ${problem}\n`]));
  return lines.length === 0 ? '' : `\nCould not be read:\n${lines.join('')}`;
}

/** @returns its size, once it has its name */
export async function writeBundle(
  files: readonly SupportFile[],
  file: NamedFile,
): Promise<{ readonly sizeBytes: number }> {
  const zip = new ZipFile();
  for (const { name, text } of files) zip.addBuffer(Buffer.from(text), name);
  zip.end();
  return orDiscard(file, async () => {
    await pipeline(zip.outputStream, createWriteStream(file.aside, { flags: 'r+' }));
    return file.finish();
  });
}
