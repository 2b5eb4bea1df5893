/** Where a text stops being JSON: `JSON.parse` tells it in words that differ from version to version, or not at all. */

/** The place of the first character that cannot stand where it does: the text's length where it ends too early. */
export function firstFault(text: string): number {
  const checker = new Checker(text);
  return checker.fault();
}

const number = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
/** Inside of quotes: RFC 8259, 7. */
const inside = '(?:[ !#-\\[\\]-\\u{10ffff}]|\\\\(?:["\\\\/bfnrt]|u[0-9a-fA-F]{4}))*';
const string = new RegExp(`"${inside}"`, 'uy');
const textBegun = new RegExp(`"${inside}`, 'uy');
const word = /true|false|null/y;
const space = /[ \t\r\n]*/y;

/** What may come next, with a stack in place of recursion: a deep text is no trouble. */
class Checker {
  readonly #text: string;
  readonly #open: ('{' | '[')[] = [];
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  fault(): number {
    let wants: 'value' | 'first' | 'name' | 'after' = 'value';
    for (;;) {
      this.#take(space);
      const character = this.#text[this.#at];
      if (wants === 'after' && this.#open.length === 0) return this.#at;
      const next = this.#step(wants, character);
      if (next === null) return this.#at;
      wants = next;
    }
  }

  #step(wants: 'value' | 'first' | 'name' | 'after', character: string | undefined) {
    const closes = this.#open.at(-1) === '{' ? '}' : ']';
    if ((wants === 'after' || wants === 'first') && character === closes) {
      this.#open.pop();
      this.#at += 1;
      return 'after' as const;
    }
    if (wants === 'after') return character === ',' ? this.#past(closes === '}' ? 'name' : 'value') : null;
    if (wants === 'name' || (wants === 'first' && closes === '}')) return this.#name();
    if (character === '{' || character === '[') {
      this.#open.push(character);
      return this.#past('first');
    }
    return this.#take(string) || this.#take(number) || this.#take(word) ? ('after' as const) : this.#inString();
  }

  #name() {
    if (!this.#take(string)) return this.#inString();
    this.#take(space);
    return this.#text[this.#at] === ':' ? this.#past('value') : null;
  }

  /** A text that is begun and not well formed: the fault is within. */
  #inString(): null {
    this.#take(textBegun);
    return null;
  }

  #past<Next>(next: Next): Next {
    this.#at += 1;
    return next;
  }

  #take(pattern: RegExp): boolean {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text);
    if (found === null) return false;
    this.#at += found[0].length;
    return true;
  }
}
