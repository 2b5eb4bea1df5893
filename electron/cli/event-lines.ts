/** The lines of NDJSON that comes in pieces, in the character sets that the intake takes without being told. */
import { charsetBefore } from '../engine/intake/charset.ts';
import { CommandError } from './command-error.ts';

export interface NumberedLine {
  /** From 1, empty lines counted. */
  readonly number: number;
  readonly text: string;
}

/** @throws CommandError where what came is no text */
export async function* eventLines(input: AsyncIterable<Uint8Array | string>): AsyncGenerator<NumberedLine> {
  let rest = '';
  let number = 0;
  for await (const piece of textOf(input)) {
    const lines = (rest + piece).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) {
      number += 1;
      const text = unmarked(line);
      if (text.trim() !== '') yield { number, text };
    }
  }
  rest = unmarked(rest);
  if (rest.trim() !== '') yield { number: number + 1, text: rest };
}

/** Files that were put one behind the other bring a mark each. */
const unmarked = (line: string): string => (line.startsWith('\ufeff') ? line.slice(1) : line);

async function* textOf(input: AsyncIterable<Uint8Array | string>): AsyncGenerator<string> {
  let decode: Decode | null = null;
  let held = Buffer.alloc(0);
  for await (const chunk of input) {
    held = Buffer.concat([held, Buffer.from(chunk)]);
    // Two bytes tell UTF-16, three a mark of UTF-8.
    if (decode === null && held.length < 3) continue;
    decode ??= decoderOf(held);
    yield decode(held, true);
    held = Buffer.alloc(0);
  }
  decode ??= decoderOf(held);
  yield decode(held, false);
}

type Decode = (bytes: Buffer, isMoreToCome: boolean) => string;

function decoderOf(start: Buffer): Decode {
  const decoder = new TextDecoder(charsetBefore(start), { fatal: true });
  return (bytes, stream) => {
    try {
      return decoder.decode(bytes, { stream });
    } catch (cause) {
      const message = 'emit: expected events in UTF-8 or UTF-16 on standard input; it is neither.';
      throw new CommandError('bad_input', message, { member: 'event', cause });
    }
  };
}
