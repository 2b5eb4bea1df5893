/** Objects in JSON text, each as it stands there, digit for digit: a list of them, one, or one to a line. */
import { sentence } from '../../../../shared/sentences/sentence.ts';
import { deepest, type FileRow, mostInARow } from './form.ts';
import { UnreadableFile } from './unreadable.ts';

/** A line each; empty ones are passed over. @throws UnreadableFile with the line's number */
export async function* ndjsonRows(text: AsyncIterable<string>): AsyncGenerator<FileRow> {
  let rest = '';
  let number = 0;
  const row = (line: string): FileRow | null => {
    number += 1;
    const raw = line.trim();
    if (raw === '') return null;
    let value: unknown;
    try {
      value = JSON.parse(raw);
    } catch (error) {
      throw new UnreadableFile(sentence('file.line_not_json', { line: number }), error);
    }
    if (!isObject(value)) throw new UnreadableFile(sentence('file.line_no_object', { line: number }));
    return { raw, number };
  };
  for await (const piece of text) {
    const lines = (rest + piece).split('\n');
    rest = lines.pop() ?? '';
    if (rest.length > mostInARow) {
      throw new UnreadableFile(sentence('file.row_too_large', { place: `line ${number + 1}`, most: mostInARow }));
    }
    for (const line of lines) {
      const found = row(line);
      if (found) yield found;
    }
  }
  const last = row(rest);
  if (last) yield last;
}

/** Where the reading of a list stands: what is expected next. `tail` is what lies behind the list, `done` its very end. */
type State = 'value' | 'first' | 'element' | 'between' | 'name' | 'colon' | 'skip' | 'tail' | 'done';

/**
 * @param path members from the top to the list (or the one object); empty for the top itself
 * @throws UnreadableFile with the element's number
 */
export async function* jsonRows(text: AsyncIterable<string>, path: readonly string[]): AsyncGenerator<FileRow> {
  const scanner = createScanner(path);
  for await (const piece of text) yield* scanner.add(piece);
  scanner.close();
}

interface Scanner {
  add(piece: string): Generator<FileRow>;
  close(): void;
}

/** Goes through the text once and keeps no more of it than the element that it is in. */
function createScanner(path: readonly string[]): Scanner {
  let text = '';
  /** Where the next character is read. */
  let i = 0;
  let state: State = 'value';
  /** How many members of the path were found; behind the list, how many objects around it are still open. */
  let depth = 0;
  let name = '';
  let inList = false;
  let elements = 0;
  /** Where the value begins that is being gone over; -1 for none. */
  let from = -1;
  let open = 0;
  let inString = false;
  const wholePath = path.join('/');

  /** Whether the value that begins at `from` (here, unless it has begun) ends before `i`. */
  function passed(): boolean {
    if (from < 0) [from, open, inString] = [i, 0, false];
    for (; i < text.length; i += 1) {
      const code = text.charCodeAt(i);
      if (inString) {
        if (code === backslash) i += 1;
        else if (code === quote) {
          inString = false;
          if (open === 0) return ended(1);
        }
      } else if (code === quote) inString = true;
      else if (code === openBrace || code === openBracket) {
        open += 1;
        if (open > deepest) throw new UnreadableFile(sentence('file.too_deep', { most: deepest }));
      } else if (code === closeBrace || code === closeBracket) {
        if (open === 0) return ended(0);
        open -= 1;
        if (open === 0) return ended(1);
      } else if (open === 0 && (code === comma || isSpace(code))) return ended(0);
    }
    return false;
  }

  function ended(further: number): true {
    i += further;
    return true;
  }

  function passedText(): string {
    const value = text.slice(from, i);
    from = -1;
    return value;
  }

  function append(piece: string): void {
    const keptFrom = Math.min(from >= 0 && (state === 'element' || state === 'name') ? from : i, text.length);
    text = text.slice(keptFrom) + piece;
    i -= keptFrom;
    if (from >= 0) from = Math.max(0, from - keptFrom);
    if (text.length - piece.length > mostInARow) {
      throw new UnreadableFile(sentence('file.row_too_large', { place: `element ${elements + 1}`, most: mostInARow }));
    }
  }

  /** Takes one step. @returns false where more text is needed, an element's text where one ended */
  function step(code: number): boolean | string {
    switch (state) {
      case 'value':
        return beginsValue(code);
      case 'first':
        if (code === closeBracket) return next('tail', 1);
        return next('element');
      case 'element': {
        if (from < 0 && code !== openBrace) throw noObject(code, elements + 1);
        if (!passed()) return false;
        elements += 1;
        const raw = checked(passedText(), elements);
        next(inList ? 'between' : 'tail');
        return raw;
      }
      case 'between':
        if (code !== comma && code !== closeBracket) throw notJson(elements + 1);
        return next(code === comma ? 'element' : 'tail', 1);
      case 'name':
        if (from < 0 && code === comma) return next('name', 1);
        if (from < 0 && code === closeBrace)
          throw new UnreadableFile(sentence('file.path_missing', { path: wholePath }));
        if (from < 0 && code !== quote) throw notJson(elements + 1);
        if (!passed()) return false;
        name = nameOf(passedText());
        return next('colon');
      case 'colon':
        if (code !== colon) throw notJson(elements + 1);
        if (name !== path[depth]) return next('skip', 1);
        depth += 1;
        return next('value', 1);
      case 'skip':
        if (!passed()) return false;
        from = -1;
        return next('name');
      case 'tail':
        return passesTail(code);
      default:
        throw notJson(elements + 1);
    }
  }

  function next(wanted: State, further = 0): true {
    state = wanted;
    i += further;
    if (wanted === 'tail' && depth === 0) state = 'done';
    return true;
  }

  function beginsValue(code: number): true {
    if (depth < path.length) {
      if (code === openBrace) return next('name', 1);
      throw new UnreadableFile(sentence('file.path_missing', { path: wholePath }));
    }
    inList = code === openBracket;
    if (inList) return next('first', 1);
    if (code === openBrace) return next('element');
    throw new UnreadableFile(sentence('file.no_objects'));
  }

  /** What lies behind the list, to the end of the objects around it, is passed over. */
  function passesTail(code: number): boolean {
    if (from >= 0 || code === quote) {
      if (!passed()) return false;
      from = -1;
      return true;
    }
    if (code === openBrace || code === openBracket) depth += 1;
    else if (code === closeBrace || code === closeBracket) depth -= 1;
    return next('tail', 1);
  }

  return {
    *add(piece) {
      append(piece);
      for (;;) {
        if (from < 0) while (i < text.length && isSpace(text.charCodeAt(i))) i += 1;
        if (i >= text.length) return;
        const stepped = step(text.charCodeAt(i));
        if (stepped === false) return;
        if (stepped !== true) yield { raw: stepped, number: elements };
      }
    },
    close() {
      if (state === 'done') return;
      throw new UnreadableFile(sentence(state === 'value' && depth === 0 ? 'file.empty' : 'file.cut_off'));
    },
  };
}

const quote = 0x22;
const backslash = 0x5c;
const comma = 0x2c;
const colon = 0x3a;
const openBrace = 0x7b;
const closeBrace = 0x7d;
const openBracket = 0x5b;
const closeBracket = 0x5d;

const notJson = (element: number): UnreadableFile => new UnreadableFile(sentence('file.not_json_at', { element }));

const noObject = (code: number, element: number): UnreadableFile =>
  code === closeBracket || code === comma
    ? notJson(element)
    : new UnreadableFile(sentence('file.element_no_object', { element }));

function checked(raw: string, element: number): string {
  try {
    JSON.parse(raw);
  } catch (error) {
    throw new UnreadableFile(sentence('file.not_json_at', { element }), error);
  }
  return raw;
}

function nameOf(text: string): string {
  try {
    return String(JSON.parse(text));
  } catch (error) {
    throw new UnreadableFile(sentence('file.not_json_at', { element: 1 }), error);
  }
}

const isSpace = (code: number): boolean => code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09;

const isObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
