/** Elements that repeat in an XML file, each as an object of texts. Nothing is fetched and no entity of its own expanded. */
import sax from 'sax';
import { sentence } from '../../../../shared/sentences/sentence.ts';
import { deepest, type FileRow, mostInARow } from './form.ts';
import { UnreadableFile } from './unreadable.ts';

/** An element's value: its text, or what is in it by name; what is there more often is a list. */
type Value = string | Element | Value[];
interface Element {
  [name: string]: Value;
}

/** An element that is being read. */
interface OpenElement {
  readonly name: string;
  readonly inside: Element;
  text: string;
  isEmpty: boolean;
}

/** Is handed a text piece by piece. */
export interface XmlReader {
  /** @returns the rows that are whole with it; @throws UnreadableFile with the line */
  write(piece: string): FileRow[];
  close(): FileRow[];
}

/** @throws UnreadableFile with the line */
export async function* xmlRows(text: AsyncIterable<string>, path: readonly string[]): AsyncGenerator<FileRow> {
  const reader = xmlReader(path);
  for await (const piece of text) yield* reader.write(piece);
  yield* reader.close();
}

/** @param path names from the root to the element that repeats, without their prefixes; empty: the root is the one row */
export function xmlReader(path: readonly string[]): XmlReader {
  const rows: FileRow[] = [];
  let number = 0;
  /** Names of the elements around, from the root. */
  const around: string[] = [];
  let open: OpenElement[] = [];
  let size = 0;
  let envelope: Pick<FileRow, 'envelope'> = {};
  const watch = watchedParser();
  const { parser } = watch;

  const grow = (characters: number): void => {
    size += characters;
    if (size > mostInARow) {
      throw new UnreadableFile(sentence('file.row_too_large', { place: `element ${number + 1}`, most: mostInARow }));
    }
  };
  const isRow = (): boolean =>
    path.length === 0
      ? around.length === 1
      : around.length === path.length && path.every((name, i) => around[i] === name);

  parser.onopentag = ({ name, attributes }) => {
    around.push(localName(name));
    if (around.length > deepest) throw new UnreadableFile(sentence('file.too_deep', { most: deepest }));
    if (around.length < path.length && localName(name).startsWith('OTA_')) {
      const { TimeStamp } = attributes;
      if (TimeStamp !== undefined) envelope = { envelope: JSON.stringify({ TimeStamp: String(TimeStamp) }) };
    }
    if (open.length === 0 && !isRow()) return;
    const element: OpenElement = { name: localName(name), inside: Object.create(null), text: '', isEmpty: true };
    grow(name.length);
    for (const [key, value] of Object.entries(attributes)) {
      if (key === 'xmlns' || key.startsWith('xmlns:')) continue;
      grow(key.length + String(value).length);
      put(element, localName(key), String(value));
    }
    open.push(element);
  };
  const read = (more: string): void => {
    const element = open.at(-1);
    if (element === undefined) return;
    grow(more.length);
    element.text += more;
  };
  parser.ontext = read;
  parser.oncdata = read;
  parser.onclosetag = () => {
    around.pop();
    const element = open.pop();
    if (element === undefined) return;
    const parent = open.at(-1);
    if (parent !== undefined) return put(parent, element.name, contentOf(element));
    number += 1;
    const value = contentOf(element);
    rows.push({ raw: JSON.stringify(typeof value === 'string' ? { text: value } : value), number, ...envelope });
    open = [];
    size = 0;
  };

  return {
    write(piece) {
      watch.write(piece);
      return rows.splice(0);
    },
    close() {
      watch.close();
      return rows.splice(0);
    },
  };
}

function put(element: OpenElement, name: string, value: Value): void {
  element.isEmpty = false;
  const before = element.inside[name];
  if (before === undefined) element.inside[name] = value;
  else if (Array.isArray(before)) before.push(value);
  else element.inside[name] = [before, value];
}

/** An element with nothing in it but text is that text; beside attributes or elements, the text is `text`. */
function contentOf(element: OpenElement): Value {
  const text = element.text.trim().toWellFormed();
  if (element.isEmpty) return text;
  if (text !== '') put(element, 'text', text);
  return element.inside;
}

const localName = (name: string): string => name.slice(name.indexOf(':') + 1).toWellFormed();

/** What sax finds wrong ends the reading, once and with its line. */
function watchedParser() {
  const parser = sax.parser(true, { xmlns: false, position: true });
  let problem: unknown = null;
  const guarded = (work: () => void): void => {
    try {
      work();
    } catch (error) {
      problem ??= error;
    }
    if (problem === null) return;
    if (problem instanceof UnreadableFile) throw problem;
    throw new UnreadableFile(sentence('file.not_xml', { line: parser.line + 1 }), problem);
  };
  parser.onerror = (error) => {
    problem ??= error;
  };
  parser.ondoctype = (doctype) => {
    // Entities of its own could name files, or grow without end.
    if (doctype.includes('[')) problem ??= new UnreadableFile(sentence('file.own_entities'));
  };
  return {
    parser,
    write: (piece: string) => guarded(() => void parser.write(piece)),
    close: () =>
      guarded(() => {
        parser.close();
      }),
  };
}

/**
 * What repeats in a file that begins so: the path nearest the root that occurs more than once below one parent. Where
 * nothing does, the root itself is the one row.
 */
export function findXmlPath(start: string): readonly string[] {
  const parser = sax.parser(true, {});
  const counts = new Map<string, { readonly path: readonly string[]; count: number }>();
  const around: string[] = [];
  let isBroken = false;
  parser.onopentag = ({ name }) => {
    around.push(localName(name));
    if (around.length > 8) return;
    const key = around.join('/');
    const known = counts.get(key);
    if (known) known.count += 1;
    else counts.set(key, { path: [...around], count: 1 });
  };
  parser.onclosetag = () => {
    around.pop();
  };
  parser.onerror = () => {
    isBroken = true;
  };
  // In pieces: what comes behind the first thing that is wrong tells nothing.
  for (let at = 0; at < start.length && !isBroken; at += 4_096) {
    try {
      parser.write(start.slice(at, at + 4_096));
    } catch {
      break;
    }
  }
  const repeated = [...counts.values()].filter(({ count }) => count > 1);
  return repeated.sort((one, other) => one.path.length - other.path.length || other.count - one.count)[0]?.path ?? [];
}
