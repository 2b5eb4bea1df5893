import { describe, expect, test } from 'vitest';
import { deliveryCells, type ExportedDelivery, layoutOf } from '../../electron/engine/export/export-cells.ts';
import * as csv from '../../electron/engine/export/export-csv.ts';
import { createRedaction } from '../../electron/engine/privacy/redact.ts';
import type { DeliveryId, EndpointId, EventId, UtcMs } from '../../shared/domain.ts';

const delivery: ExportedDelivery = {
  id: 'dlv_01HQDCP6DZX8SGEVKBA0B3KTP2' as DeliveryId,
  at: Date.UTC(2024, 2, 15, 18, 30) as UtcMs,
  eventId: 'evt_01HQDCP6DZX8SGEVKBA0B3KTP2' as EventId,
  event: 'booking.created',
  summary: { guest: 'María Ñúñez', room: '101, sea view', amount: -6000.5, currency: 'PHP' },
  entity: { member: 'booking_id', id: 'bk_1' },
  endpointId: 'ep_01HQDCP6DZX8SGEVKBA0B3KTP2' as EndpointId,
  endpointName: 'Channel "manager"',
  state: 'needs_attention',
  reason: null,
  toBench: false,
  nextAttemptAt: null,
  resendWaits: null,
  lastAttemptAt: Date.UTC(2024, 2, 15, 18, 31) as UtcMs,
  status: 422,
  outcome: 'event_refused',
  durationMs: 141.4,
  attempts: 6,
  failures: 6,
  propertyId: 'hotel-1',
  occurredAt: '2024-03-15T18:30:00Z',
  address: 'https://hooks.example.com/…',
  sentence: { key: 'outcome.offline', params: {} },
  detail: 'line one\nline two',
};
const { ofNone: asItIs } = createRedaction({ full: true });
const csvHead = () => csv.csvHead(layoutOf('deliveries', undefined, 'UTC'));
const csvRows = (rows: readonly ExportedDelivery[], timeZone: string) =>
  csv.csvRows(
    layoutOf('deliveries', undefined, timeZone),
    rows.map((row) => deliveryCells(row, asItIs, timeZone)),
  );
const columns = csvHead().slice(1).trim().split(',');
const cellOf = (row: string, name: string): string | undefined => row.trim().split(',')[columns.indexOf(name)];

describe('an export as CSV', () => {
  test('begins with the mark by which Excel knows UTF-8', () => {
    expect([...Buffer.from(csvHead()).subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
  });

  test('shows times as UTC and as the property’s clocks show them, states in words, and quotes what needs it', () => {
    expect(csvRows([delivery], 'Asia/Manila')).toBe(
      '2024-03-15T18:30:00.000Z,2024-03-16 02:30:00,booking.created,María Ñúñez,"101, sea view",-6000.5,PHP,bk_1,' +
        '"Channel ""manager""",https://hooks.example.com/…,Needs attention,,6,2024-03-15T18:31:00.000Z,' +
        '2024-03-16 02:31:00,422,event_refused,There was no internet. The event is safe and waits.,"line one\nline two",141,,2024-03-15T18:30:00Z,hotel-1,' +
        'evt_01HQDCP6DZX8SGEVKBA0B3KTP2,dlv_01HQDCP6DZX8SGEVKBA0B3KTP2\r\n',
    );
  });

  test.each(['=1+1', '+639171234567', '-2', '@SUM(A1)', '\t=1', '\r=1', ' =1', '\n=1', '＝1', '＋1', '－1', '＠1'])(
    'a guest called %j is no formula',
    (guest) => {
      const row = csvRows([{ ...delivery, detail: null, summary: { guest } }], 'UTC');
      expect(row).toContain(`'${guest}`);
      expect(row).not.toMatch(/(^|,)"?\s*[=+@\uFF1D\uFF0B\uFF0D\uFF20]/);
    },
  );

  test('a number stays a number, also below zero', () => {
    const row = csvRows([{ ...delivery, detail: null, endpointName: 'x', summary: { amount: -5 } }], 'UTC');
    expect(cellOf(row, 'amount')).toBe('-5');
  });
});
