/** What leaves the property with an export, and what does not. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { systemClock } from '../../electron/engine/system-clock.ts';
import type { ParsedInput } from '../../shared/api.ts';
import type { Job } from '../../shared/schemas.ts';
import { type TemporaryFolder, temporaryFolder } from '../support/folder.ts';
import { manager, type OpenLog, openLog } from '../support/log-engine.ts';
import { openContext, type TestContext } from '../support/log-folder.ts';
import { seed } from '../support/seed.ts';

let folder: TemporaryFolder;
let context: TestContext;
let log: OpenLog;

beforeAll(async () => {
  folder = await temporaryFolder();
  seed(folder.path, { deliveries: 600 });
  context = openContext(folder.path);
  log = openLog({ ...context, clock: { ...context.clock, monotonicMs: systemClock.monotonicMs } }, {}, false);
});

afterAll(async () => {
  await log?.stop();
  context?.close();
  await folder?.remove();
});

const start = (input: Partial<ParsedInput<'export.start'>>) =>
  log.handlers['export.start'](
    {
      what: 'deliveries' as const,
      filter: {},
      eventFilter: {},
      format: 'csv' as const,
      bom: true,
      confirmed: false,
      file: null,
      ...input,
    },
    manager,
  );

/** An event, or a delivery with its body. */
interface Ruled {
  readonly guest?: string;
  readonly summary?: { readonly guest?: string };
  readonly data?: { readonly guest_name?: string };
  readonly body?: string;
}

/** Waits until the job is in one of these states. */
async function until(id: string, ...states: Job['state'][]): Promise<Job> {
  while (!states.includes(log.jobs.view(id).state)) await new Promise((resolve) => setTimeout(resolve, 5));
  return log.jobs.view(id);
}

describe('what leaves', () => {
  const exportTo = async (name: string, input: Partial<ParsedInput<'export.start'>>): Promise<string> => {
    const file = join(folder.path, name);
    const { id } = await start({ ...input, file });
    expect(await until(id, 'done', 'failed')).toMatchObject({ state: 'done' });
    return readFileSync(file, 'utf8');
  };
  /** The guests of the seeded events, as the store has them. */
  const guests = () =>
    context.reader
      .prepare<[], string>("SELECT DISTINCT json_extract(summary, '$.guest') FROM events WHERE guest IS NOT NULL")
      .pluck()
      .all();

  test.each([
    ['deliveries', 'csv'],
    ['deliveries', 'jsonl'],
    ['attempts', 'csv'],
    ['attempts', 'jsonl'],
    ['events', 'csv'],
    ['events', 'jsonl'],
  ] as const)('no guest leaves with %s as %s, and one guest is one pseudonym', async (what, format) => {
    const text = await exportTo(`all-${what}.${format}`, { what, format });
    expect(guests().length).toBeGreaterThan(20);
    for (const guest of guests()) expect(text).not.toContain(guest);
    if (what !== 'attempts') expect(text).toMatch(/Guest \d+/);
    expect(text).toContain('bk_');
  });

  test('everything leaves only for a reason and after a yes, and the audit has both', async () => {
    const file = join(folder.path, 'full.csv');
    const full = { reason: 'tax inspection of May' };
    await expect(start({ full, file })).rejects.toMatchObject({ code: 'not_confirmed', member: 'full' });
    expect(existsSync(file)).toBe(false);
    expect(existsSync(`${file}.part`)).toBe(false);
    const text = await exportTo('full.csv', { full, confirmed: true });
    expect(text).toContain(guests()[0]);
    const { rows } = await log.handlers['audit.list']({ filter: {}, limit: 1 }, manager);
    expect(rows[0]).toMatchObject({
      act: 'export.start',
      detail: { full: true, reason: 'tax inspection of May', confirmed: true },
    });
  });

  test('header values, answers and bodies stay in, whatever a receiver said', async () => {
    context.writer.exec(`UPDATE attempts SET request_headers = '[["Authorization","Bearer s3cr3t"]]',
      response_headers = '[["Set-Cookie","sid=s3cr3t"]]', response_body = CAST('s3cr3t for you' AS BLOB),
      detail = 'see https://hooks.example.com/T0/s3cr3t?key=1 or call +63 917 555 0142'`);
    for (const what of ['deliveries', 'attempts'] as const) {
      const text = await exportTo(`${what}.jsonl`, { what, format: 'jsonl' });
      expect(text).not.toContain('s3cr3t');
      expect(text).not.toContain('555 0142');
      expect(text).toContain('https://hooks.example.com/…');
    }
    const full = { reason: 'support case 12' };
    const text = await exportTo('full.jsonl', { format: 'jsonl', full, confirmed: true });
    expect(text).not.toContain('Bearer s3cr3t');
    expect(text).not.toContain('sid=s3cr3t');
    expect(text).toContain('s3cr3t for you');
  });

  test('what a sentence quotes of an answer leaves only with everything', async () => {
    const said = JSON.stringify({ key: 'conditions.receiver.said', params: { said: 'Duplicate of Teodora Alonso' } });
    context.writer.prepare('UPDATE attempts SET sentence = ?').run(said);
    context.writer.prepare('UPDATE deliveries SET sentence = ?').run(said);
    context.writer.prepare('UPDATE events SET hints = json_array(json(?)) WHERE hints IS NULL').run(said);
    for (const [what, format] of [
      ['deliveries', 'csv'],
      ['deliveries', 'jsonl'],
      ['attempts', 'csv'],
      ['attempts', 'jsonl'],
    ] as const) {
      const text = await exportTo(`quoted-${what}.${format}`, { what, format });
      expect(text).not.toContain('Alonso');
      expect(text).toContain('[answer]');
    }
    const full = { reason: 'support case 13' };
    expect(await exportTo('quoted-full.csv', { full, confirmed: true })).toContain(
      'It said: “Duplicate of Teodora Alonso”.',
    );
  });

  test('an event whose id is an object of its own toString goes out like all others', async () => {
    const [first] = context.writer
      .prepare<[], { seq: number; data: string }>(
        'SELECT seq, data FROM events WHERE data LIKE \'{"booking_id"%\' LIMIT 1',
      )
      .all();
    if (first === undefined) throw new Error('no booking in the sample');
    const put = context.writer.prepare('UPDATE events SET data = ? WHERE seq = ?');
    put.run(JSON.stringify({ booking_id: { toString: '' }, booking: { id: { toString: '' } } }), first.seq);
    expect((await exportTo('odd.csv', {})).split('\r\n').length).toBeGreaterThan(600);
    put.run(first.data, first.seq);
  });

  test('just the columns that were asked for leave, in their order, and others are refused by name', async () => {
    const text = await exportTo('few.csv', { columns: ['delivery_id', 'guest', 'time_local'], bom: false });
    expect(text.split('\r\n')[0]).toBe('delivery_id,guest,time_local');
    const line = JSON.parse(
      (await exportTo('few.jsonl', { format: 'jsonl', columns: ['guest'] })).split('\n')[0] ?? '',
    );
    expect(Object.keys(line)).toEqual(['guest']);
    await expect(start({ what: 'events', columns: ['delivery_id'] })).rejects.toMatchObject({ member: 'columns' });
    await expect(start({ what: 'events', filter: { states: ['waiting'] } })).rejects.toMatchObject({
      member: 'filter.states',
    });
  });

  test('events are exported under their own filter, with their data', async () => {
    const eventFilter = { eventTypes: ['payment.received' as const] };
    const lines = (await exportTo('events.jsonl', { what: 'events', format: 'jsonl', eventFilter })).trim().split('\n');
    const { count } = context.reader
      .prepare<[], { count: number }>("SELECT COUNT(*) AS count FROM events WHERE type = 'payment.received'")
      .get() ?? { count: 0 };
    expect(lines).toHaveLength(count);
    for (const line of lines) {
      const row = JSON.parse(line) as { event: string; data: { payment_id: string } };
      expect(row.event).toBe('payment.received');
      expect(row.data.payment_id).toEqual(expect.any(String));
    }
  });

  test('a preview shows the first rows exactly as they leave, with what was taken out marked', async () => {
    const columns = ['guest' as const, 'about' as const];
    const filter = { eventTypes: ['booking.created' as const] };
    const shown = await log.handlers['export.preview'](
      { what: 'deliveries', filter, eventFilter: {}, format: 'csv', columns, full: false },
      manager,
    );
    expect(shown.rows).toHaveLength(10);
    const unmarked = shown.rows.map((row) => row.map((cell) => cell.replaceAll(/[\uE000\uE001]/g, '')).join(','));
    const text = await exportTo('previewed.csv', { columns, filter });
    expect(text.split('\r\n').slice(1, 11)).toEqual(unmarked);
    for (const [guest = ''] of shown.rows) expect(guest).toMatch(/^\uE000Guest \d+\uE001$/);
  });

  test.each(['deliveries', 'events'] as const)(
    'a rule of the property holds for the columns of %s too',
    async (what) => {
      const privacyRules = [
        { member: 'guest_name', treatment: 'keep' as const },
        { member: 'room.name', treatment: 'remove' as const },
      ];
      await context.settings.change({ privacyRules }, manager);
      const columns = ['guest' as const, 'room' as const];
      const lines = (await exportTo(`ruled-${what}.csv`, { what, columns, bom: false })).trim().split('\r\n').slice(1);
      const known = new Set(guests());
      for (const line of lines) expect(known).toContain(line.split(',')[0]);
      expect([...new Set(lines.map((line) => line.split(',')[1]))]).toEqual(['[remove]']);
      const whole = (await exportTo(`ruled-${what}.jsonl`, { what, format: 'jsonl' })).trim().split('\n');
      for (const line of whole) {
        const row = JSON.parse(line) as Ruled;
        const data = row.data ?? (JSON.parse(row.body ?? '') as { data: Ruled['data'] }).data;
        expect(row.guest ?? row.summary?.guest).toBe(data?.guest_name);
      }
    },
  );

  test('a rule of the property counts before the built-in ones', async () => {
    await context.settings.change({ privacyRules: [{ member: 'nights', treatment: 'remove' }] }, manager);
    const text = await exportTo('own.jsonl', { what: 'events', format: 'jsonl' });
    expect(text).toContain('"nights":"[remove]"');
    expect(text).not.toMatch(/"data":\{[^}]*"nights":\d/);
  });
});
