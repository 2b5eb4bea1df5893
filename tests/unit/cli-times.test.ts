import stringWidth from 'string-width';
import { describe, expect, test } from 'vitest';
import { type AtProperty, atProperty } from '../../electron/cli/at-property.ts';
import { durationMs } from '../../electron/cli/duration.ts';
import { eventLines } from '../../electron/cli/event-lines.ts';
import { table } from '../../electron/cli/output.ts';
import { utcMs } from '../../shared/domain.ts';

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
});

describe("moments by the property's clocks", () => {
  const notes: string[] = [];
  const at = (timeZone: string): AtProperty =>
    atProperty({ timeZone, now, program: 'roost-relay', note: (text) => notes.push(text) });
  const iso = (option: string, text: string, timeZone = 'Asia/Manila') => {
    notes.length = 0;
    return new Date(at(timeZone).moment(option, text)).toISOString();
  };

  test.each([
    ['2h', '2024-03-15T08:30:00.000Z'],
    ['2024-03-15T18:30:00+08:00', '2024-03-15T10:30:00.000Z'],
    ['2024-03-15 18:30:00+0800', '2024-03-15T10:30:00.000Z'],
    ['2024-03-15T10:30:00Z', '2024-03-15T10:30:00.000Z'],
    ['2024-03-15 10:30', '2024-03-15T02:30:00.000Z'],
    ['2024-03-15T9:30', '2024-03-15T01:30:00.000Z'],
    ['2024-03-15', '2024-03-14T16:00:00.000Z'],
    ['2024-02-29 23:59:59', '2024-02-29T15:59:59.000Z'],
  ])('%s in Manila', (text, expected) => {
    expect(iso('--from', text)).toBe(expected);
    expect(notes).toEqual([]);
  });

  test.each([
    ['2026-02-30', 'the calendar has no 2026-02-30'],
    ['2023-02-29 10:00', 'the calendar has no 2023-02-29'],
    ['2024-13-01', 'the calendar has no 2024-13-01'],
    ['2024-03-15 24:61', 'no clock shows 24:61'],
    ['2024-03-15 24:00', 'no clock shows 24:00'],
    ['2024-03-15T10:60:00', 'no clock shows 10:60:00'],
    ['24:61', 'no clock shows 24:61'],
    ['14:30', 'names no day'],
    ['2026-02-30T10:00:00Z', 'the calendar has no 2026-02-30'],
    ['2026-02-28T24:61:00+08:00', 'no clock shows 24:61:00'],
    ['yesterday', 'got "yesterday"'],
    ['15.3.2024', 'got "15.3.2024"'],
    ['1710498600', 'got "1710498600"'],
    ['', 'got ""'],
  ])('"%s" is refused: the option, what is expected and what was found', (text, why) => {
    for (const part of ['--to: expected a time such as 2026-11-23', `"${text}"`, why]) {
      expect(() => iso('--to', text)).toThrow(part);
    }
  });

  test('what the clocks show twice is taken so that nothing is left out, and said', () => {
    expect(iso('--from', '2024-11-03 01:30', 'America/New_York')).toBe('2024-11-03T05:30:00.000Z');
    expect(notes).toEqual([expect.stringContaining('twice')]);
    expect(notes[0]).toContain('2024-11-03 01:30-04:00');
    expect(iso('--to', '2024-11-03 01:30', 'America/New_York')).toBe('2024-11-03T06:30:00.000Z');
    expect(iso('--to', '2024-11-03 01:30:00-04:00', 'America/New_York')).toBe('2024-11-03T05:30:00.000Z');
  });

  test('what the clocks leave out is when they jump over it, and said', () => {
    expect(iso('--from', '2024-03-10 02:30', 'America/New_York')).toBe('2024-03-10T07:00:00.000Z');
    expect(notes).toEqual([expect.stringMatching(/never show 2024-03-10 02:30\. Taken is 2024-03-10 03:00-04:00/)]);
    // Beirut's day begins at one o'clock then; Havana's with the first of two midnights.
    expect(iso('--from', '2024-03-31', 'Asia/Beirut')).toBe('2024-03-30T22:00:00.000Z');
    expect(iso('--from', '2024-11-03', 'America/Havana')).toBe('2024-11-03T04:00:00.000Z');
    expect(notes).toEqual([]);
  });

  test('are shown so that they can be typed in again', () => {
    const newYork = at('America/New_York');
    for (const moment of ['2024-11-03T05:30:00Z', '2024-11-03T06:30:00Z', '2024-07-01T00:00:00Z']) {
      const ms = utcMs(Date.parse(moment));
      expect(newYork.moment('--from', newYork.time(ms))).toBe(ms);
    }
    expect(newYork.time(utcMs(Date.parse('2024-07-01T00:00:05Z')))).toBe('2024-06-30 20:00:05');
  });

  test('a moment to come is not over, and no length of time', () => {
    expect(() => at('Asia/Manila').moment('--until', '2h', 'future')).toThrow('give that with --for');
    expect(() => at('Asia/Manila').moment('--until', '2024-03-15 18:00', 'future')).toThrow('is over');
    expect(at('Asia/Manila').moment('--until', '2024-03-15 19:00', 'future')).toBe(now + 1_800_000);
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

describe('a table', () => {
  const rows = [
    ['María', '1'],
    ['客人', '2'],
    ['👨‍👩‍👧', '3'],
    ['e\u0301\u0323', '4'],
    ['x', ''],
  ];
  test('is aligned by what a terminal draws', () => {
    expect(table(null, ['NAME', 'N'], rows).text).toBe(
      'NAME   N\nMaría  1\n客人   2\n👨‍👩‍👧     3\ne\u0301\u0323      4\nx\n',
    );
  });

  test.each([20, 40, 80, 200, null])('pads no cell for the sake of a long one: %s columns', (columns) => {
    const long = '客'.repeat(3_000);
    const text = table(
      columns,
      ['NAME', 'N'],
      [
        ['x', '1'],
        [long, '2'],
      ],
    ).text.split('\n');
    expect(text[1]?.length).toBeLessThanOrEqual((columns ?? 100) + 3);
    // It is whole where a program reads it, and cut where a person does.
    expect(text[2]?.includes(long)).toBe(columns === null);
    if (columns !== null) expect(stringWidth(text[2] ?? '')).toBeLessThanOrEqual(Math.max(columns, 33));
  });

  test('an id is never cut', () => {
    const id = `dlv_${'0'.repeat(26)}`;
    expect(table(40, ['A', 'ID', 'B'], [['x'.repeat(99), id, 'y'.repeat(99)]]).text).toContain(id);
  });

  test('what a stranger wrote stays in its cell', () => {
    expect(table(null, ['NAME', 'N'], [['a\nb\u001b[2J\t\u202e', '1']]).text).toBe(
      'NAME                 N\na\\nb\\x1b[2J\\t\\u202e  1\n',
    );
  });
});
