import { describe, expect, it } from 'vitest';
import { type Arrival, createLedger } from '../chaos/ledger.ts';

const arrival = (n: number, more: Partial<Arrival> = {}): Arrival => ({
  pmsId: `pms-${n}`,
  eventId: `evt_${n}`,
  entity: 'bk_1',
  step: n,
  signed: true,
  ...more,
});

describe('the account of a chaos run', () => {
  it('counts what was acknowledged and came as delivered, and what came again as a duplicate', () => {
    const ledger = createLedger();
    ledger.acknowledged('pms-1', 'evt_1');
    ledger.arrived(arrival(1));
    ledger.arrived(arrival(2));
    ledger.acknowledged('pms-2', 'evt_2');
    ledger.arrived(arrival(2));
    expect(ledger.outstanding()).toBe(0);
    expect(ledger.verdict()).toEqual({ acknowledged: 2, delivered: 2, lost: 0, duplicated: 1, faults: [] });
  });

  it('knows what is outstanding, and calls it lost at the end', () => {
    const ledger = createLedger();
    ledger.acknowledged('pms-1', 'evt_1');
    expect(ledger.outstanding()).toBe(1);
    expect(ledger.verdict()).toMatchObject({ acknowledged: 1, delivered: 0, lost: 1 });
  });

  it('does not ask for what was never acknowledged', () => {
    const ledger = createLedger();
    ledger.arrived(arrival(1));
    expect(ledger.verdict()).toEqual({ acknowledged: 0, delivered: 0, lost: 0, duplicated: 0, faults: [] });
  });

  it.each<[string, (ledger: ReturnType<typeof createLedger>) => void]>([
    ['one event that came under two ids', (ledger) => ledger.arrived(arrival(1, { eventId: 'evt_other' }))],
    ['one event that was acknowledged under two ids', (ledger) => ledger.acknowledged('pms-1', 'evt_other')],
    ['a wrong signature', (ledger) => ledger.arrived(arrival(2, { signed: false }))],
    ['an event that overtook an earlier one of its booking', (ledger) => ledger.arrived(arrival(0))],
  ])('finds %s', (_, happens) => {
    const ledger = createLedger();
    ledger.acknowledged('pms-1', 'evt_1');
    ledger.arrived(arrival(1));
    happens(ledger);
    expect(ledger.verdict().faults.length).toBeGreaterThan(0);
  });
});
