/** What is asked of databases: names are names whatever is in them, numbers that are missing are asked for again. */
import fc from 'fast-check';
import { Connection } from 'tedious';
import { describe, expect, it } from 'vitest';
import { dialects, quotedTable, tableParts } from '../../electron/engine/sources/database/dialect.ts';
import { connectionOf, shownValue, timeText } from '../../electron/engine/sources/database/mssql.ts';
import { advanced, outboxStart } from '../../electron/engine/sources/database/outbox-cursor.ts';
import { outboxScript, outboxSystemNames } from '../../shared/source-kinds/outbox-script.ts';
import { sql } from '../../shared/source-kinds/sql.ts';

describe('a name', () => {
  const closing = { mysql: '`', postgres: '"', mssql: ']', sqlite: '"' } as const;

  it('never ends within its quotation marks', () => {
    for (const [system, close] of Object.entries(closing)) {
      fc.assert(
        fc.property(fc.string({ unit: fc.constantFrom('a', '`', '"', ']', '[', ';', '-', ' ', '\\') }), (name) => {
          const quoted = dialects[system as keyof typeof closing].quoted(name);
          expect(quoted.slice(1, -1).replaceAll(close + close, '')).not.toContain(close);
          expect(quoted.slice(1, -1).replaceAll(close + close, close)).toBe(name);
        }),
      );
    }
  });

  it('of a table may have its schema before it', () => {
    expect(quotedTable(dialects.mssql, 'dbo.roost_outbox')).toBe('[dbo].[roost_outbox]');
    expect(tableParts('plain')).toEqual({ schema: null, name: 'plain' });
  });
});

describe('SQL Server, of which there is no server here', () => {
  const config = {
    system: 'mssql',
    host: 'db.hotel.local',
    database: 'pms',
    user: 'roost',
    password: 'x',
    tls: 'verify',
  };

  it('is asked in its own dialect', () => {
    const dialect = dialects.mssql;
    expect(dialect.first(10, '[id]', 'FROM [t] WHERE [id] > 5 ORDER BY [id]')).toBe(
      'SELECT TOP (10) [id] FROM [t] WHERE [id] > 5 ORDER BY [id]',
    );
    expect(dialect.columnsOf(true)).toContain('table_name = @p1 AND table_schema = @p2');
  });

  it('gives its times back as fine as they are: else many at one moment are read for ever', () => {
    const time = (nanosecondsDelta?: number) =>
      timeText(Object.assign(new Date('2026-11-01T10:00:00.123Z'), { nanosecondsDelta }));
    expect(time(0.0004567)).toBe('2026-11-01T10:00:00.1234567');
    expect(time(0.0000001)).toBe('2026-11-01T10:00:00.1230001');
    expect(time()).toBe('2026-11-01T10:00:00.123');
  });

  it('says of a moment that it is in UTC, of a time on the server’s clocks nothing', () => {
    const at = new Date('2026-11-01T10:00:00.123Z');
    expect(shownValue(at, 'DateTimeOffset')).toBe('"2026-11-01T10:00:00.123Z"');
    expect(shownValue(at, 'DateTime2')).toBe('"2026-11-01T10:00:00.123"');
  });

  it('is reached as tedious wants it: read only in intent, bounded, its certificate checked', () => {
    const options = connectionOf(sql.config.parse(config) as never);
    expect(options.options).toMatchObject({
      port: 1433,
      readOnlyIntent: true,
      encrypt: true,
      trustServerCertificate: false,
      requestTimeout: 10_000,
    });
    expect(() => new Connection(options)).not.toThrow();
  });
});

describe('an outbox', () => {
  it('that is read again and again gives each number once, in whatever order they come', () => {
    fc.assert(
      fc.property(
        fc.array(fc.array(fc.integer({ min: 1, max: 150 }), { maxLength: 8 }), { maxLength: 40 }),
        (looks) => {
          const there = new Set<number>();
          const seen: string[] = [];
          let cursor = outboxStart;
          for (const [i, committed] of looks.entries()) {
            for (const number of committed) there.add(number);
            const wanted = new Set(cursor.missing.map(([number]) => number));
            const last = cursor.last === null ? -1 : Number(cursor.last);
            const found = [...there].filter((number) => number > last || wanted.has(String(number))).map(String);
            seen.push(...found);
            cursor = advanced(cursor, found, i);
          }
          expect(new Set(seen).size).toBe(seen.length);
          // All but what lay more than a hundred below the very first one.
          const first = Math.min(...(looks.find((look) => look.length > 0) ?? [1]));
          const due = [...there].filter((number) => number >= first - 100);
          expect(
            seen
              .map(Number)
              .filter((number) => number >= first - 100)
              .sort(),
          ).toEqual(due.sort());
        },
      ),
    );
  });

  it('waits ten minutes for a number, and holds no more than two thousand', () => {
    const cursor = advanced(outboxStart, ['101', '105'], 0);
    expect(cursor.missing.map(([number]) => number).slice(-3)).toEqual(['102', '103', '104']);
    expect(advanced(cursor, [], 599_999).missing).toEqual(cursor.missing);
    expect(advanced(cursor, ['106'], 600_000).missing).toEqual([]);
    expect(advanced(cursor, ['9007199254740993'], 1).missing).toHaveLength(2_000);
    expect(advanced(cursor, ['9007199254740993'], 1).last).toBe('9007199254740993');
  });
});

it('a script cannot be broken out of by a user’s name or password', () => {
  for (const system of outboxSystemNames) {
    for (const database of ['mysql', 'postgres', 'mssql'] as const) {
      const script = outboxScript({
        database,
        system,
        prefix: 'qlo_',
        user: `o'b"r]ien`,
        password: "it's; DROP TABLE x",
      });
      expect(script).toContain("'it''s; DROP TABLE x'");
    }
  }
});
