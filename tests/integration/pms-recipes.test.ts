/**
 * What a source's page shows for ERPNext and Odoo, sent to the real intake as those send it. What they send by
 * themselves is from their own sources: Frappe's `webhook.py` and Odoo's `ir.actions.server`.
 */
import { spawn, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { bearer, erpnextData, erpnextHeaders, odooSnippet } from '../../renderer/features/sources/snippets.ts';
import { startIntake } from '../support/intake.ts';

const hasJinja = spawnSync('python3', ['-c', 'import jinja2']).status === 0;
const why = hasJinja ? '' : ' (skipped: this machine has no Jinja for Python)';

/** Runs one of the stand-ins. Resolves with what it printed. */
function play(file: string, input: object): Promise<string> {
  const child = spawn('python3', [join(import.meta.dirname, '../support/pms', file)]);
  let printed = '';
  let complaints = '';
  child.stdout.on('data', (chunk: Buffer) => {
    printed += chunk;
  });
  child.stderr.on('data', (chunk: Buffer) => {
    complaints += chunk;
  });
  child.stdin.end(JSON.stringify(input));
  return new Promise((resolve, reject) => {
    child.once('close', (code) => (code === 0 ? resolve(printed) : reject(new Error(complaints))));
  });
}

const salesOrder = {
  name: 'SAL-ORD-2026-00017',
  customer_name: 'María "Mia" Santos <mia@example.com>',
  delivery_date: '2026-11-25',
  grand_total: 6000.5,
  currency: 'PHP',
};

describe.skipIf(!hasJinja)(`ERPNext${why}`, () => {
  const send = async (url: string, headers: Record<string, string>, doc: object) =>
    JSON.parse(await play('erpnext.py', { url, headers, template: erpnextData, doc })) as {
      status: number;
      text: string;
    };

  test('sends a booking with the headers and the body that the page shows', async () => {
    await using relay = await startIntake();
    const source = await relay.addSource('ERPNext');
    const answer = await send(source.url, Object.fromEntries(erpnextHeaders(source)), salesOrder);
    expect(answer).toMatchObject({ status: 202 });
    const [event] = relay.events();
    expect(event).toMatchObject({ type: 'booking.created', entity_id: salesOrder.name });
    expect(JSON.parse(event?.data ?? '')).toEqual({
      booking_id: salesOrder.name,
      guest_name: salesOrder.customer_name,
      check_in: '2026-11-25',
      total: 6000.5,
      currency: 'PHP',
    });
    // The event's id comes from the document: what is sent again is not taken twice.
    expect((await send(source.url, Object.fromEntries(erpnextHeaders(source)), salesOrder)).status).toBe(202);
    expect(relay.events()).toHaveLength(1);
  });

  test('a field that is empty does not spoil the body', async () => {
    await using relay = await startIntake();
    const source = await relay.addSource('ERPNext');
    const answer = await send(source.url, Object.fromEntries(erpnextHeaders(source)), {
      ...salesOrder,
      delivery_date: null,
    });
    expect(answer.status).toBe(202);
    expect(JSON.parse(relay.events()[0]?.data ?? '')).toMatchObject({ check_in: '' });
  });

  test('without the second header it would be refused, and told why', async () => {
    await using relay = await startIntake();
    const source = await relay.addSource('ERPNext');
    const answer = await send(source.url, { Authorization: bearer(source) }, salesOrder);
    expect(answer.status).toBe(415);
    expect(answer.text).toContain('Content-Type');
  });
});

describe('Odoo', () => {
  const orders = ['S00041', 'S00042'].map((name) => ({
    name,
    partner_id: { name: 'Kenji Ito' },
    amount_total: 14200,
    currency_id: { name: 'PHP' },
  }));

  test('the module’s lines send what was created, after the commit and in one request', async () => {
    await using relay = await startIntake();
    const source = await relay.addSource('Odoo');
    expect(await play('odoo.py', { module: odooSnippet(source), orders })).toBe('');
    expect(relay.events().map(({ type, entity_id }) => [type, entity_id])).toEqual([
      ['booking.created', 'S00041'],
      ['booking.created', 'S00042'],
    ]);
    expect(JSON.parse(relay.events()[0]?.data ?? '')).toEqual({
      booking_id: 'S00041',
      guest_name: 'Kenji Ito',
      total: 14200,
      currency: 'PHP',
    });
  });

  test('what could not be sent is in Odoo’s log by id, and the booking stands', async () => {
    await using relay = await startIntake();
    const source = await relay.addSource('Odoo');
    await relay.intake.stop();
    const logged = await play('odoo.py', { module: odooSnippet(source), orders });
    expect(logged).toContain('S00041-created');
    expect(logged).toContain('RequestException');
  });

  test('its own “Send Webhook Notification” is refused, as the page says', async () => {
    await using relay = await startIntake();
    const source = await relay.addSource('Odoo');
    const answer = await fetch(source.secretUrl, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"_action": "Tell Roost Relay(#412)", "_id": 17, "_model": "sale.order", "name": "S00041"}',
    });
    expect(answer.status).toBe(400);
    expect(await answer.text()).toContain('event');
    expect(relay.events()).toEqual([]);
  });
});
