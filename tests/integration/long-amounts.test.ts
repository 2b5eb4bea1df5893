/** Amounts of more digits than a number holds, from the real door to lists, exports and the week: digit for digit. */
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Actor } from '../../shared/domain.ts';
import type { EventRow, Job } from '../../shared/schemas.ts';
import { startTestEngine, type TestEngine } from '../support/engine.ts';
import { type TemporaryFolder, temporaryFolder } from '../support/folder.ts';
import { unzipped } from '../support/unzip.ts';

const actor: Actor = { account: 'it', surface: 'command_line' };
const long = '123456789012345678901234567890';
let folder: TemporaryFolder;
let relay: TestEngine;

beforeAll(async () => {
  folder = await temporaryFolder();
  relay = await startTestEngine({ dataFolder: folder.path });
  const added = await relay.engine.call('sources.add', { name: 'Long amounts' }, actor);
  if (!added.ok) throw new Error(added.error.message);
  const amounts = [long, `-${long}.05`, '1e30', '1.5E+20', '9007199254740993', '6000.00'];
  for (const amount of amounts) {
    const { status } = await fetch(`${relay.engine.intakeAddress}/v1/events`, {
      method: 'POST',
      headers: { authorization: `Bearer ${added.value.token}`, 'content-type': 'application/json' },
      body: `{"event":"payment.received","property_id":"prop_1","data":{"payment_id":"p${amount}","amount":${amount}}}`,
    });
    expect(status).toBe(202);
  }
});
afterAll(async () => {
  await relay?.stop();
  await folder?.remove();
});

const expected = [...['6000', '9007199254740993', '150000000000000000000', `1${'0'.repeat(30)}`, `-${long}.05`, long]];

async function exported(format: 'csv' | 'xlsx' | 'jsonl'): Promise<Buffer> {
  const input = { what: 'events', format, file: null, columns: ['amount'], bom: false };
  const begun = await relay.engine.callUnparsed('export.start', input, actor);
  if (!begun.ok) throw new Error(begun.error.message);
  const { id } = begun.value as Job;
  for (;;) {
    const now = await relay.engine.call('jobs.get', { id }, actor);
    if (now.ok && now.value.state === 'done') return readFileSync(now.value.file ?? '');
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

test('the list has every digit', async () => {
  // On a busy machine it may come in parts.
  const rows: EventRow[] = [];
  for (let cursor: string | null = ''; cursor !== null; ) {
    const at: { cursor?: string } = cursor === '' ? {} : { cursor };
    const listed = await relay.engine.call('events.list', { filter: {}, limit: 10, ...at }, actor);
    if (!listed.ok) throw new Error(listed.error.message);
    rows.push(...listed.value.rows);
    cursor = listed.value.next;
  }
  expect(rows.map(({ summary }) => summary.amountDigits ?? String(summary.amount))).toEqual(expected);
});

test('so has an export, of any form', async () => {
  const lines = (await exported('csv')).toString('utf8').trim().split('\r\n').slice(1);
  expect(lines.map((line) => line.replace(/^'/, ''))).toEqual(expected);
  const rows = (await exported('jsonl')).toString('utf8').trim().split('\n');
  expect(rows.map((row) => String((JSON.parse(row) as { amount: string }).amount))).toEqual(expected);
  const sheet =
    unzipped(await exported('xlsx'))
      .get('xl/worksheets/sheet1.xml')
      ?.toString('utf8') ?? '';
  for (const amount of expected) expect(sheet).toContain(`>${amount}<`);
});
