/** The lines of NDJSON that comes in pieces. */
import { StringDecoder } from 'node:string_decoder';

export interface NumberedLine {
  /** From 1, empty lines counted. */
  readonly number: number;
  readonly text: string;
}

export async function* eventLines(input: AsyncIterable<Uint8Array | string>): AsyncGenerator<NumberedLine> {
  const decoder = new StringDecoder('utf8');
  let rest = '';
  let number = 0;
  for await (const chunk of input) {
    const lines = (rest + decoder.write(Buffer.from(chunk))).split('\n');
    rest = lines.pop() ?? '';
    for (const text of lines) {
      number += 1;
      if (text.trim() !== '') yield { number, text };
    }
  }
  rest += decoder.end();
  if (rest.trim() !== '') yield { number: number + 1, text: rest };
}
