import { describe, expect, test } from 'vitest';
import { durationMs, moment } from '../../electron/cli/duration.ts';
import { eventLines } from '../../electron/cli/event-lines.ts';
import { table } from '../../electron/cli/output.ts';

const now = Date.UTC(2024, 2, 15, 10, 30);

describe('times as a person types them', () => {
  test.each([
    ['90s', 90_000],
    ['15m', 900_000],
    ['1.5h', 5_400_000],
    ['3d', 259_200_000],
  ])('%s', (text, ms) => {
    expect(durationMs('--for', text)).toBe(ms);
  });

  test.each(['', '5', 'h', '-1h', '2 weeks'])('"%s" is no length of time, and the option is named', (text) => {
    expect(() => durationMs('--for', text)).toThrow('--for');
  });

  test('a moment so long ago, with an offset, or in local time', () => {
    expect(moment('--from', '2h', now)).toBe(now - 7_200_000);
    expect(moment('--from', '2024-03-15T18:30:00+08:00', now)).toBe(now);
    expect(moment('--from', '2024-03-15 10:30', now)).toBe(new Date(2024, 2, 15, 10, 30).getTime());
    expect(moment('--from', '2024-03-15', now)).toBe(new Date(2024, 2, 15).getTime());
  });

  test.each(['yesterday', '15.3.2024', '2024-13-01', '1710498600'])('"%s" is no moment', (text) => {
    expect(() => moment('--to', text, now)).toThrow('--to');
  });
});

describe('lines of NDJSON', () => {
  const lines = async (...chunks: (string | Uint8Array)[]) => {
    const found: [number, string][] = [];
    for await (const { number, text } of eventLines(chunksOf(chunks))) found.push([number, text]);
    return found;
  };
  async function* chunksOf(chunks: readonly (string | Uint8Array)[]) {
    yield* chunks;
  }

  test('are put together from pieces, with the number that an editor shows', async () => {
    expect(await lines('{"a"', ':1}\n\n{"b":2}', '\n{"c":3}')).toEqual([
      [1, '{"a":1}'],
      [3, '{"b":2}'],
      [4, '{"c":3}'],
    ]);
  });

  test('a character that is cut in two stays whole', async () => {
    const bytes = Buffer.from('{"n":"ñ🍧"}\n');
    for (let cut = 1; cut < bytes.length; cut += 1) {
      expect(await lines(bytes.subarray(0, cut), bytes.subarray(cut))).toEqual([[1, '{"n":"ñ🍧"}']]);
    }
  });
});

test('a table is aligned by what a terminal draws', () => {
  expect(
    table(
      ['NAME', 'N'],
      [
        ['María', '1'],
        ['客人', '2'],
        ['x', ''],
      ],
    ),
  ).toBe('NAME   N\nMaría  1\n客人   2\nx\n');
});
