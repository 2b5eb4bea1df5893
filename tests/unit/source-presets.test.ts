/** Each preset turns recorded messages of its system into exactly the events that they are, and survives any other. */
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { maskCards } from '../../electron/engine/intake/masking/masking.ts';
import { readMadeInSteps } from '../../electron/engine/intake/parse.ts';
import { IntakeRefusal } from '../../electron/engine/intake/refusal.ts';
import { readingOf } from '../../electron/engine/sources/reading-of.ts';
import type { EventType } from '../../shared/events.ts';
import { presetNames, presetOf, sourcePresets } from '../../shared/source-presets/index.ts';
import { type NumberRule, noShaping, type SourceShaping } from '../../shared/source-shaping.ts';
import { fuzzedText, generator } from '../support/fuzzed-json.ts';

interface Recorded {
  readonly message: unknown;
  readonly becomes:
    | 'ignored'
    | 'kept'
    | readonly Readonly<Record<'event' | 'id' | 'timestamp' | 'about', string | null>>[];
}

const property = {
  propertyId: 'prop_1',
  propertyName: 'Casa Azul',
  currency: 'PHP',
  locale: 'en-GB',
  timeZone: 'Asia/Manila',
};
const readingBy = (preset: string) =>
  readingOf({ kind: 'http', propertyId: null, shaping: JSON.stringify({ ...noShaping, preset }), draft: 0 }, property);

const recordedOf = (preset: string): readonly Recorded[] =>
  JSON.parse(readFileSync(`tests/presets/${preset}.json`, 'utf8')) as Recorded[];

function become(preset: string, raw: string, reading = readingBy(preset)) {
  const made = reading.shape?.(raw) ?? { text: raw };
  if ('trouble' in made) return { kept: made.trouble.says.key, read: null };
  const steps = readMadeInSteps(made.text, reading);
  try {
    for (;;) {
      const step = steps.next();
      if (step.done) return { kept: null, read: step.value };
    }
  } catch (error) {
    if (error instanceof IntakeRefusal) return { kept: error.says.key, read: null };
    throw error;
  }
}

test('every preset has recorded messages, and every file of messages its preset', () => {
  const files = readdirSync('tests/presets').map((name) => name.replace(/\.json$/, ''));
  expect(files.sort()).toEqual([...presetNames].sort());
});

const dataOf = (preset: string, message: object): Record<string, unknown> => {
  const [event] = become(preset, JSON.stringify(message)).read?.events ?? [];
  return event === undefined ? {} : { type: event.type, ...JSON.parse(event.dataText) };
};

test('Odoo names a guest as a pair of id and name, by name alone, or in a field for it; its number is no guest', () => {
  const odoo = { _model: 'hotel.reservation', _id: 1, state: 'confirm' };
  const name = (partner: unknown) => dataOf('odoo', { ...odoo, partner_id: partner }).guest_name;
  expect([[31, 'Odelia Guest'], 'Odelia Guest', 31, [31], false].map(name)).toEqual([
    ...['Odelia Guest', 'Odelia Guest'],
    ...[undefined, undefined, undefined],
  ]);
  for (const member of ['guest_name', 'x_guest_name', 'x_studio_guest_name', 'partner_name']) {
    expect(dataOf('odoo', { ...odoo, partner_id: 7, [member]: 'Odelia Guest' }).guest_name).toBe('Odelia Guest');
  }
});

test('a stay that ends before it begins is kept with both days, and a day’s use or a cancelled one is not', () => {
  const row = { event: 'booked', booking_id: 'BO', check_in: '2026-12-05', check_out: '2026-12-01' };
  const refuses = readingBy('generic_csv').refuses;
  const says = (type: EventType, data: object) => refuses?.({ type, dataText: JSON.stringify(data) }) ?? null;
  expect(says('booking.created', row)).toEqual({
    key: 'refusal.stay_backwards',
    params: { from: '2026-12-05', to: '2026-12-01' },
  });
  expect(says('booking.created', { ...row, check_out: '2026-12-05' })).toBeNull();
  expect(says('booking.cancelled', row)).toBeNull();
  expect(says('booking.created', { ...row, check_out: 'soon' })).toBeNull();
});

test('Odoo’s times of a stay are in UTC, and its days are days', () => {
  const stay = (checkin: unknown, checkout: unknown) =>
    dataOf('odoo', { _model: 'hotel.reservation', _id: 1, state: 'confirm', checkin, checkout });
  expect(stay('2026-12-19 18:00:00', '2026-12-21 04:00:00')).toMatchObject({
    check_in: '2026-12-19T18:00:00Z',
    check_out: '2026-12-21T04:00:00Z',
  });
  expect(stay('2026-12-19', '2026-12-21')).toMatchObject({ check_in: '2026-12-19', check_out: '2026-12-21' });
  expect(stay(false, null)).not.toHaveProperty('check_in');
});

test('a row that a table does not show any more is no new booking, and one that is another now is changed', () => {
  const row = { booking_id: 'b1', event: 'booking.created' };
  const becomes = (more: object) => become('generic_csv', JSON.stringify({ ...row, ...more })).read;
  expect(becomes({ _change: 'added', _before: null })?.events.map(({ type }) => type)).toEqual(['booking.created']);
  expect(becomes({ _change: 'gone', _before: null })).toMatchObject({ events: [] });
  expect(becomes({ _change: 'gone', _before: null })?.ignored).toHaveLength(1);
  const changed = (before: object) => becomes({ _change: 'changed', _before: before })?.events.map(({ type }) => type);
  expect(changed(row)).toEqual(['booking.updated']);
  expect(changed({ ...row, event: 'new' })).toEqual(['booking.created']);
});

test('a table’s columns are known however they are headed, and reach the receiver as they stand', () => {
  const made = (row: object) => {
    const [event] = become('generic_csv', JSON.stringify(row)).read?.events ?? [];
    return event && { type: event.type, about: event.entity, data: event.dataText, guest: event.summary.guest };
  };
  const row = {
    Status: 'CONFIRMED',
    'Reservation No.': '0077',
    'Guest Name': 'Ana',
    Arrival: '01/12/2026',
    Total: '5',
  };
  expect(made(row)).toEqual({
    type: 'booking.created',
    about: { member: 'booking_id', id: '0077' },
    data: `{"booking_id":"0077","guest_name":"Ana","check_in":"01/12/2026","total":"5",${JSON.stringify(row).slice(1)}`,
    guest: 'Ana',
  });
  const paid = { Type: 'Payment', 'Receipt #': '', 'Receipt No': 'R1', Amount: '12.50', 'Booking ID': 'B1' };
  expect(made(paid)?.about).toEqual({ member: 'payment_id', id: 'R1' });
  expect(made({ EVENT: 'order', 'Order-No': 12, note: null })?.about).toEqual({ member: 'order_id', id: '12' });
  expect(made({ Event: 'order', 'Folio No': 'F1' })?.about).toEqual({ member: 'booking_id', id: 'F1' });
  // Columns under the names that receivers know are handed on as they are, and nothing beside them.
  const known = { Status: 'new', booking_id: 'B1', 'Guest Name': 'Ana' };
  expect(made(known)?.data).toBe(JSON.stringify(known));
  const before = { Status: 'In House', 'Booking No': '7', _change: 'changed', _before: { Status: 'In House' } };
  expect(made(before)?.type).toBe('booking.updated');
  for (const nothing of [{ Status: 'new' }, { Status: '', 'Booking No': '7' }, { Status: 'new', 'Booking No': '' }])
    expect(become('generic_csv', JSON.stringify(nothing)).kept).toBe('shape.missing_member');
});

test('a day that people write by numbers is read in the order that the shape names, and by none without', () => {
  const at = (time: string, order: string) => {
    const shape = `{"event":"order.created","timestamp":{{ message.at | local_time${order} | json }},"data":{"order_id":"1"}}`;
    const made = become(
      '',
      JSON.stringify({ at: time }),
      readingOf(
        { kind: 'http', propertyId: null, shaping: JSON.stringify({ ...noShaping, shape }), draft: 0 },
        property,
      ),
    );
    return made.kept ?? made.read?.events[0]?.timestamp;
  };
  const dmy = ': "d/m/y"';
  expect(at('30/11/2026 2:05 PM', dmy)).toBe('2026-11-30T06:05:00Z');
  expect(at('03/04/2026 00:30', dmy)).toBe('2026-04-02T16:30:00Z');
  expect(at('03/04/2026 12:30 am', ': "m/d/y"')).toBe('2026-03-03T16:30:00Z');
  expect(at('3.4.26, 14:05:09', dmy)).toBe('2026-04-03T06:05:09Z');
  expect(at('2026/4/3 14:05', ': "y/m/d"')).toBe('2026-04-03T06:05:00Z');
  expect(at('2026-04-03 14:05:00', dmy)).toBe('2026-04-03T06:05:00Z');
  for (const none of ['31/02/2026', '13/13/2026', '30/11/2026 14:05 PM', '30/11/026', '30/11-2026'])
    expect(at(none, dmy), none).toMatch(/^refusal\.(?:no_timestamp|timestamp_order)$/);
  expect(at('03/04/2026', '')).toBe('refusal.timestamp_order');
  expect(at('03/04/2026', ': "day"')).toBe('refusal.timestamp_order');
});

describe('a source that writes numbers its own way', () => {
  const readBy = (shaping: Partial<SourceShaping>) =>
    readingOf(
      { kind: 'http', propertyId: null, shaping: JSON.stringify({ ...noShaping, ...shaping }), draft: 0 },
      property,
    );
  const dataBy = (shaping: Partial<SourceShaping>, message: object) => {
    const [event] = become('', JSON.stringify(message), readBy(shaping)).read?.events ?? [];
    return { data: event?.dataText, amount: event?.summary.amount, hints: event?.hints.map(({ key }) => key) };
  };
  const row = { event: 'payment', payment_id: 'P1', note: '1,50' };

  test('a table’s amounts are numbers, digit for digit, and its other cells what they were', () => {
    const of = (total: string, numbers: NumberRule | null = 'comma') =>
      dataBy({ preset: 'generic_csv', numbers }, { ...row, total });
    expect(of('1.234,50')).toEqual({
      ...{ data: '{"event":"payment","payment_id":"P1","note":"1,50","total":1234.50}', amount: 1234.5, hints: [] },
    });
    expect(of('1.234', 'found')).toMatchObject({ amount: undefined, hints: ['hint.amount'] });
    expect(of('1.234', 'found').data).toContain('"total":"1.234"');
    // By a comma this is no number: whoever chose so is told, and nothing is made of it.
    expect(of('12.5')).toMatchObject({ amount: undefined, hints: ['hint.amount'] });
    expect(of('1.234,50', null)).toMatchObject({ amount: undefined, hints: ['hint.amount'] });
    expect(of('6000.00', null)).toMatchObject({ amount: 6000, hints: [] });
    expect(of('free')).toMatchObject({ amount: undefined, hints: [] });
  });

  test('and so are the totals of stays in XML', () => {
    const [recorded] = recordedOf('opera_xml').filter(({ message }) =>
      JSON.stringify(message).includes('AmountAfterTax'),
    );
    const text = JSON.stringify(recorded?.message).replace(/"AmountAfterTax":"[^"]*"/, '"AmountAfterTax":"1.234,56"');
    const made = dataBy({ preset: 'opera_xml', numbers: 'comma' }, JSON.parse(text) as object);
    expect(made.data).toMatch(/"total": 1234\.56\b/);
    expect(made.data).toContain('"AmountAfterTax":"1.234,56"');
    expect(made.amount).toBe(1234.56);
  });

  test('a shape of one’s own reads a member by a sign, by the source’s own way, or by what leaves no doubt', () => {
    const shape = `{"event":"payment.received","data":{"payment_id":"p",
      "rate":{{ message.rate | decimal: "," }},"fee":{{ message.fee | decimal }},"odd":{{ message.odd | decimal | json }},
      "point":"{{ message.rate | decimal: "." }}","number":{{ message.number | decimal }}}}`;
    const message = { rate: '1.234', fee: '1.234,5', odd: '1.234', number: 7.5 };
    const dataOfShape = (numbers: NumberRule | null) => JSON.parse(dataBy({ shape, numbers }, message).data ?? '{}');
    expect(dataOfShape(null)).toMatchObject({ rate: 1234, fee: 1234.5, odd: '1.234', point: '1.234', number: 7.5 });
    expect(dataOfShape('comma')).toMatchObject({ rate: 1234, fee: 1234.5, odd: '1234' });
  });
});

describe.each(presetNames)('%s', (preset) => {
  test.each(recordedOf(preset).map(({ message, becomes }) => [JSON.stringify(message), becomes] as const))(
    '%s',
    (raw, becomes) => {
      const { kept, read } = become(preset, raw);
      if (becomes === 'kept') return expect(kept, 'kept').not.toBeNull();
      expect(kept).toBeNull();
      const events = (read?.events ?? []).map(({ type, id, timestamp, entity }) => ({
        ...{ event: type, id, timestamp },
        about: entity?.id ?? null,
      }));
      if (becomes === 'ignored') {
        expect(events).toEqual([]);
        return expect(read?.ignored).not.toHaveLength(0);
      }
      expect(events).toEqual(becomes);
    },
  );

  test('hands on what came, digit for digit', () => {
    const own = { odoo: 'odoo', frappe: 'frappe', qloapps: 'qloapps' }[preset];
    const raw = JSON.stringify(recordedOf(preset)[0]?.message).replace('{', '{ "exact":6000.00,');
    const { read } = become(preset, raw);
    const text = read?.events[0]?.dataText ?? '';
    if (own !== undefined) expect(text).toContain(`"${own}": ${raw}`);
    else if (!['mews', 'opera_xml', 'roommaster', 'node_red'].includes(preset)) expect(text).toContain(raw);
  });

  // What a Node-RED flow makes is our own `data`, in which no id is asked for.
  test.skipIf(preset === 'node_red')('makes no event of what lacks a member that it needs', () => {
    for (const { message, becomes } of recordedOf(preset)) {
      if (!Array.isArray(becomes) || becomes.some(({ about }) => about === null)) continue;
      for (const path of pathsIn(message)) {
        for (const instead of [undefined, null, '']) {
          const raw = JSON.stringify(without(message, path, instead));
          const { kept, read } = become(preset, raw);
          if (kept !== null) continue;
          const why = `${path.join('.')} = ${JSON.stringify(instead)}: ${raw}`;
          expect(read?.events.length, why).toBeGreaterThan(0);
          for (const { id, entity } of read?.events ?? []) {
            expect(entity?.id, why).toMatch(/\S/);
            expect(id ?? 'none', why).not.toMatch(/^:|::|:$|^$/);
          }
        }
      }
    }
  });

  /** A million in the long form: `ROOST_RELAY_FUZZED=1000000 npx vitest run tests/unit/source-presets.test.ts`. */
  test('survives any message: nothing is lost, nothing hangs, nothing is thrown', { timeout: 3_600_000 }, () => {
    const times = Number(process.env.ROOST_RELAY_FUZZED ?? 2_000);
    const next = generator(presetNames.indexOf(preset) + 1);
    const seeds = recordedOf(preset).map(({ message }) => message);
    const reading = readingBy(preset);
    const outcomes = { kept: 0, events: 0, ignored: 0 };
    let longestCpuMs = 0;
    let over20 = 0;
    let longestAgainMs = 0;
    for (let i = 0; i < times; i += 1) {
      const raw = fuzzedText(seeds, next);
      const cpuBegan = cpuMs();
      const { kept, read } = become(preset, raw, reading);
      const tookCpuMs = cpuMs() - cpuBegan;
      longestCpuMs = Math.max(longestCpuMs, tookCpuMs);
      if (tookCpuMs > 20) {
        over20 += 1;
        // What was collected meanwhile belongs to no message: one that takes long does so every time.
        longestAgainMs = Math.max(
          longestAgainMs,
          quickestOf(3, () => become(preset, raw, reading)),
        );
      }
      if (kept !== null) outcomes.kept += 1;
      else if (read !== null && read.events.length > 0) {
        outcomes.events += 1;
        for (const { dataText } of read.events) JSON.parse(dataText);
      } else {
        expect(read?.ignored, raw).not.toHaveLength(0);
        outcomes.ignored += 1;
      }
      if (isJson(raw)) JSON.parse(maskCards(raw).text);
    }
    expect(outcomes.kept + outcomes.events + outcomes.ignored).toBe(times);
    // Mutations of real messages reach every end of it.
    expect(Math.min(outcomes.kept, outcomes.events)).toBeGreaterThan(0);
    // No measure of speed: no message of this size is a minute's work, unless its reading hangs.
    expect(longestCpuMs).toBeLessThan(60_000);
    if (process.env.ROOST_RELAY_FUZZED === undefined) return;
    const again = `of those the longest by itself ${longestAgainMs.toFixed(1)} ms`;
    const longest = `longest ${longestCpuMs.toFixed(1)} ms of CPU, ${over20} over 20 ms, ${again}`;
    console.info(`${preset}: ${times} messages, ${JSON.stringify(outcomes)}, ${longest}`);
  });
});

/** What this thread has worked: on a busy machine a turn is long although nothing in it was. */
function cpuMs(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1_000;
}

function quickestOf(times: number, work: () => unknown): number {
  const took = Array.from({ length: times }, () => {
    const began = cpuMs();
    work();
    return cpuMs() - began;
  });
  return Math.min(...took);
}

test('what a preset says of itself holds: its types are ours, its steps name where to post', () => {
  for (const { name, shape, steps, label } of sourcePresets) {
    expect(presetOf(name)?.shape).toBe(shape);
    expect(steps).toHaveLength(3);
    expect(label).not.toBe('');
  }
});

test('says which member is missing, whatever was sent in place of a message', () => {
  const reading = readingBy('odoo');
  for (const raw of ['{}', '[]', '""', '{"not json":""}', '{"state":"confirm"}']) {
    const made = reading.shape?.(raw);
    const says = made && 'trouble' in made ? made.trouble.says : null;
    expect(says, raw).toEqual({ key: 'shape.missing_member', params: { member: '_model' } });
  }
  const made = reading.shape?.('{"_model":"hotel.reservation","state":"confirm"}');
  expect(made).toMatchObject({ trouble: { says: { key: 'shape.missing_member', params: { member: '_id' } } } });
});

type Path = readonly (string | number)[];

/** Every place in a message, from the outside in. */
function pathsIn(value: unknown, to: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, each]) => {
    const path = [...to, Array.isArray(value) ? Number(name) : name];
    return [path, ...pathsIn(each, path)];
  });
}

function without(message: unknown, path: Path, instead: unknown): unknown {
  const copy = structuredClone(message) as Record<string | number, unknown>;
  let at = copy;
  for (const name of path.slice(0, -1)) at = at[name] as Record<string | number, unknown>;
  const last = path.at(-1) ?? '';
  if (instead === undefined && !Array.isArray(at)) delete at[last];
  else at[last] = instead ?? null;
  return copy;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
