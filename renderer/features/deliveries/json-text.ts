/**
 * JSON text as coloured pieces, without parsing it into values: digits and the order of members are shown as
 * they came. Text that is no JSON is one plain piece.
 */

export type PieceKind = 'name' | 'text' | 'number' | 'word' | 'plain';
export interface Piece {
  readonly kind: PieceKind;
  readonly text: string;
}

/** True where the whole text is JSON. */
export function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

const token = /("(?:[^"\\]|\\.)*")|(-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)|(true|false|null)|([{}[\],:])|\s+/g;

/**
 * Lines of a JSON text, laid out with two spaces; of any other text its own lines.
 * @param limit so many lines at the most, so that an answer of 64 KiB cannot slow the screen down
 */
export function linesOf(text: string, limit: number): { readonly lines: readonly Piece[][]; readonly more: boolean } {
  if (!isJson(text)) {
    const lines = text.split('\n');
    return { lines: lines.slice(0, limit).map((line) => [{ kind: 'plain', text: line }]), more: lines.length > limit };
  }
  const lines: Piece[][] = [[]];
  let depth = 0;
  const add = (piece: Piece) => lines.at(-1)?.push(piece);
  const newLine = () => lines.push(depth > 0 ? [{ kind: 'plain', text: '  '.repeat(depth) }] : []);
  const tokens = [...text.matchAll(token)].filter((match) => match[0].trim() !== '');
  for (const [index, match] of tokens.entries()) {
    if (lines.length > limit) return { lines: lines.slice(0, limit), more: true };
    const [whole, string, number, word, mark] = match;
    const following = tokens[index + 1]?.[0];
    if (string !== undefined) add({ kind: following === ':' ? 'name' : 'text', text: string });
    else if (number !== undefined) add({ kind: 'number', text: number });
    else if (word !== undefined) add({ kind: 'word', text: word });
    else if (mark === ':') add({ kind: 'plain', text: ': ' });
    else if (mark === ',') {
      add({ kind: 'plain', text: ',' });
      newLine();
    } else if (mark === '{' || mark === '[') {
      add({ kind: 'plain', text: whole });
      if (following === '}' || following === ']') continue;
      depth += 1;
      newLine();
    } else {
      const opened = tokens[index - 1]?.[0];
      if (opened !== '{' && opened !== '[') {
        depth -= 1;
        newLine();
      }
      add({ kind: 'plain', text: whole });
    }
  }
  return { lines, more: false };
}
