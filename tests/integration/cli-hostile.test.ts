import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runCli } from '../../electron/cli/run.ts';
import { silentIo } from '../support/command-line.ts';
import { startTestEngine, type TestEngine } from '../support/engine.ts';
import { type Receiver, startReceiver } from '../support/receiver.ts';

/** Clears the screen, names the window, C1, DEL, a new line, BiDi marks, a zero-width space. */
const hostile = 'A\u001b[2J\u001b]0;x\u0007\u009b31m\u007f\r\nB\u202e\u2066\u200b';
const speaks = /(?![\n\t])[\p{Cc}\u202a-\u202e\u2066-\u2069\u200b]/u;

let engine: TestEngine;
let receiver: Receiver;
let eventId: string;
let deliveryId: string;

async function relay(args: readonly string[], columns: number | null = 100) {
  let out = '';
  let err = '';
  const code = await runCli(args, {
    ...silentIo(),
    out: (text) => {
      out += text;
    },
    err: (text) => {
      err += text;
    },
    environment: { ROOST_RELAY_DATA: engine.dataFolder },
    isTerminal: columns !== null,
    columns,
  });
  return { code, out, err };
}

beforeAll(async () => {
  engine = await startTestEngine();
  receiver = await startReceiver();
  await engine.addEndpoint(receiver, { events: ['booking.created'] });
  const data = { booking_id: `bk-${hostile}`, guest_name: hostile, room: hostile, notes: hostile };
  const posted = await engine.post('booking.created', data);
  expect([posted.status, posted.body.message]).toEqual([202, undefined]);
  eventId = posted.body.id ?? '';
  const page = await engine.until(
    () => engine.call('deliveries.list', { filter: {}, limit: 10 }),
    ({ rows }) => rows[0]?.state === 'delivered',
  );
  deliveryId = page.rows[0]?.id ?? '';
}, 30_000);
afterAll(async () => {
  await engine?.stop();
  await receiver?.stop();
});

describe("what a stranger's event says does nothing in a terminal", () => {
  test.each([
    ['status'],
    ['doctor'],
    ['activity'],
    ['deliveries'],
    ['events'],
    ['source', 'refusals'],
    ['endpoint', 'list'],
    ['source', 'list'],
    ['export', '--format', 'csv'],
    ['export', '--format', 'jsonl'],
  ])('%s %s', async (...args) => {
    for (const more of [[], ['--json']]) {
      const { code, out, err } = await relay([...args, ...more]);
      expect([code, err]).toEqual([0, '']);
      expect(out).not.toBe('');
      expect(out).not.toMatch(speaks);
    }
  });

  test('one event, and one delivery', async () => {
    for (const args of [
      ['event', eventId],
      ['delivery', deliveryId],
    ]) {
      for (const more of [[], ['--json']]) {
        const { code, out, err } = await relay([...args, ...more]);
        expect([code, err]).toEqual([0, '']);
        expect(out).toContain('[2J');
        expect(out).not.toMatch(speaks);
      }
    }
  });

  test('an error that repeats what was typed', async () => {
    for (const args of [
      ['delivery', hostile],
      ['deliveries', '--endpoint', hostile],
      ['deliveries', '--from', hostile],
    ]) {
      for (const more of [[], ['--json']]) {
        const { code, out, err } = await relay([...args, ...more]);
        expect(code).toBe(2);
        expect(out + err).toContain('[2J');
        expect(out + err).not.toMatch(speaks);
      }
    }
  });
});

test('an export in a pipe stays data: JSON with escapes that mean the same, CSV as it is', async () => {
  const jsonl = await relay(['export', '--format', 'jsonl'], null);
  expect(jsonl.out).not.toMatch(speaks);
  expect(JSON.stringify(JSON.parse(jsonl.out))).toContain(JSON.stringify(hostile).slice(1, -1));
  expect((await relay(['export'], null)).out).toContain('\u001b[2J');
});
